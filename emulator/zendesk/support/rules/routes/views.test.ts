import { describe, expect, it, vi } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';
import type { AnswerBody, RuleBody } from '../testing/answer-body.ts';

type Draft = Readonly<Record<string, unknown>>;

const UNSOLVED = [{ field: 'status', operator: 'less_than', value: 'solved' }];

async function made(server: TestServer, view: Draft): Promise<RuleBody> {
  const { status, body } = await server.call<AnswerBody>('POST', '/views', { view: { title: 'V', all: UNSOLVED, ...view } });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.view;
}

function tickets(server: TestServer, ...drafts: Draft[]): number[] {
  return drafts.map((draft) => server.support.tickets.create('acme', { comment: 'x', ...draft }, server.api).ticket.id);
}

describe('views', () => {
  it('are made as recorded, written, listed, found and deleted', async () => {
    await using server = await testServer();
    const view = await made(server, {});
    expect(view).toMatchObject({ title: 'V', active: true, default: false, position: 10000, description: null, restriction: null, conditions: { all: UNSOLVED, any: [] } }); // prettier-ignore
    expect(view.execution).toMatchObject({ group_by: null, group_order: 'desc', sort_by: null, sort_order: 'desc', group: null, sort: null, custom_fields: [] }); // prettier-ignore
    expect(view.execution.columns[1]).toEqual({ id: 'requester', title: 'Requester', filterable: true, sortable: true });
    expect(view.execution.columns.map(({ id }) => id)).toEqual(['subject', 'requester', 'created', 'updated', 'group', 'assignee']);
    const other = await made(server, { title: 'Another', active: false });
    const changed = await server.call<AnswerBody>('PUT', `/views/${view.id}`, { view: { title: 'Mine', output: { columns: ['status', 'nice_id'], sort_by: 'updated', sort_order: 'asc' } } }); // prettier-ignore
    expect(changed.body.view.execution).toMatchObject({ sort: { id: 'updated', order: 'asc' }, columns: [{ id: 'status' }, { id: 'nice_id' }] }); // prettier-ignore
    const titles = async (path: string): Promise<string[]> => (await server.call<AnswerBody>('GET', path)).body.views.map(({ title }) => title); // prettier-ignore
    expect(await titles('/views')).toEqual(['Mine', 'Another']);
    expect(await titles('/views?sort_by=alphabetical')).toEqual(['Another', 'Mine']);
    expect(await titles('/views?active=false')).toEqual(['Another']);
    expect(await titles('/views/active')).toEqual(['Mine']);
    expect(await titles('/views/compact')).toEqual(['Mine']);
    expect(await titles('/views/search?query=anoth')).toEqual(['Another']);
    expect(await titles(`/views/show_many?ids=${other.id},1`)).toEqual(['Another']);
    expect((await server.call('GET', '/views/count')).body).toMatchObject({ count: { value: 2 } });
    const moved = await server.call<AnswerBody>('PUT', '/views/update_many', { views: [{ id: other.id, position: 1, active: true }] });
    expect(moved.body.views).toMatchObject([{ position: 1, active: true }]);
    expect(await titles('/views')).toEqual(['Another', 'Mine']);
    expect((await server.call('DELETE', `/views/${view.id}`)).status).toBe(204);
    expect((await server.call('DELETE', `/views/destroy_many?ids=${other.id}`)).status).toBe(204);
    expect((await server.call<AnswerBody>('GET', `/views/${view.id}`)).body).toEqual({ error: 'RecordNotFound', description: 'Not found' });
  });

  it('wait for the index to be read, so that others are answered meanwhile', async () => {
    await using server = await testServer();
    const { id } = await made(server, {});
    const ready = vi.spyOn(server.support.search, 'ready');
    const ask = async (method: string, path: string, body?: object): Promise<void> => {
      ready.mockClear();
      expect((await server.call(method, path, body)).status).toBe(200);
      expect([path, ...ready.mock.calls]).toEqual([path, ['acme', ['ticket']]]);
    };
    for (const of of ['count', 'execute', 'tickets']) await ask('GET', `/views/${id}/${of}`);
    await ask('GET', `/views/count_many?ids=${id}`);
    for (const of of ['', '/count']) await ask('POST', `/views/preview${of}`, { view: { all: UNSOLVED } });
  });

  it('are walked by cursor to their end while tickets leave them', async () => {
    await using server = await testServer();
    tickets(server, {}, {}, {}, {}, {});
    const view = await made(server, {});
    const seen: number[] = [];
    for (let after = ''; seen.length < 20;) {
      const { body } = await server.call<AnswerBody>('GET', `/views/${view.id}/tickets?page[size]=2${after}`);
      const ids = body.tickets.map(({ id }) => Number(id));
      seen.push(...ids);
      if (!body.meta.has_more) break;
      server.support.tickets.update('acme', ids.at(-1) ?? 0, { status: 'closed' }, server.api);
      after = `&page[after]=${encodeURIComponent(body.meta.after_cursor)}`;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  it.each(['', '&sort_by=priority&sort_order=asc', '&sort=-updated', '&group_by=type'])(
    'are walked in any order%s while tickets leave',
    async (sort) => {
      await using server = await testServer();
      const priorities = ['low', 'urgent', null, 'high', 'low', 'normal', 'high'];
      tickets(server, ...priorities.map((priority, index) => ({ priority, type: index % 2 === 0 ? 'task' : 'question' })));
      const view = await made(server, { output: { columns: ['nice_id'], sort_by: 'priority', sort_order: 'desc' } });
      const path = `/views/${view.id}/tickets`;
      const walk = async (direction: 'next' | 'prev', start: string, leave = false): Promise<number[]> => {
        const seen: number[] = [];
        for (let url = start; seen.length < 20;) {
          const { body } = await server.call<AnswerBody>('GET', url);
          const ids = body.tickets.map(({ id }) => id);
          if (ids.length === 0) break;
          seen.push(...(direction === 'next' ? ids : ids.toReversed()));
          if (leave) for (const id of ids) server.support.tickets.delete('acme', id, server.api);
          url = body.links[direction];
        }
        return seen;
      };
      const all = (await server.call<AnswerBody>('GET', `${path}?${sort.slice(1)}`)).body.tickets.map(({ id }) => id);
      expect(all).toHaveLength(priorities.length);
      const { links } = (await server.call<AnswerBody>('GET', `${path}?page[size]=7${sort}`)).body;
      expect(await walk('prev', links.prev)).toEqual([]);
      expect(await walk('next', `${path}?page[size]=2${sort}`)).toEqual(all);
      const end = (await server.call<AnswerBody>('GET', `${path}?page[size]=7${sort}`)).body.meta.after_cursor;
      const back = `${path}?page[size]=3${sort}&page[before]=${encodeURIComponent(end)}`;
      expect(await walk('prev', back)).toEqual(all.slice(0, -1).toReversed());
      expect(await walk('next', `${path}?page[size]=2${sort}`, true)).toEqual(all);
    },
  );

  it('become a CSV file later, with what the agent sees of them', async () => {
    await using server = await testServer();
    const field = server.support.fields.create('acme', 'ticket', { type: 'text', title: 'Order' });
    const { id: group_id } = server.support.groups.create('acme', { name: 'Desk' });
    const ticket = { priority: 'low', group_id, custom_fields: [{ id: field.id, value: 'A,"1"' }] };
    tickets(server, ticket, { assignee_id: server.ownerId, priority: 'high' }, { status: 'solved', assignee_id: server.ownerId });
    const columns = ['nice_id', 'subject', 'assignee', 'requester', 'group', 'brand', 'created', field.id];
    const view = await made(server, { output: { columns, sort_by: 'priority', sort_order: 'asc' } });
    const lines = async (headers?: Record<string, string>): Promise<string[]> => {
      const asked = await server.call('GET', `/views/${view.id}/export`, undefined, headers);
      expect(asked).toMatchObject({ status: 200, body: { export: { status: 'starting', view_id: view.id } } });
      server.advance(1_000);
      const mail = server.core.journal.read({ account: 'acme', kind: 'mail.due' }).at(-1)?.data as { content_url: string };
      return (await (await fetch(mail.content_url)).text()).split('\r\n');
    };
    expect(await lines()).toEqual([
      'ID,Subject,Assignee,Requester,Group,Brand,Requested,Order',
      '1,,,owner,Desk,Acme,2026-01-05T09:00:00Z,"A,""1"""',
      '2,,owner,owner,Support,Acme,2026-01-05T09:00:00Z,',
      '',
    ]);
    const lee = { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true, ticket_restriction: 'assigned' } as const;
    server.support.users.create('acme', lee, server.api);
    expect(await lines({ authorization: basic('lee@acme.example', 'test-api-token') })).toHaveLength(2);
    expect((await server.call('GET', '/views/9/export')).status).toBe(404);
  });

  it('take no cursor of another order, and none that is made up', async () => {
    await using server = await testServer();
    tickets(server, {}, {});
    const path = `/views/${(await made(server, {})).id}/tickets?page[size]=1`;
    const { after_cursor } = (await server.call<AnswerBody>('GET', `${path}&sort_by=status`)).body.meta;
    const { o } = JSON.parse(Buffer.from(after_cursor, 'base64').toString()) as { o: string };
    const forged = Buffer.from(JSON.stringify({ o, v: Buffer.from('s[1,{}]\0i\0\0\0\0\0\0\0\0', 'latin1').toString('base64') }));
    const after = (cursor: string, sort: string): Promise<{ status: number }> => server.call('GET', `${path}${sort}&page[after]=${encodeURIComponent(cursor)}`); // prettier-ignore
    expect((await after(after_cursor, '&sort_by=status')).status).toBe(200);
    expect((await after(after_cursor, '')).status).toBe(400);
    expect((await after(forged.toString('base64'), '&sort_by=status')).status).toBe(400);
  });

  it('hold the tickets that their conditions are true of, as tickets, rows and counts', async () => {
    await using server = await testServer();
    const [one, , three] = tickets(server, { subject: 'a', priority: 'low' }, { subject: 'b', status: 'closed' }, { subject: 'c', priority: 'urgent', tags: ['vip'] }); // prettier-ignore
    const view = await made(server, { output: { columns: ['nice_id', 'subject', 'priority', 'requester'], sort_by: 'priority', sort_order: 'desc' } }); // prettier-ignore
    const { body } = await server.call<AnswerBody>('GET', `/views/${view.id}/tickets`);
    expect([body.tickets.map(({ id }) => id), body.count]).toEqual([[three, one], 2]);
    const executed = (await server.call<AnswerBody>('GET', `/views/${view.id}/execute?sort_by=nice_id&sort_order=asc&exclude=groups`)).body;
    expect(executed.rows[0]).toMatchObject({ nice_id: one, subject: 'a', priority: 'low', requester_id: server.ownerId, ticket: { id: one, status: 'new', last_comment: { body: 'x' } } }); // prettier-ignore
    expect(executed.columns.map(({ id }) => id)).toEqual(['nice_id', 'subject', 'priority', 'requester']);
    expect(executed.users).toMatchObject([{ id: server.ownerId }]);
    expect(executed).not.toHaveProperty('groups');
    expect((await server.call<AnswerBody>('GET', `/views/${view.id}/count`)).body.view_count).toMatchObject({ value: 2, pretty: '2', fresh: true, view_id: view.id }); // prettier-ignore
    expect((await server.call<AnswerBody>('GET', `/views/count_many?ids=${view.id},7`)).body.view_counts).toMatchObject([{ value: 2 }]);
    const first = (await server.call<AnswerBody>('GET', `/views/${view.id}/tickets?page[size]=1`)).body;
    const second = (await server.call<AnswerBody>('GET', first.links.next)).body;
    expect([first.tickets[0]?.id, second.tickets[0]?.id, second.meta.has_more]).toEqual([three, one, false]);
    const preview = {
      view: { all: [...UNSOLVED, { field: 'current_tags', operator: 'includes', value: 'vip' }], output: { columns: ['subject'] } },
    };
    expect((await server.call<AnswerBody>('POST', '/views/preview', preview)).body.rows).toMatchObject([{ subject: 'c' }]);
    expect((await server.call<AnswerBody>('POST', '/views/preview/count', preview)).body.view_count.value).toBe(1);
  });

  it.each([
    ['assignee_id', 'is', 'current_user', [2]],
    ['assignee_id', 'is', '', [1, 3]],
    ['type', 'is', 'task', [3]],
    ['priority', 'greater_than', 'normal', [2]],
    ['priority', 'is_not', 'low', [2, 3]],
    ['current_tags', 'not_includes', 'b c', [1]],
    ['subject_includes_word', 'includes', 'PRINTER', [1]],
    ['subject_includes_word', 'is', 'inter', [1, 3]],
    ['description_includes_word', 'not_includes', 'second', [1, 3]],
    ['via_id', 'is', '5', [1, 2, 3]],
    ['NEW', 'less_than', '1', [1, 2, 3]],
    ['NEW', 'greater_than', '1', []],
    ['ticket_is_public', 'is', 'private', [3]],
    ['satisfaction_score', 'is', 'good_with_comment', [2]],
    ['satisfaction_score', 'greater_than', 'false', [2]],
    ['satisfaction_score', 'is', 'true', [1, 3]],
    ['exact_created_at', 'greater_than_equal', '2026-01-05', [1, 2, 3]],
    ['exact_created_at', 'less_than', '2026-01-05T11:00:00+02:00', []],
    ['exact_created_at', 'less_than_equal', '2026-01-05T11:00:00+02:00', [1, 2, 3]],
    ['exact_created_at', 'greater_than', '2026-01-05T08:59:59.999Z', [1, 2, 3]],
    ['assignee_id', 'is', ['SOMEONE', 'current_user'], [2]],
  ])('know %s %s %s', async (field, operator, value, expected) => {
    await using server = await testServer();
    tickets(
      server,
      { subject: 'A printer', priority: 'low', tags: ['a'] },
      { subject: 'B', priority: 'high', tags: ['b'], assignee_id: server.ownerId, comment: 'the second' },
      { subject: 'printers C', type: 'task', tags: ['c'], comment: { body: 'p', public: false } },
    );
    const rated = server.support.tickets.get('acme', 2);
    if (rated)
      server.support.context.collections.tickets.put('acme', { ...rated, satisfaction: { id: 1, score: 'good', comment: 'thanks' } });
    const someone = server.support.users.create('acme', { name: 'Someone', role: 'agent' }, server.api).id;
    const condition = { field, operator, value: Array.isArray(value) ? [someone, ...value.slice(1)] : value };
    const view = await made(server, { all: [...UNSOLVED, condition] });
    const { body } = await server.call<AnswerBody>('GET', `/views/${view.id}/tickets?sort_by=nice_id`);
    expect(body.tickets.map(({ id }) => id)).toEqual(expected);
  });

  it('of one person are for that person', async () => {
    await using server = await testServer();
    const agent = server.support.users.create(
      'acme',
      { name: 'Ann', email: 'ann@acme.example', role: 'agent', verified: true },
      server.api,
    );
    const group = server.support.groups.create('acme', { name: 'Other' });
    const own = await made(server, { title: 'Mine', restriction: { type: 'User', id: server.ownerId } });
    await made(server, { title: 'Group', restriction: { type: 'Group', id: group.id } });
    const all = await made(server, { title: 'All' });
    const authorization = `Basic ${Buffer.from('ann@acme.example/token:test-api-token').toString('base64')}`;
    const asAnn = (method: string, path: string, body?: unknown): ReturnType<typeof server.call<AnswerBody>> => server.call<AnswerBody>(method, path, body, { authorization }); // prettier-ignore
    expect((await asAnn('GET', '/views')).body.views.map(({ title }) => title)).toEqual(['All']);
    expect((await asAnn('GET', `/views/${own.id}`)).status).toBe(404);
    expect((await asAnn('PUT', `/views/${all.id}`, { view: { title: 'Hers' } })).status).toBe(403);
    const hers = await asAnn('POST', '/views', { view: { title: 'Hers', all: UNSOLVED, restriction: { type: 'User', id: agent.id } } });
    expect(hers.status).toBe(201);
    expect((await asAnn('GET', '/views?access=personal')).body.views).toHaveLength(1);
    server.support.groups.addMember('acme', group.id, agent.id);
    expect((await asAnn('GET', `/views?group_id=${group.id}`)).body.views.map(({ title }) => title)).toEqual(['Group']);
  });

  it.each([
    [{ all: [] }, 422],
    [{ all: [{ field: 'priority', operator: 'is', value: 'low' }] }, 422],
    [{ all: [...UNSOLVED, { field: 'nonsense', operator: 'is', value: 'x' }] }, 422],
    [{ all: [{ field: 'status', operator: 'changed' }] }, 422],
    [{ all: [{ field: 'status', operator: 'is', value: 'ajar' }] }, 422],
    [{ all: UNSOLVED, any: [{ field: 'NEW', operator: 'is', value: '1' }] }, 422],
    [{ all: UNSOLVED, title: '' }, 422],
    [{ all: UNSOLVED, output: { columns: ['nonsense'] } }, 422],
    [{ all: UNSOLVED, output: { sort_by: 'subject' } }, 422],
    [{ all: [...UNSOLVED, { field: 'exact_created_at', operator: 'less_than', value: 'yesterday' }] }, 422],
    [{ all: 'x' }, 400],
    [{ all: [1] }, 400],
    [{ all: UNSOLVED, output: 7 }, 400],
    [{ all: UNSOLVED, restriction: { type: 'Planet', id: 1 } }, 422],
    [{ all: [...UNSOLVED, { field: 'skills_match', operator: 'is', value: 'good' }] }, 501],
  ])('refuse %j', async (view, status) => {
    await using server = await testServer();
    expect((await server.call('POST', '/views', { view: { title: 'V', ...view } })).status).toBe(status);
  });
});
