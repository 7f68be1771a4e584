import { describe, expect, scenario } from 'ringback';

// Zendesk promises no order: the webhooks of calls that came one after the other may arrive in any.
describe('webhooks in another order than their calls', () => {
  scenario(
    'three callers, their webhooks shuffled: each gets their own ticket',
    async ({ world: { callerFrom, line, bridge, webhook } }) => {
      await webhook.reorders({ size: 3 });
      const callers = ['+442079460018', '+12079460018', '+14155550100'].map((number) => callerFrom(number));
      const journeys = [];
      for (const caller of callers) {
        const journey = await caller.dials(line);
        await expect(journey).toBeForwardedTo(bridge);
        journeys.push(journey);
      }
      for (const journey of journeys) await expect(journey).toCorrelate(await journey.ticket());
      const [london, maine, sanFrancisco] = journeys;
      await expect(london).toEnrich({ name: 'Mary Somerville' });
      await expect(maine).toEnrich({ name: 'Paul Revere' });
      await expect(sanFrancisco).toEnrich({ name: 'Ada Lovelace' });
    },
  );
});
