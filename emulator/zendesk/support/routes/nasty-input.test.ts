import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';
import { COMMENT, FIELD, ORGANIZATION, TICKET_CREATE, TICKET_UPDATE, USER, VOICE_COMMENT } from './shapes.ts';

const NASTY: readonly unknown[] = [
  null, '', 'x', '1', '💥\u0000', 'x'.repeat(5_000), -1, 1e300, true,
  [], [null], [1], ['a@b.example'], [[]], [{}], {}, { name: null }, { email: 5 }, [{ id: { toString: 1 }, value: { toString: 1 } }],
  [{ user_id: { toString: 1 } }], [{ user_email: { toString: 1 } }], { name: { toString: 1 } }, { name: 5 },
]; // prettier-ignore

const QUERIES = ['', '%', '%E0%A4', '+', '-', '"', ':', '*', 'phone:', 'name:', '-ada', '\\', "'", '(', '1'.repeat(500), '_', '%00', '💥'];

describe('nasty input', () => {
  it.each([
    ['POST', '/tickets', 'ticket', TICKET_CREATE, { comment: 'x' }],
    ['PUT', '/tickets/1', 'ticket', TICKET_UPDATE, {}],
    ['POST', '/users', 'user', USER, { name: 'N' }],
    ['PUT', '/users/OWNER', 'user', USER, {}],
    ['POST', '/users/create_or_update', 'user', USER, { name: 'N' }],
    ['POST', '/organizations', 'organization', ORGANIZATION, { name: 'O' }],
    ['POST', '/user_fields', 'user_field', FIELD, { key: 'k', type: 'text', title: 'T' }],
    ['PUT', '/organization_fields/tier', 'organization_field', FIELD, {}],
  ] as const)('in any property of %s %s is never a bug', async (method, path, wrapper, shape, base) => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    await server.call('POST', '/organization_fields', { organization_field: { key: 'tier', type: 'text', title: 'T' } });
    const target = path.replace('OWNER', String(server.ownerId));
    const bugs: string[] = [];
    for (const name of Object.keys(shape)) {
      for (const value of NASTY) {
        const { status } = await server.call(method, target, { [wrapper]: { ...base, [name]: value } });
        if (status >= 500 && status !== 501) bugs.push(`${name}: ${JSON.stringify(value)?.slice(0, 60)}`);
      }
    }
    expect(bugs).toEqual([]);
  });

  it('that is nested without end is no JSON, wherever it is sent', async () => {
    await using server = await testServer();
    const nested = '{"ticket":'.repeat(50_000) + '1' + '}'.repeat(50_000);
    for (const path of ['/tickets', server.url.replace('/api/v2', '/oauth/tokens')])
      expect(await server.call('POST', path, nested)).toMatchObject({ status: 422, body: { message: 'Server could not parse JSON' } });
  });

  it.each([
    ['comment', COMMENT],
    ['voice_comment', VOICE_COMMENT],
  ])('inside a %s is never a bug', async (part, shape) => {
    await using server = await testServer();
    const bugs: string[] = [];
    for (const name of Object.keys(shape)) {
      for (const value of NASTY) {
        const { status } = await server.call('POST', '/tickets', { ticket: { [part]: { body: 'x', [name]: value } } });
        if (status >= 500 && status !== 501) bugs.push(`${name}: ${JSON.stringify(value)?.slice(0, 60)}`);
      }
    }
    const tickets = server.support.tickets.list('acme').map(({ id }) => id);
    for (const id of tickets) if ((await server.call('GET', `/tickets/${id}/comments`)).status !== 200) bugs.push(`reading ticket ${id}`);
    expect(bugs).toEqual([]);
  });

  it('among what is named in bulk is never a bug', async () => {
    await using server = await testServer();
    const odd = { toString: 1, valueOf: 1 };
    const { body } = await server.call<{ groups: { id: number }[] }>('GET', '/groups');
    const email = 'lee@acme.example';
    server.support.users.create('acme', { name: 'Lee', email, role: 'agent', verified: true, ticket_restriction: 'assigned' }, server.api);
    const calls: [path: string, body: object, headers?: Record<string, string>][] = [
      [`/groups/${body.groups[0]?.id}`, { group: { name: null } }],
      ['/tickets/update_many', { tickets: [{ id: odd }] }],
      ['/tickets/update_many', { tickets: [{ id: odd }] }, { authorization: basic(email, 'test-api-token') }],
      ['/users/update_many', { users: [{ external_id: odd }] }],
      ['/organizations/update_many', { organizations: [{ external_id: odd }] }],
      ['/triggers/reorder', { trigger_ids: [odd] }],
      ['/ticket_fields/reorder', { ticket_field_ids: [odd] }],
      ['/ticket_forms/reorder', { ticket_form_ids: [odd] }],
      ['/custom_status/default', { ids: [odd] }],
      ['/comment_redactions/1', { ticket_id: [odd] }],
      ...['macros', 'triggers', 'automations', 'views'].map((key): [string, object] => [
        `/${key}/update_many`,
        { [key]: [{ id: 1, position: odd }] },
      ]),
    ];
    for (const [path, written, headers] of calls) {
      const { status } = await server.call('PUT', path, written, headers);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  });

  it('in queries is never a bug', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const bugs: string[] = [];
    for (const path of [
      '/users/search?query=',
      '/users/search?external_id=',
      '/organizations/search?name=',
      '/tickets?page=',
      '/tickets?page[size]=',
      '/tickets?page[after]=',
      '/tickets?sort=',
      '/tickets?per_page=',
      '/tickets?include=',
      '/users?role=',
      '/tickets/show_many?ids=',
      '/tickets/',
      '/users/',
      '/user_fields/',
      '/tickets/1/audits/',
    ]) {
      // prettier-ignore
      for (const value of QUERIES) {
        const { status } = await server.call('GET', path + (value.startsWith('%') || value === '+' ? value : encodeURIComponent(value)));
        if (status >= 500 && status !== 501) bugs.push(path + value.slice(0, 20));
      }
    }
    expect(bugs).toEqual([]);
  });

  it('in bodies is never a bug', async () => {
    await using server = await testServer();
    for (const body of ['null', '1', '"x"', '[]', '{}', '{"ticket":{"__proto__":{"comment":"x"}}}', '[[[', '\u0000']) {
      expect((await server.call('POST', '/tickets', body)).status).toBeLessThan(500);
    }
    const form = await server.call('POST', '/tickets', 'ticket[comment]=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.status).toBe(400);
  });
});
