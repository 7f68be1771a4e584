import { describe, expect, it, vi } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

const AMY = { authorization: basic('amy@x.example', 'test-api-token') };

/** An agent to whom tickets go. */
async function withAmy(): Promise<TestServer & { amyId: number; heard: (query?: string) => Promise<Row[]> }> {
  const server = await testServer();
  const amy = server.support.users.create('acme', { name: 'Amy', email: 'amy@x.example', role: 'agent', verified: true }, server.api);
  const heard = async (query = ''): Promise<Row[]> => (await server.call<{ activities: Row[] }>('GET', `/activities${query}`, undefined, AMY)).body.activities; // prettier-ignore
  return Object.assign(server, { amyId: amy.id, heard });
}

describe('the activity stream', () => {
  it('tells an agent of assignments, comments and raised priorities, newest first', async () => {
    await using server = await withAmy();
    const { tickets } = server.support;
    tickets.create('acme', { subject: 'Help', comment: 'x', assignee_id: server.amyId }, server.api);
    tickets.create('acme', { subject: 'Other', comment: 'x' }, server.api);
    tickets.update('acme', 1, { comment: 'news', priority: 'high' }, server.api);
    tickets.update('acme', 1, { priority: 'low' }, server.api);
    tickets.update('acme', 2, { assignee_id: server.amyId }, server.api);
    const rows = await server.heard();
    expect(rows.map(({ verb, title }) => [verb, title])).toEqual([
      ['tickets.assignment', 'owner assigned ticket #2 to you'],
      ['tickets.comment', 'owner commented on ticket #1'],
      ['tickets.priority_increase', 'owner increased the priority of ticket #1'],
      ['tickets.assignment', 'owner assigned ticket #1 to you'],
    ]);
    expect(rows[1]).toMatchObject({ user_id: server.amyId, actor_id: server.ownerId, object: { comment: { value: 'news', public: true } }, target: { ticket: { id: 1, subject: 'Help' } }, user: { name: 'Amy' } }); // prettier-ignore
    const whole = await server.call<Record<string, Row[]>>('GET', '/activities?per_page=1', undefined, AMY);
    expect(whole.body).toMatchObject({ count: 4, users: [{ id: server.amyId }], actors: [{ id: server.ownerId }] });
    expect((await server.call('GET', '/activities/count', undefined, AMY)).body).toMatchObject({ count: { value: 4 } });
    expect((await server.call('GET', `/activities/${rows[0]?.id}`, undefined, AMY)).body['activity']).toEqual(rows[0]);
    expect((await server.call('GET', `/activities/${rows[0]?.id}`)).status).toBe(404);
  });

  it('says nothing of what agents do themselves, or of others’ tickets', async () => {
    await using server = await withAmy();
    const amy = { userId: server.amyId, via: 'api' } as const;
    server.support.tickets.create('acme', { comment: 'x', assignee_id: server.amyId }, amy);
    server.support.tickets.update('acme', 1, { comment: 'mine', priority: 'urgent' }, amy);
    expect(await server.heard()).toEqual([]);
    expect((await server.call<{ activities: Row[] }>('GET', '/activities')).body.activities).toEqual([]);
  });

  it('tells of what an automation does, by the system, and not of a seed', async () => {
    await using server = await withAmy();
    const actions = [{ field: 'priority', value: 'urgent' }];
    const all = [
      { field: 'status', operator: 'less_than', value: 'solved' },
      { field: 'NEW', operator: 'is', value: '1' },
      { field: 'priority', operator: 'is_not', value: 'urgent' },
    ];
    server.support.seed('acme', { tickets: [{ comment: 'x', requester_id: server.ownerId, assignee_id: server.amyId }], automations: [{ title: 'Late', all, actions }] }); // prettier-ignore
    server.advance(2 * 3_600_000);
    expect(await server.heard()).toMatchObject([{ verb: 'tickets.priority_increase', actor_id: -1, title: 'The system increased the priority of ticket #1' }]); // prettier-ignore
  });

  it('goes back thirty days, or to a time', async () => {
    await using server = await withAmy();
    server.support.tickets.create('acme', { comment: 'x', assignee_id: server.amyId }, server.api);
    server.advance(86_400_000);
    server.support.tickets.update('acme', 1, { comment: 'later' }, server.api);
    expect(await server.heard('?since=2026-01-06T00:00:00Z')).toHaveLength(1);
    expect((await server.call('GET', '/activities?since=soon', undefined, AMY)).status).toBe(400);
    server.advance(29.5 * 86_400_000);
    expect(await server.heard()).toHaveLength(1);
    server.advance(86_400_000);
    expect(await server.heard()).toEqual([]);
  });

  it('says no more of a comment than the comment does: nothing once it is redacted, or its ticket deleted', async () => {
    await using server = await withAmy();
    server.support.tickets.create('acme', { subject: 'S', comment: 'x', assignee_id: server.amyId }, server.api);
    const { audit } = server.support.tickets.update('acme', 1, { comment: 'the secret word' }, server.api);
    const said = { ticketId: 1, commentId: server.support.tickets.comments('acme', 1).at(-1)?.id ?? 0 };
    server.support.commentChanges.redactText('acme', said, 'secret', server.api);
    server.support.commentChanges.makePrivate('acme', 1, said.commentId, server.api);
    const [row] = await server.heard();
    expect(row?.['object']).toMatchObject({ comment: { value: expect.stringMatching(/^the .* word$/), public: false } });
    expect(audit.events).toHaveLength(1);
    server.support.tickets.delete('acme', 1, server.api);
    expect(JSON.stringify(await server.heard())).not.toMatch(/secret|word|"S"/);
  });

  it('is read page by page, not as a whole', async () => {
    await using server = await withAmy();
    for (let index = 0; index < 30; index += 1) {
      server.support.tickets.create('acme', { comment: `c${index}`, assignee_id: server.amyId }, server.api);
      server.advance(1_000);
    }
    const list = vi.spyOn(server.support.activities, 'list');
    const subjects = (rows: Row[]): number[] => rows.map((row) => (row['target'] as { ticket: Row }).ticket.id);
    expect(subjects(await server.heard('?per_page=3'))).toEqual([30, 29, 28]);
    expect(list.mock.results.map(({ value }) => (value as unknown[]).length)).toEqual([3]);
    expect(subjects(await server.heard('?page[size]=2&sort=-created_at'))).toEqual([30, 29]);
    const { body } = await server.call<{ links: { next: string } }>('GET', '/activities?page[size]=2&sort=-created_at', undefined, AMY);
    const next = await server.call<{ activities: Row[] }>('GET', body.links.next, undefined, AMY);
    expect(subjects(next.body.activities)).toEqual([28, 27]);
    expect((await server.call('GET', '/activities/count', undefined, AMY)).body).toMatchObject({ count: { value: 30 } });
    expect(await server.heard('?since=2026-01-05T09:00:28Z')).toHaveLength(2);
  });
});
