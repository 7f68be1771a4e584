import { describe, expect, scenario } from 'ringback';

describe('saving the connection', () => {
  scenario('saving it twice leaves one webhook, and it works', async ({ world: { account, bridge, caller, line } }) => {
    await expect(account).toHaveWebhooks(1);
    await bridge.restarts();
    await expect(account).toHaveWebhooks(1);
    const journey = await caller.dials(line);
    await expect(journey).toCorrelate(await journey.ticket());
  });
});
