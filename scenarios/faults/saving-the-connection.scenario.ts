import { describe, expect, scenario } from 'ringback';

describe('saving the connection', () => {
  scenario('saving it twice leaves one webhook, and it works', async ({ world: { account, bridge, caller, line } }) => {
    await expect(account).toHaveWebhooks(1);
    await bridge.restarts();
    await expect(account).toHaveWebhooks(1);
    const journey = await caller.dials(line);
    await expect(journey).toCorrelate(await journey.ticket());
  });

  scenario('saving it again leaves other people’s webhooks alone', async ({ world: { account, bridge } }) => {
    const [own] = await account.webhooks();
    const name = `${own?.name} of another team`;
    const endpoint = 'https://other-team.example/hook';
    const form = { status: 'active', http_method: 'POST', request_format: 'json' };
    await account.send('POST', '/api/v2/webhooks', {
      webhook: { name, endpoint, ...form, subscriptions: ['zen:event-type:user.created'] },
    });
    await bridge.restarts();
    await expect(account).toHaveWebhooks(2);
    expect(await account.webhooks(), 'the other team’s webhook').toContainEqual(expect.objectContaining({ name, endpoint }));
  });
});
