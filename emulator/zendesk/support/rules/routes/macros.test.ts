import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';
import type { AnswerBody, RuleBody } from '../testing/answer-body.ts';

type Draft = Readonly<Record<string, unknown>>;
type Answered = { status: number; body: AnswerBody };

const SOLVE = { field: 'status', value: 'solved' };

async function made(server: TestServer, macro: Draft): Promise<RuleBody> {
  const { status, body } = await server.call<AnswerBody>('POST', '/macros', { macro: { title: 'M', actions: [SOLVE], ...macro } });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.macro;
}

describe('macros', () => {
  it('are made as recorded, written, listed, found and deleted', async () => {
    await using server = await testServer();
    const macro = await made(server, { title: 'Billing::Refund' });
    expect(Object.keys(macro)).toEqual(['url', 'id', 'title', 'active', 'updated_at', 'created_at', 'default', 'position', 'description', 'actions', 'restriction', 'raw_title']); // prettier-ignore
    expect(macro).toMatchObject({ position: 10000, description: null, restriction: null, actions: [SOLVE] });
    const other = await made(server, { title: 'Close', active: false });
    const titles = async (path: string): Promise<string[]> => (await server.call<AnswerBody>('GET', path)).body.macros.map(({ title }) => title); // prettier-ignore
    expect(await titles('/macros')).toEqual(['Billing::Refund', 'Close']);
    expect(await titles('/macros/active')).toEqual(['Billing::Refund']);
    expect(await titles('/macros?category=Billing')).toEqual(['Billing::Refund']);
    expect(await titles('/macros/search?query=clo')).toEqual(['Close']);
    expect((await server.call<AnswerBody>('GET', '/macros/categories')).body).toEqual({ categories: ['Billing'] });
    expect((await server.call<AnswerBody>('GET', '/macros/definitions')).body.definitions.actions.map(({ subject }) => subject)).toContain('comment_value'); // prettier-ignore
    const changed = await server.call<AnswerBody>('PUT', `/macros/${macro.id}`, { macro: { title: 'Renamed' } });
    expect(changed.body.macro).toMatchObject({ title: 'Renamed', actions: [SOLVE] });
    const moved = await server.call<AnswerBody>('PUT', '/macros/update_many', { macros: [{ id: other.id, position: 1, active: true }] });
    expect(moved.body).toMatchObject({ count: 1, macros: [{ active: true, position: 1 }] });
    expect(await titles('/macros')).toEqual(['Close', 'Renamed']);
    expect((await server.call('DELETE', `/macros/${macro.id}`)).status).toBe(204);
    expect((await server.call('DELETE', `/macros/destroy_many?ids=${other.id}`)).status).toBe(204);
    expect((await server.call('GET', `/macros/${macro.id}`)).status).toBe(404);
  });

  it('show what they would do, and do nothing', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const { ticket } = support.tickets.create('acme', { subject: 'S', comment: 'x', tags: ['a'] }, api);
    const actions = [
      SOLVE,
      { field: 'assignee_id', value: 'current_user' },
      { field: 'current_tags', value: 'done' },
      { field: 'comment_value', value: ['channel:all', 'Hi {{ticket.requester.name}}'] },
      { field: 'comment_mode_is_public', value: 'false' },
    ];
    const { id } = await made(server, { actions });
    const bare = (await server.call<AnswerBody>('GET', `/macros/${id}/apply`)).body.result.ticket;
    expect(bare).toMatchObject({ status: 'solved', assignee_id: server.ownerId, tags: ['done'] });
    expect(bare.comment).toMatchObject({ body: 'Hi {{ticket.requester.name}}', public: false });
    expect(bare).not.toHaveProperty('subject');
    const { ticket: after } = (await server.call<AnswerBody>('GET', `/tickets/${ticket.id}/macros/${id}/apply`)).body.result;
    expect(after).toMatchObject({ id: ticket.id, subject: 'S', status: 'solved', tags: ['a', 'done'] });
    expect(after.comment).toMatchObject({ body: 'Hi owner', scoped_body: [['channel:all', 'Hi owner']] });
    expect(support.tickets.get('acme', ticket.id)).toEqual(ticket);
  });

  it('named by a ticket’s write are in its history, and counted', async () => {
    await using server = await testServer();
    const [one, two] = [await made(server, { title: 'One' }), await made(server, { title: 'Two' })];
    const created = await server.call<AnswerBody>('POST', '/tickets', {
      ticket: { comment: 'x', macro_ids: [one.id, 7], macro_id: two.id },
    });
    expect(created.body.audit.events.filter(({ type }) => type === 'AgentMacroReference')).toMatchObject([
      { macro_id: String(one.id), macro_title: 'One' },
      { macro_id: String(two.id), macro_title: 'Two' },
    ]);
    const updated = await server.call<AnswerBody>('PUT', '/tickets/1', { ticket: { macro_id: String(one.id) } });
    expect(updated.body.audit.events).toMatchObject([{ type: 'AgentMacroReference', macro_title: 'One' }]);
    const used = (await server.call<AnswerBody>('GET', '/macros?include=usage_7d&sort_by=usage_7d')).body.macros;
    expect(used.map(({ title, usage_7d }) => [title, usage_7d])).toEqual([['One', 2], ['Two', 1]]); // prettier-ignore
    server.advance(8 * 86_400_000);
    const later = (await server.call<AnswerBody>('GET', '/macros?include=usage_7d,usage_30d')).body.macros;
    expect(later.map(({ usage_7d, usage_30d }) => [usage_7d, usage_30d])).toEqual([[0, 2], [0, 1]]); // prettier-ignore
  });

  it('can be made of others and of tickets', async () => {
    await using server = await testServer();
    const { id } = await made(server, { title: 'One' });
    server.support.tickets.create('acme', { subject: 'S', comment: 'answer', priority: 'high', tags: ['a'] }, server.api);
    expect((await server.call<AnswerBody>('GET', `/macros/new?macro_id=${id}&ticket_id=1`)).body.macro).toEqual({ title: 'One', actions: [SOLVE] }); // prettier-ignore
    expect((await server.call<AnswerBody>('GET', '/macros/new?ticket_id=1')).body.macro.actions).toEqual([
      { field: 'priority', value: 'high' },
      { field: 'current_tags', value: 'a' },
      { field: 'comment_value', value: ['channel:all', 'answer'] },
    ]);
    expect((await server.call('GET', '/macros/new')).status).toBe(400);
    expect((await server.call('GET', '/macros/new?ticket_id=9')).status).toBe(404);
  });

  it('have files, uploaded for them or before them', async () => {
    await using server = await testServer();
    const { id } = await made(server, {});
    const send = async (path: string, body: string | FormData, type?: string): Promise<Answered> => {
      const headers = { authorization: basic('owner@acme.example', 'test-api-token'), ...(type ? { 'content-type': type } : {}) };
      const response = await fetch(server.url + path, { method: 'POST', body, headers });
      return { status: response.status, body: (await response.json()) as AnswerBody };
    };
    const form = (filename?: string): FormData => {
      const parts = new FormData();
      parts.append('attachment', new File(['h\u00e9llo'], 'own-name.txt', { type: 'text/plain' }));
      if (filename) parts.append('filename', filename);
      return parts;
    };
    const first = await send(`/macros/${id}/attachments.json`, form('a.txt'));
    expect(first).toMatchObject({
      status: 201,
      body: { macro_attachment: { filename: 'a.txt', content_type: 'text/plain', size: 6, created_at: '2026-01-05T09:00:00Z' } },
    });
    const { macro_attachment: file } = first.body;
    const content = await fetch(file.content_url.replace(/^.*\/zendesk/, new URL(server.url).origin + '/zendesk'));
    expect([content.status, await content.text()]).toEqual([200, 'h\u00e9llo']);
    const waiting = (await send('/macros/attachments', form())).body.macro_attachment;
    expect(waiting.filename).toBe('own-name.txt');
    const raw = await send('/macros/attachments?filename=r.bin', 'raw', 'application/octet-stream');
    expect(raw).toMatchObject({ status: 201, body: { macro_attachment: { filename: 'r.bin', size: 3 } } });
    expect((await server.call('GET', `/macros/attachments/${waiting.id}`)).body).toEqual({ macro_attachment: waiting });
    const list = async (macro: number): Promise<number[]> => (await server.call<AnswerBody>('GET', `/macros/${macro}/attachments`)).body.macro_attachments.map((each) => each.id); // prettier-ignore
    const put = async (macro: number, attachments: unknown): Promise<number> => (await server.call('PUT', `/macros/${macro}`, { macro: { attachments } })).status; // prettier-ignore
    expect([await put(id, [file.id, waiting.id]), await list(id)]).toEqual([200, [file.id, waiting.id]]);
    const other = await made(server, { title: 'Other', attachments: [raw.body.macro_attachment.id] });
    expect([await list(other.id), await put(other.id, [file.id]), await put(other.id, [7])]).toEqual([[raw.body.macro_attachment.id], 422, 422]); // prettier-ignore
    expect([await put(id, [waiting.id]), await list(id)]).toEqual([200, [waiting.id]]);
    expect((await fetch(content.url)).status).toBe(404);
    for (let index = 1; index < 5; index += 1) expect((await send(`/macros/${id}/attachments`, form())).status).toBe(201);
    expect((await send(`/macros/${id}/attachments`, form())).status).toBe(422);
    await server.call('DELETE', `/macros/${id}`);
    expect((await server.call('GET', `/macros/attachments/${waiting.id}`)).status).toBe(404);
    expect(server.core.store.collection({ name: 'files', key: () => '' }).count('acme')).toBe(1);
  });

  it('take no form that is none, and purge files that no macro took', async () => {
    await using server = await testServer();
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const status = async (path: string, body: string, more = {}): Promise<number> => (await server.call('POST', path, body, { ...headers, ...more })).status; // prettier-ignore
    expect(await status('/macros/attachments', 'nonsense')).toBe(400);
    expect(await status('/macros/attachments', '--x\r\nContent-Disposition: form-data; name="attachment"\r\n\r\ntext\r\n--x--\r\n')).toBe(
      400,
    );
    expect(await status('/macros/attachments', 'x', { 'content-type': 'text/plain' })).toBe(400);
    expect(await status('/macros/7/attachments?filename=a', 'x', { 'content-type': 'text/plain' })).toBe(404);
    const raw = { 'content-type': 'text/plain' };
    const { body } = await server.call<AnswerBody>('POST', '/macros/attachments?filename=a', 'x', raw);
    server.advance(86_400_000);
    expect(await status('/macros/attachments?filename=b', 'x', raw)).toBe(201);
    expect((await server.call('GET', `/macros/attachments/${body.macro_attachment.id}`)).status).toBe(404);
  });

  it('of others are there for admins, who manage them, and not among those that they can apply', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const { id } = support.users.create('acme', { name: 'Ann', email: 'ann@acme.example', role: 'agent', verified: true }, api);
    const hers = await made(server, { title: 'Hers', restriction: { type: 'User', id } });
    const own = await made(server, { title: 'Own', restriction: { type: 'User', id: server.ownerId } });
    const titles = async (path: string, headers = {}): Promise<string[]> => (await server.call<AnswerBody>('GET', path, undefined, headers)).body.macros.map(({ title }) => title); // prettier-ignore
    const ann = { authorization: basic('ann@acme.example', 'test-api-token') };
    expect(await titles('/macros')).toEqual(['Hers', 'Own']);
    for (const path of ['/macros?only_viewable=true', '/macros/active', '/macros/search?query='])
      expect(await titles(path)).toEqual(['Own']);
    expect(await titles('/macros', ann)).toEqual(['Hers']);
    expect([await titles('/macros?access=personal'), await titles('/macros?access=agents')]).toEqual([['Own'], ['Hers', 'Own']]);
    expect((await server.call('GET', '/macros?access=agents', undefined, ann)).status).toBe(403);
    for (const path of ['/macros?access=nobody', '/views?access=agents']) expect((await server.call('GET', path)).status).toBe(400);
    expect((await server.call('PUT', `/macros/${hers.id}`, { macro: { active: false } })).status).toBe(200);
    expect((await server.call('GET', `/macros/${own.id}`, undefined, ann)).status).toBe(404);
  });

  it('of others are not given files by agents', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const { id } = await made(server, {});
    const mine = await made(server, { restriction: { type: 'User', id: server.ownerId } });
    const ann = support.users.create('acme', { name: 'Ann', email: 'ann@acme.example', role: 'agent', verified: true }, api);
    const headers = { authorization: basic('ann@acme.example', 'test-api-token'), 'content-type': 'text/plain' };
    const post = async (macro: number): Promise<number> => (await server.call('POST', `/macros/${macro}/attachments?filename=a`, 'x', headers)).status; // prettier-ignore
    expect([await post(id), await post(mine.id)]).toEqual([403, 404]);
    const upload = async (): Promise<number> => (await server.call('POST', '/macros/attachments?filename=a', 'x', headers)).status;
    expect(await upload()).toBe(201);
    const { body } = await server.call<{ custom_role: { id: number } }>('POST', '/custom_roles', {
      custom_role: { name: 'Reader', configuration: { macro_access: 'readonly' } },
    });
    support.users.update('acme', ann.id, { custom_role_id: body.custom_role.id }, api);
    expect(await upload()).toBe(403);
    expect((await server.call('GET', `/macros/${id}/attachments`, undefined, headers)).status).toBe(200);
    expect((await server.call('GET', `/macros/${mine.id}/attachments`, undefined, headers)).status).toBe(404);
  });

  it.each([
    [{ actions: [] }, 422],
    [{ actions: undefined }, 422],
    [{ actions: [{ field: 'status', value: 'closed' }] }, 422],
    [{ actions: [{ field: 'notification_user', value: ['requester_id', 's', 'b'] }] }, 422],
    [{ actions: [{ field: 'nonsense', value: 1 }] }, 422],
    [{ actions: [{ field: 'add_skills', value: 'x' }] }, 501],
    [{ actions: [{ field: 7 }] }, 400],
    [{ actions: [{ field: 'subject', value: { a: 1 } }] }, 400],
    [{ title: ' ' }, 422],
    [{ title: 'x'.repeat(256) }, 422],
    [{ title: 'big', actions: [{ field: 'comment_value', value: 'x'.repeat(70_000) }] }, 422],
    [{ restriction: 7 }, 400],
  ])('refuse %j', async (macro, status) => {
    await using server = await testServer();
    expect((await server.call('POST', '/macros', { macro: { title: 'M', actions: [SOLVE], ...macro } })).status).toBe(status);
  });
});
