import { describe, expect, scenario } from 'ringback';

describe('webhooks that are not Zendesk’s', () => {
  scenario('a signature that does not fit is refused, and nothing is linked', async ({ world: { caller, line, bridge, webhook } }) => {
    await webhook.corruptsSignature();
    const journey = await caller.dials(line);
    await expect(journey).toBeForwardedTo(bridge);
    await expect(journey).toRefuseWebhook();
    await expect(journey).toStayUnlinked();
  });

  scenario(
    'an event that somebody else made up is refused, and nothing is linked',
    async ({ world: { caller, line, bridge, webhook } }) => {
      await webhook.drops();
      const journey = await caller.dials(line);
      await expect(journey).toBeForwardedTo(bridge);
      const status = await webhook.forges(await journey.ticket());
      expect([401, 403], `the bridge answered ${status} to an event with a made-up signature`).toContain(status);
      await expect(journey).toStayUnlinked();
    },
  );
});
