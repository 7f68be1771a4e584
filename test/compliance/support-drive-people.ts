import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { basic } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';
import type { Exchange } from './answers.ts';

type Rows = Readonly<Record<string, readonly { readonly id: number }[]>>;

/** Uses identities, memberships, subscriptions, merges and deleted users; what it makes it deletes. */
export async function drivePeople(server: TestServer, call: Call, seen: Exchange[]): Promise<void> {
  const done = async (method: string, path: string, body?: unknown): Promise<void> => {
    const { job_status: job } = await call(method, path, body);
    server.advance(1_000);
    await call('GET', `/job_statuses/${job?.id}`);
  };
  const id = async (path: string, name: string, record: unknown): Promise<number> =>
    (await call('POST', path, { [name]: record }))[name]?.id ?? 0;
  const userId = await id('/users', 'user', { name: 'Mia', email: 'mia@x.example', verified: true });
  const leeId = await id('/users', 'user', { name: 'Lee', role: 'agent' });
  const groupId = await id('/groups', 'group', { name: 'People' });
  const [winnerId, loserId] = [
    await id('/organizations', 'organization', { name: 'Winner' }),
    await id('/organizations', 'organization', { name: 'Loser' }),
  ];

  await call('GET', '/users/me/settings');
  await call('PUT', '/users/me/settings', { settings: { lotus: { keyboard_shortcuts_enabled: false } } });
  await call('PUT', '/users/me/settings', { settings: { lotus: { keyboard_shortcuts_enabled: 'x' } } });
  await call('POST', '/users/request_create', { user: { name: 'New', email: 'new@x.example' } });
  await identities(server, call, seen, userId);
  await memberships(call, done, {
    userId: leeId,
    property: 'group_id',
    parentId: groupId,
    name: 'group_membership',
    below: `/groups/${groupId}/memberships`,
  });
  await memberships(call, done, {
    userId,
    property: 'organization_id',
    parentId: loserId,
    name: 'organization_membership',
    below: `/organizations/${loserId}/organization_memberships`,
  });
  for (const path of ['/group_memberships/assignable', `/groups/${groupId}/memberships/assignable`]) await call('GET', path);
  await call('GET', `/groups/${groupId}/users?role=agent`);
  await call('GET', `/groups/${groupId}/users/count`);

  await call('PUT', `/users/${userId}`, { user: { organization_ids: [loserId, winnerId] } });
  for (const path of ['organizations', 'organizations/count', 'groups', 'groups/count', 'related', 'tickets/assigned/count', 'tickets/ccd', 'tickets/ccd/count', 'tickets/followed', 'organization_subscriptions', 'compliance_deletion_statuses']) await call('GET', `/users/${userId}/${path}`); // prettier-ignore
  await call('PUT', `/users/${userId}/organizations/${winnerId}/make_default`);
  await call('DELETE', `/users/${userId}/organizations/${winnerId}`);
  for (const path of ['related', 'users/count', 'tickets/count', 'subscriptions']) await call('GET', `/organizations/${loserId}/${path}`);
  await call('GET', '/organizations/autocomplete?name=lo');
  await call('POST', '/users/autocomplete', { name: 'mi' });
  await call('GET', `/users/show_many?ids=${userId}&include=identities,groups,organizations`);
  for (const path of ['/groups/default', '/groups/autocomplete?name=peo']) await call('GET', path);

  const { organization_subscription: subscription } = await call('POST', '/organization_subscriptions', {
    organization_subscription: { user_id: userId, organization_id: loserId },
  });
  await call('GET', '/organization_subscriptions');
  await call('GET', `/organization_subscriptions/${subscription?.id}`);
  await call('DELETE', `/organization_subscriptions/${subscription?.id}`);

  await passwords(server, call, userId);

  await call('POST', '/organizations/create_or_update', { organization: { id: winnerId, notes: 'n' } });
  await call('POST', '/organizations/create_or_update', { organization: { name: 'Third', external_id: 'third' } });
  await done('POST', '/organizations/create_many', { organizations: [{ name: 'Fourth', external_id: 'fourth' }, {}] });
  await done('PUT', '/organizations/update_many?external_ids=third,none', { organization: { notes: 'n' } });
  await done('DELETE', '/organizations/destroy_many?external_ids=third,fourth');
  const { organization_merge: merge } = await call('POST', `/organizations/${loserId}/merge`, {
    organization_merge: { winner_id: winnerId },
  });
  server.advance(1_000);
  await call('GET', `/organization_merges/${merge?.id}`);
  await call('GET', `/organizations/${winnerId}/merges`);

  const loser = await id('/users', 'user', { name: 'Mia B.' });
  await call('PUT', `/users/${loser}/merge`, { user: { id: userId } });
  await call('DELETE', `/users/${userId}`);
  await call('GET', '/deleted_users');
  await call('GET', '/deleted_users/count');
  await call('GET', `/deleted_users/${userId}`);
  await call('DELETE', `/deleted_users/${userId}`);
  await call('GET', `/users/${userId}/compliance_deletion_statuses`);
  await call('DELETE', `/users/${leeId}`);
  await call('DELETE', `/groups/${groupId}`);
  await call('DELETE', `/organizations/${winnerId}`);
}

