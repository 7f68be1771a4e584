import { expect, test } from 'vitest';
import { fitting } from '../schemas.ts';
import { testEmulator } from '../test-emulator.ts';
import type { AccountView } from '../world.ts';

test('POST /accounts makes accounts that live side by side', async () => {
  await using world = await testEmulator();
  const made = [];
  for (let index = 0; index < 3; index++) made.push((await world.send<AccountView>('POST', '/accounts', {})).body);
  for (const view of made) await expect(fitting('up#/$defs/accountView', view)).resolves.toBe(view);
  const all = [world.emulator.describe(), ...made];
  for (const of of [
    (view: AccountView) => view.account.subdomain,
    (view: AccountView) => view.account.url,
    (view: AccountView) => view.account.apiToken,
    (view: AccountView) => view.line?.number,
    (view: AccountView) => view.sipIn?.alias,
    (view: AccountView) => view.trunk?.number,
  ]) {
    expect(new Set(all.map(of)).size).toBe(4);
  }
  expect((await world.send('GET', '/accounts')).body).toEqual({
    accounts: all.map(({ account, line, sipIn, trunk }) => ({ account, line, sipIn, trunk })),
  });
});

test('people and companies are made up from the random seed', async () => {
  const invented = async (): Promise<unknown> => {
    await using world = await testEmulator();
    const { body } = await world.send<AccountView>('POST', '/accounts', { subdomain: 'globex', invent: { users: 20, organizations: 3 } });
    const token = Buffer.from(`${body.account.email}/token:${body.account.apiToken}`).toString('base64');
    const response = await fetch(`${body.account.url}/api/v2/users?role=end-user`, { headers: { authorization: `Basic ${token}` } });
    const { users } = (await response.json()) as { users: { name: string; phone: string; organization_id: number }[] };
    expect(users).toHaveLength(20);
    expect(new Set(users.map((user) => user.organization_id)).size).toBe(3);
    return users.map(({ name, phone }) => [name, phone]);
  };
  expect(await invented()).toEqual(await invented());
});

test('its credentials work on its own REST API and on no other', async () => {
  await using world = await testEmulator();
  const seed = {
    subdomain: 'globex',
    organizations: [{ name: 'Globex' }],
    users: [{ name: 'Hank', phone: '+12025550123', organization: 'Globex' }],
  };
  const { status, body } = await world.send<AccountView>('POST', '/accounts', seed);
  expect(status).toBe(201);
  const { url, email, apiToken } = body.account;
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`,
  };
  const found = await fetch(`${url}/api/v2/users/search.json?query=${encodeURIComponent('phone:+12025550123')}`, { headers });
  expect(found.status).toBe(200);
  expect(await found.json()).toMatchObject({ users: [{ name: 'Hank', organization_id: expect.any(Number) }] });
  expect((await fetch(`${world.emulator.describe().account.url}/api/v2/users/me.json`, { headers })).status).toBe(401);
});

test('the account is also selected by Host', async () => {
  await using world = await testEmulator();
  const { email, apiToken } = world.emulator.describe().account;
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'acme.zendesk.com', authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}` };
    request(new URL('/api/v2/users/me', world.url), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});

test.for([
  [{ subdomain: 'acme' }, 409, 'taken', 'there is an account "acme" already'],
  [{ trunk: { number: '+14155550199' } }, 409, 'taken', '+14155550199 belongs to another line or trunk'],
  [{ talk: { sipIn: [{ user: 'support', host: 'acme.zendesk.sip.twilio.com' }] } }, 409, 'taken', 'support@acme.zendesk.sip.twilio.com'],
  [
    { talk: { lines: [{ numbr: '+14155550160' }] } },
    400,
    'invalid_body',
    'talk.lines.0 has a property "numbr" that it does not know; did you mean "number"?',
  ],
  [{ groups: [{ name: 'A', agents: ['nobody@example.com'] }] }, 422, 'invalid_seed', 'group "A" names nobody@example.com'],
  [{ users: [{ name: 'A', organization: 'Missing' }] }, 422, 'invalid_seed', 'Missing'],
  [
    { settings: { rateLimit: false } },
    400,
    'invalid_body',
    'settings has a property "rateLimit" that it does not know; did you mean "rateLimits"?',
  ],
  [{ settings: { bridgeToneHz: 930 } }, 422, 'invalid_seed', 'it is less than 25 Hz from 941 Hz'],
  [{ subdomain: 'Not A Name' }, 400, 'invalid_body', 'subdomain must match pattern'],
] as const)('POST /accounts refuses %j', async ([seed, status, error, message]) => {
  await using world = await testEmulator();
  const answer = await world.send('POST', '/accounts', seed);
  expect(answer).toMatchObject({ status, body: { error, message: expect.stringContaining(message), hint: expect.any(String) } });
  expect((await world.send<{ accounts: unknown[] }>('GET', '/accounts')).body.accounts).toHaveLength(1);
});

