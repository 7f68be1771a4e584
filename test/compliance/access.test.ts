import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEmulator, type TestEmulator } from '../../emulator/control/test-emulator.ts';
import { AccessRules, type Audience, operations } from '../../emulator/zendesk/account/access/access.ts';
import { requiredScopes } from '../../emulator/zendesk/account/access/scopes.ts';
import { ALLOWED, PERMISSIONS } from '../../emulator/zendesk/support/access/allowed.ts';
import { documentedPath } from '../../emulator/zendesk/support/documented.ts';
import { SURFACE } from '../../emulator/zendesk/support/surface.ts';
import { VENDOR_PATHS } from '../../emulator/zendesk/support/vendor-paths.ts';
import { surface as WEBHOOKS } from '../../emulator/zendesk/webhooks/surface.ts';

type Role = 'anonymous' | 'end-user' | 'agent' | 'admin';

const rules = new AccessRules();
rules.add(ALLOWED, PERMISSIONS);

/** Every operation that is emulated, with ids that nobody has, and for whom the table says that it is. */
const OPERATIONS: readonly { method: string; path: string; audience: Audience }[] = [
  ...SURFACE.map(({ method, path }) => ({ method, path: filled(path), audience: rules.rule(method, filled(path)).audience })),
  ...WEBHOOKS.map(({ method, path }) => ({ method, path: filled(path), audience: 'admin' as const })),
];

function filled(path: string): string {
  return path.replaceAll('{locale}', 'en-us').replace(/\{\w+\}/g, '999');
}

let world: TestEmulator;
let url: string;
const ids = new Map<Role, number>();
const HEADERS = new Map<Role, Record<string, string>>([['anonymous', {}]]);

beforeAll(async () => {
  world = await testEmulator();
  const made = await world.send<{ account: { url: string; apiToken: string } }>('POST', '/accounts', {
    subdomain: 'access',
    email: 'admin@access.example',
    apiToken: 'access-token',
    settings: { rateLimits: false },
    users: [
      { name: 'Agent', email: 'agent@access.example', role: 'agent', verified: true },
      { name: 'End', email: 'end-user@access.example', verified: true },
    ],
  });
  url = `${made.body.account.url}/api/v2`;
  for (const role of ['admin', 'agent', 'end-user'] as const) {
    HEADERS.set(role, { authorization: `Basic ${Buffer.from(`${role}@access.example/token:access-token`).toString('base64')}` });
    ids.set(role, ((await (await ask(role, 'GET', '/users/me')).json()) as { user: { id: number } }).user.id);
  }
});

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

async function ask(role: Role, method: string, path: string, headers = HEADERS.get(role) ?? {}): Promise<Response> {
  const writes = method !== 'GET' && method !== 'DELETE';
  return await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(writes ? { body: '{}' } : {}),
  });
}

/** 0 when the operation itself answers, whatever it says. */
async function refusal(answer: Promise<Response>): Promise<number> {
  const { status } = await answer;
  return status === 401 || status === 403 ? status : 0;
}

function expected(role: Role, audience: Audience): number {
  const RANK: Readonly<Record<Role | Audience, number>> = { anonymous: 0, anyone: 0, 'end-user': 1, self: 2, agent: 2, admin: 3, own: 4 };
  if (RANK[role] >= RANK[audience]) return 0;
  return role === 'anonymous' ? 401 : 403;
}

describe('who may use what', () => {
  it.each<Role>(['anonymous', 'end-user', 'agent', 'admin'])('%s: each operation answers as the table says', async (role) => {
    const wrong: string[] = [];
    for (const { method, path, audience } of OPERATIONS) {
      const got = await refusal(ask(role, method, path));
      if (got !== expected(role, audience)) wrong.push(`${method} ${path} is for ${audience}, ${role} got ${got}`);
    }
    expect(wrong).toEqual([]);
  });

  it('end users get at their own records where others’ are refused', async () => {
    const own = OPERATIONS.filter(({ audience }) => audience === 'self' || audience === 'own');
    expect(own.length).toBeGreaterThan(0);
    for (const { method, path } of own) {
      const mine = path.replace('users/999', `users/${ids.get('end-user')}`);
      expect([mine, await refusal(ask('end-user', method, mine))]).toEqual([mine, 0]);
    }
  });

  it('an agent gets round the table neither by other letters nor by encoding', async () => {
    expect(await refusal(ask('agent', 'DELETE', '/groups/999'))).toBe(403);
    expect(await refusal(ask('agent', 'DELETE', '/groups/%39%39%39'))).toBe(403);
    expect(await refusal(ask('agent', 'DELETE', '/%67roups//999/.json'))).toBe(403);
    expect((await ask('agent', 'DELETE', '/Groups/999')).status).toBe(404);
    expect((await ask('agent', 'GET', '/OAUTH/clients')).status).toBe(404);
  });

  it('a token needs a scope of the operation’s kind', async () => {
    const admin = HEADERS.get('admin') ?? {};
    const post = async (path: string, body: object): Promise<Record<string, { id: number; full_token: string }>> =>
      (await (await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...admin }, body: JSON.stringify(body) })).json()) as never; // prettier-ignore
    const { client } = await post('/oauth/clients', { client: { name: 'A', identifier: 'a' } });
    for (const scope of ['read', 'write']) {
      const { token } = await post('/oauth/tokens', { token: { client_id: client?.id, scopes: [scope] } });
      const wrong: string[] = [];
      // What revokes the token comes after everything else.
      for (const { method, path } of OPERATIONS.toSorted(
        (a, b) => Number(a.path.endsWith('/current')) - Number(b.path.endsWith('/current')),
      )) {
        const required = requiredScopes(method, path);
        const mine = path.replace('end_users/999', `end_users/${ids.get('admin')}`);
        const got = await refusal(ask('admin', method, mine, { authorization: `Bearer ${token?.full_token}` }));
        const want = required.length === 0 || required.includes(scope) ? 0 : 403;
        if (got !== want) wrong.push(`${method} ${path} with ${scope}: ${got}`);
      }
      expect(wrong).toEqual([]);
    }
  });

  it('the table names only what the vendor documents', () => {
    const named = [...Object.values(ALLOWED), ...Object.values(PERMISSIONS)].flatMap(operations);
    const unknown = named.filter((operation) => {
      const [method = '', path = ''] = operation.split(' ');
      const [, root = ''] = path.split('/');
      if (path.endsWith('/**')) return !Object.hasOwn(VENDOR_PATHS, root);
      return documentedPath(method, path.replaceAll('{id}', '1').replaceAll('*', '1')) === undefined;
    });
    expect(unknown).toEqual([]);
  });
});
