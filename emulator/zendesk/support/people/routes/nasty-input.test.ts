import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.ts';

const NASTY: readonly unknown[] = [null, '', 'x', '1', '💥\u0000', 'x'.repeat(5_000), -1, 1e300, true, [], [null], [{}], {}, { id: null }];

const CASES: readonly (readonly [method: string, path: string, wrapper: string, base: object, names: string])[] = [
  ['POST', '/users/ADA/identities', 'identity', { type: 'email', value: 'b@x.example' }, 'type value verified primary verification_method'],
  ['PUT', '/users/ADA/identities/EMAIL', 'identity', {}, 'value verified verification_method'],
  ['POST', '/group_memberships', 'group_membership', { user_id: 'ADA' }, 'user_id group_id default'],
  ['POST', '/organization_memberships', 'organization_membership', { user_id: 'ADA' }, 'user_id organization_id default'],
  ['POST', '/organization_subscriptions', 'organization_subscription', { user_id: 'ADA' }, 'user_id organization_id'],
  ['POST', '/organizations/create_or_update', 'organization', { name: 'O' }, 'id external_id name'],
  ['POST', '/organizations/1/merge', 'organization_merge', {}, 'winner_id'],
  ['PUT', '/users/ADA/merge', 'user', {}, 'id email'],
  ['PUT', '/users/ADA', 'user', {}, 'organization_ids group_ids default_group_id identities'],
  ['POST', '/users', 'user', { name: 'N' }, 'organization_ids group_ids default_group_id identities'],
];

const QUERIES = ['', '%', '+', '-', '"', '\\', "'", '_', '%00', '1'.repeat(500), '💥', '-1', '1e3'];

describe('nasty input', () => {
  it.each(CASES)('in any property of %s %s is never a bug', async (method, path, wrapper, base, names) => {
    await using server = await testServer();
    const ada = server.support.users.create('acme', { name: 'Ada', email: 'ada@x.example' }, server.api);
    const email = server.support.people.identities.list('acme', ada.id)[0]?.id;
    const filled = (text: string): string => text.replace('ADA', String(ada.id)).replace('EMAIL', String(email));
    const bugs: string[] = [];
    for (const name of names.split(' ')) {
      for (const value of NASTY) {
        const record = { ...(JSON.parse(filled(JSON.stringify(base))) as object), [name]: value };
        const { status } = await server.call(method, filled(path), { [wrapper]: record });
        if (status >= 500 && status !== 501) bugs.push(`${name}: ${JSON.stringify(value)?.slice(0, 60)}`);
      }
    }
    for (const body of ['null', '[]', '"x"', `{"${wrapper}":[]}`])
      if ((await server.call(method, filled(path), body)).status >= 500) bugs.push(body);
    expect(bugs).toEqual([]);
  });

  it('in bulk is never a bug', async () => {
    await using server = await testServer();
    const bugs: string[] = [];
    for (const key of ['group_memberships', 'organization_memberships', 'organizations']) {
      for (const value of [...NASTY, [{ user_id: 'x' }], [{ name: null }], [{ id: 'x' }]]) {
        const { status } = await server.call('POST', `/${key}/create_many`, { [key]: value });
        const { status: updated } =
          key === 'organizations' ? await server.call('PUT', `/${key}/update_many`, { [key]: value }) : { status: 0 };
        if (status >= 500 || updated >= 500) bugs.push(`${key}: ${JSON.stringify(value).slice(0, 60)}`);
      }
    }
    server.advance(10_000);
    expect((await server.call('GET', '/job_statuses')).status).toBe(200);
    expect(bugs).toEqual([]);
  });

  it('in queries and paths is never a bug', async () => {
    await using server = await testServer();
    const bugs: string[] = [];
    for (const path of [
      '/users/autocomplete?name=',
      '/users/autocomplete?phone=',
      '/organizations/autocomplete?name=',
      '/groups/autocomplete?name=',
      '/users?permission_set=',
      '/deleted_users?page[after]=',
      '/group_memberships?sort=',
      '/deleted_users/',
      '/organization_merges/',
      '/group_memberships/',
      '/users/1/identities?type=',
      '/organization_subscriptions/',
    ]) {
      for (const value of QUERIES) {
        const { status } = await server.call('GET', path + (value.startsWith('%') || value === '+' ? value : encodeURIComponent(value)));
        if (status >= 500 && status !== 501) bugs.push(path + value.slice(0, 20));
      }
    }
    expect(bugs).toEqual([]);
  });
});