test('a refused seed leaves nothing behind: its numbers are free again', async () => {
  await using world = await testEmulator();
  const seed = { subdomain: 'globex', trunk: { number: '+12025550199' }, talk: { lines: [{ number: '+12025550150' }] } };
  const bad = { ...seed, groups: [{ name: 'A', agents: ['nobody@example.com'] }] };
  expect((await world.send('POST', '/accounts', bad)).status).toBe(422);
  expect((await world.send('POST', '/accounts', seed)).status).toBe(201);
});

test('without any account it says so in plain words', async () => {
  await using world = await testEmulator();
  await world.send('DELETE', '/accounts/acme');
  const none = { error: 'unknown_account', message: 'there are no accounts here', hint: 'POST /control/accounts makes one' };
  expect(await world.send('GET', '')).toEqual({ status: 404, body: none });
  expect(await world.send('GET', '/faults')).toEqual({ status: 404, body: none });
});

test('DELETE /accounts/{name} gives everything back', async () => {
  await using world = await testEmulator();
  const { body } = await world.send<AccountView>('POST', '/accounts', { subdomain: 'globex' });
  expect((await world.send('DELETE', '/accounts/globex')).status).toBe(204);
  expect(await world.send('GET', '/accounts/globex')).toMatchObject({
    status: 404,
    body: { error: 'unknown_account', message: 'there is no account "globex"', hint: 'accounts here: acme' },
  });
  const again = await world.send<AccountView>('POST', '/accounts', { subdomain: 'globex' });
  expect(again.body.line).toEqual(body.line);
});

interface Tickets {
  entries: { data: { ticket: { brand_id: number } } }[];
}

test('an account of a name that was deleted begins anew: clock, agents and brand are its own', async () => {
  await using world = await testEmulator();
  const withAgent = { subdomain: 'globex', agents: [{ name: 'Grace', answers: 'when-told' }], talk: { lines: [{ group: 'Support' }] } };
  await world.send('POST', '/accounts', withAgent);
  await world.send('POST', '/accounts/globex/clock/advance', { ms: 3_600_000 });
  await world.send('POST', '/calls', { account: 'globex', from: '+14155550100' });
  await world.until<{ agents: { state: string }[] }>('/agents?account=globex', ({ agents }) => agents[0]?.state === 'ringing');
  await world.send('DELETE', '/accounts/globex');

  await world.send('POST', '/accounts', withAgent);
  expect((await world.send('GET', '/accounts/globex/clock')).body).toMatchObject({ aheadMs: 0 });
  await world.send('POST', '/calls', { account: 'globex', from: '+14155550100' });
  const { entries } = (await world.send<Tickets>('GET', '/journal?account=globex&kind=ticket.created')).body;
  expect(new Set(entries.map(({ data }) => data.ticket.brand_id)).size).toBe(2);
});

test('GET /accounts/{name}/statistics counts', async () => {
  await using world = await testEmulator();
  expect((await world.send('GET', '/accounts/acme/statistics')).body).toMatchObject({
    account: 'acme',
    liveCalls: 0,
    records: { organizations: 2, tickets: 0, trunks: 1, talk_lines: 2 },
    storeBytes: expect.any(Number),
    journal: { entries: expect.any(Number), bytes: expect.any(Number), evicted: { entries: 0 } },
    sip: { received: 0, sent: 0 },
  });
  await world.send('POST', '/calls', { from: '+14155550100', postDialDelayMs: 60_000 });
  expect((await world.send('GET', '/accounts/acme/statistics')).body).toMatchObject({ liveCalls: 1 });
});

test('GET /accounts/{name}/statistics tells what webhooks have to send, and which are paused for failing', async () => {
  await using world = await testEmulator();
  await world.send('PUT', '/accounts/acme/settings', { rateLimits: false, webhookConcurrency: 500 });
  const webhook = {
    name: 'dead',
    status: 'active',
    endpoint: 'http://127.0.0.1:9/',
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.created'],
  };
  const { account } = world.emulator.describe();
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`,
  };
  const post = async (path: string, body: object): Promise<{ webhook: { id: string } }> =>
    (await (await fetch(`${account.url}/api/v2${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as { webhook: { id: string } }; // prettier-ignore
  const { id } = (await post('/webhooks', { webhook })).webhook;
  const path = '/accounts/acme/statistics';
  type Body = { webhooks: { pending: number; circuits: { webhook: string; name: string; circuit: string }[] } };
  const told = (circuit: string): Body['webhooks'] => ({ pending: 0, circuits: [{ webhook: id, name: 'dead', circuit }] });
  expect((await world.send<Body>('GET', path)).body.webhooks).toEqual(told('closed'));
  for (let at = 0; at < 101; at += 1) await post('/tickets', { ticket: { comment: { body: 'x' } } });
  const { webhooks } = await world.until<Body>(path, (body) => body.webhooks.pending === 0);
  expect(webhooks).toEqual(told('open'));
});
