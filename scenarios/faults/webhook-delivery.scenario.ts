import { describe, expect, scenario } from 'ringback';

describe('webhooks that go astray', () => {
  scenario(
    'the webhook never comes: the transfer gets a ticket of its own',
    async ({ world: { caller, agent, line, bridge, webhook } }) => {
      await webhook.drops({ times: 1 });
      await agent.isOnline();
      const journey = await caller.dials(line);
      const ticket = await journey.ticket();
      await expect(journey).toBeForwardedTo(bridge);
      await expect(caller).toHear(bridge);

      await caller.presses('0');
      await agent.answers();
      await expect(agent).toShowCaller(caller.number);
      await expect(caller).toHear(agent);
      // The webhook about the transfer's own ticket does come: it says nothing of the call.
      await expect(journey).toStayUnlinked();
      await expect(journey).not.toBeBoundTo(ticket);
      await expect(journey).toHaveTickets(2);
    },
  );

  scenario('the webhook comes three times: one link, one ticket', async ({ world: { caller, agent, line, webhook } }) => {
    await webhook.duplicates(2);
    await agent.isOnline();
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toCorrelate(ticket);
    await expect(journey).toEnrich({ name: 'Ada Lovelace' });

    await caller.presses('0');
    await agent.answers();
    await expect(journey).toBeBoundTo(ticket);
    await expect(journey).toHaveTickets([ticket]);
  });

  scenario('a repeated webhook is not taken for the next call’s', async ({ world: { account, caller, line, bridge, webhook } }) => {
    await webhook.duplicates(1, { gapMs: 30_000, times: 1 });
    const first = await caller.dials(line);
    const ticket = await first.ticket();
    await expect(first).toCorrelate(ticket);
    await caller.hangsUp();
    await expect(first).toEnd({ by: 'caller' });

    await webhook.drops();
    const second = await caller.dials(line);
    await expect(second).toBeForwardedTo(bridge);
    await account.timePasses(30_000);
    await expect(second).not.toCorrelate(ticket);
    await expect(second).toStayUnlinked();
  });
});