async function identities(server: TestServer, call: Call, seen: Exchange[], userId: number): Promise<void> {
  const as = async (method: string, path: string, body?: unknown): Promise<{ id: number } | undefined> => {
    const answer = await server.call<Record<string, { id: number }>>(method, path, body, {
      authorization: basic('mia@x.example', 'test-api-token'),
    });
    seen.push({ method, path: `/api/v2${path}`, status: answer.status, body: answer.body });
    return answer.body?.['identity'];
  };
  for (const root of [`/users/${userId}/identities`, `/end_users/${userId}/identities`]) {
    const ask = root.startsWith('/end') ? as : async (...asked: Parameters<Call>) => (await call(...asked))?.['identity'];
    const made = await ask('POST', root, { identity: { type: 'email', value: 'second@x.example' } });
    await ask('POST', root, { identity: { type: 'email', value: 'mia@x.example' } });
    const one = `${root}/${made?.id}`;
    await ask('GET', root);
    await ask('GET', one);
    await ask('PUT', `${one}/request_verification`);
    await call('PUT', `${one.replace('end_users', 'users')}/verify`);
    await ask('PUT', `${one}/make_primary`);
    if (!root.startsWith('/end')) await ask('PUT', one, { identity: { value: 'third@x.example' } });
    // The old one is what signs in.
    const first = (await server.call<Rows>('GET', `/users/${userId}/identities`)).body['identities']?.[0];
    await call('PUT', `/users/${userId}/identities/${first?.id}/make_primary`);
    await ask('DELETE', one);
  }
}

interface Tie {
  readonly userId: number;
  readonly property: string;
  readonly parentId: number;
  readonly name: string;
  readonly below: string;
}

async function memberships(call: Call, done: (method: string, path: string, body?: unknown) => Promise<void>, tie: Tie): Promise<void> {
  const { userId, property, parentId, name, below } = tie;
  const draft = { user_id: userId, [property]: parentId };
  const [root, ofUser] = [`/${name}s`, `/users/${userId}/${name}s`];
  const one = async (path: string): Promise<string> => `${(await call('POST', path, { [name]: draft }))[name]?.id}`;
  const first = await one(root);
  await call('POST', root, { [name]: draft });
  await call('GET', root);
  await call('GET', `${root}?page[size]=1&include=users,groups,organizations`);
  await call('GET', `${root}/${first}`);
  await call('GET', below);
  await call('DELETE', `${root}/${first}`);
  const second = await one(ofUser);
  await call('GET', ofUser);
  await call('GET', `${ofUser}/${second}`);
  await call('PUT', `${ofUser}/${second}/make_default`);
  await call('DELETE', `${ofUser}/${second}`);
  await done('POST', `${root}/create_many`, { [`${name}s`]: [draft, draft] });
  const rows = (await call('GET', ofUser)) as unknown as Rows;
  await done('DELETE', `${root}/destroy_many?ids=${rows[`${name}s`]?.[0]?.id},99`);
}

/** The owner lets admins set passwords, and changes their own. */
async function passwords(server: TestServer, call: Call, userId: number): Promise<void> {
  const settings = server.accounts.expect('acme').settings;
  server.accounts.update('acme', { settings: { ...settings, adminsCanSetUserPasswords: true } });
  await call('GET', `/users/${userId}/password/requirements`);
  await call('PUT', `/users/${userId}`, { user: { password: 'first one' } });
  for (const id of [userId, server.ownerId]) await call('POST', `/users/${id}/password`, { password: 'first one' });
  await call('PUT', `/users/${server.ownerId}/password`, { previous_password: 'first one', password: 'second one' });
  server.accounts.update('acme', { settings });
}
