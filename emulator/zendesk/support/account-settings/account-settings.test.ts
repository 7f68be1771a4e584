import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

type Settings = Record<string, Record<string, unknown>>;

describe('account settings', () => {
  it('are read and changed, one by one', async () => {
    await using server = await testServer();
    const before = (await server.call<{ settings: Settings }>('GET', '/account/settings')).body.settings;
    expect(before['brands']?.['default_brand_id']).toBe(server.accounts.expect('acme').brand.id);
    expect(before['tickets']?.['agent_ticket_deletion']).toBe(true);
    const changed = await server.call<{ settings: Settings }>('PUT', '/account/settings', {
      settings: { tickets: { agent_ticket_deletion: false } },
    });
    expect(changed.body.settings).toEqual({ ...before, tickets: { ...before['tickets'], agent_ticket_deletion: false } });
    expect((await server.call('GET', '/account/settings')).body['settings']).toEqual(changed.body.settings);
  });

  it('that Ringback does not know answer 501, wrong types 400, and nothing is changed', async () => {
    await using server = await testServer();
    const put = async (settings: unknown): Promise<number> => (await server.call('PUT', '/account/settings', { settings })).status;
    expect(await put({ tickets: { agent_collision: false, auto_translation_enabled: true } })).toBe(501);
    expect(await put({ tickets: { agent_collision: 'no' } })).toBe(400);
    expect(await put({ tickets: { constructor: true } })).toBe(501);
    expect(await put({ tickets: 3 })).toBe(400);
    const { settings } = (await server.call<{ settings: Settings }>('GET', '/account/settings')).body;
    expect(settings['tickets']?.['agent_collision']).toBe(true);
    const ignored = await server.call<{ settings: Settings }>('PUT', '/account/settings', { settings: { limits: { attachment_size: 1 } } });
    expect(ignored.headers.get('x-zendesk-api-warn')).toContain('settings.limits');
    expect(ignored.body.settings['limits']).toEqual({ attachment_size: 50 });
  });

  it('of e-mail have a place of their own', async () => {
    await using server = await testServer();
    const changed = await server.call<{ settings: Settings }>('PUT', '/account/email_settings', { settings: { email: { personalized_replies: false } } }); // prettier-ignore
    expect(changed.body.settings).toMatchObject({ email: { personalized_replies: false } });
    expect((await server.call('GET', '/account/email_settings')).body).toEqual(changed.body);
  });
});

describe('sharing agreements', () => {
  it('there are none', async () => {
    await using server = await testServer();
    expect((await server.call('GET', '/sharing_agreements')).body).toMatchObject({ sharing_agreements: [] });
    for (const path of ['/targets', '/sharing_agreements/1']) expect((await server.call('GET', path)).status).toBe(501);
  });
});

describe('the ways to sign in', () => {
  it('are switched by settings of the API', async () => {
    await using server = await testServer();
    server.accounts.passwords.set('acme', server.ownerId, 'correct horse');
    const withPassword = { authorization: `Basic ${Buffer.from('owner@acme.example:correct horse').toString('base64')}` };
    const put = async (api: object, headers: Record<string, string> = {}): Promise<unknown> =>
      (await server.call<{ settings: Settings }>('PUT', '/account/settings', { settings: { api } }, headers)).body.settings['api'];
    expect((await server.call('GET', '/tickets', undefined, withPassword)).status).toBe(401);
    expect(await put({ api_password_access_end_users: true })).toMatchObject({
      api_password_access_end_users: true,
      api_token_access: 'true',
    });
    expect((await server.call('GET', '/tickets', undefined, withPassword)).status).toBe(200);
    await put({ api_token_access: 'false' });
    expect((await server.call('GET', '/tickets')).status).toBe(401);
    expect(await put({ api_token_access: 'true' }, withPassword)).toMatchObject({ api_token_access: 'true' });
    expect((await server.call('GET', '/tickets')).status).toBe(200);
  });
});
