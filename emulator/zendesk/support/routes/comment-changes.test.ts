import { describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../testing/test-server.ts';

interface Shown {
  id: number;
  body: string;
  html_body: string;
  plain_body: string;
  public: boolean;
}

async function world(comment: object = { body: 'My number is 847564 & <b>nothing</b> else' }) {
  const server = await testServer();
  await server.call('POST', '/tickets', { ticket: { comment } });
  const comments = await commentsOf(server);
  const [first] = comments;
  if (!first) throw new Error('the ticket has no comment');
  return { server, first, path: `/tickets/1/comments/${first.id}` };
}

async function commentsOf(server: TestServer): Promise<Shown[]> {
  return (await server.call<{ comments: Shown[] }>('GET', '/tickets/1/comments')).body.comments;
}

async function lastEvents(server: TestServer): Promise<unknown> {
  const { body } = await server.call<{ audits: { events: unknown[] }[] }>('GET', '/tickets/1/audits');
  return body.audits.at(-1)?.events;
}

describe('redaction', () => {
  it('of a string leaves blocks in each form of the comment and in the description, and an audit', async () => {
    const { server, first, path } = await world();
    await using _ = server;
    const redacted = await server.call<{ comment: Shown }>('PUT', `${path}/redact`, { text: '847564' });
    expect(redacted.status).toBe(200);
    const { comment } = redacted.body;
    expect(comment.body).toBe('My number is ▇▇▇▇▇▇ & nothing else');
    expect(comment.plain_body).toBe(comment.body);
    expect(comment.html_body).toContain('is ▇▇▇▇▇▇ &amp; nothing');
    expect(await commentsOf(server)).toEqual([comment]);
    expect((await server.call('GET', '/tickets/1')).body).toMatchObject({ ticket: { description: comment.body } });
    expect(await lastEvents(server)).toEqual([{ id: expect.any(Number), type: 'CommentRedactionEvent', comment_id: first.id }]);
    expect((await server.call('PUT', `${path}/redact`, { text: '847564' })).status).toBe(422);
    expect((await server.call('PUT', `${path}/redact`, {})).status).toBe(400);
    expect((await server.call('PUT', '/tickets/1/comments/5/redact', { text: 'x' })).status).toBe(404);
  });

  it('of a string with marks of HTML', async () => {
    const { server, path } = await world({ body: 'is a < b & "c" > d' });
    await using _ = server;
    const { body } = await server.call<{ comment: Shown }>('PUT', `${path}/redact`, { text: '& "c" >' });
    expect(body.comment.html_body).toContain('is a &lt; b ▇');
    expect(body.comment.html_body).not.toContain('amp');
  });

  it('of a string of several lines', async () => {
    const { server, path } = await world({ body: 'My card is\n1234\n5678, thanks' });
    await using _ = server;
    const { comment } = (await server.call<{ comment: Shown }>('PUT', `${path}/redact`, { text: '1234\n5678' })).body;
    expect(comment.body).toBe('My card is\n▇▇▇▇\n▇▇▇▇, thanks');
    expect(comment.html_body).not.toMatch(/1234|5678/);
  });

  it.each([
    ['Card **4111** 1111, **bye**', '4111 1111', 'Card ▇▇▇▇▇▇▇▇▇, bye'],
    ['Card **4111** 1111, **bye**', '**4111** 1111', 'Card ▇▇▇▇▇▇▇▇▇▇▇▇▇, bye'],
    ['[log](https://x.example/4111), **bye**', '4111', 'log, bye'],
  ])('of Markdown %j leaves nothing of %j in any form', async (written, text, plain) => {
    const { server, path } = await world({ body: written });
    await using _ = server;
    const { comment } = (await server.call<{ comment: Shown }>('PUT', `${path}/redact`, { text })).body;
    expect(comment.plain_body).toBe(plain);
    expect(JSON.stringify([comment, await commentsOf(server)])).not.toContain('4111');
    expect((await server.call('GET', '/tickets/1')).body['ticket']).toMatchObject({ description: expect.not.stringContaining('4111') });
  });

  it('of one mark of a text that stands there twice', async () => {
    const { server, first } = await world({ body: 'a1 and a2' });
    await using _ = server;
    const html_body = first.html_body.replace('a1', '<redact>a</redact>1');
    const { comment } = (await server.call<{ comment: Shown }>('PUT', `/comment_redactions/${first.id}`, { ticket_id: 1, html_body })).body;
    expect([comment.body, comment.plain_body]).toEqual(['▇1 and a2', '▇1 and a2']);
  });

  it('of what the HTML marks', async () => {
    const html = '<p>My ID is <b>847564</b>, see <a href="http://x.example">this link</a><img src="http://x.example/i.png"></p>';
    const { server, first, path } = await world({ html_body: html });
    await using _ = server;
    const marked = first.html_body
      .replace('<b>847564</b>', '<redact><b>847564</b></redact>')
      .replace('<a href="http://x.example">this link</a>', '<a href="http://x.example" redact><redact>this</redact> link</a>')
      .replace('i.png">', 'i.png" redact>');
    const at = `/comment_redactions/${first.id}`;
    const redacted = await server.call<{ comment: Shown }>('PUT', at, { ticket_id: 1, html_body: marked });
    expect(redacted.status).toBe(200);
    expect(redacted.body.comment.html_body).toBe('<div class="zd-comment" dir="auto"><p>My ID is <b>▇▇▇▇▇▇</b>, see ▇▇▇▇ link</p></div>');
    expect(redacted.body.comment.body).toBe('My ID is ▇▇▇▇▇▇, see ▇▇▇▇ link');
    expect(await commentsOf(server)).toEqual([redacted.body.comment]);
    expect((await server.call('PUT', at, { ticket_id: 1, html_body: '<p>something else</p>' })).status).toBe(422);
    expect((await server.call('PUT', at, { ticket_id: 2, html_body: marked })).status).toBe(404);
    expect((await server.call('PUT', at, { html_body: marked })).status).toBe(400);
    expect(path).toContain('/comments/');
  });

  it('of files by their URL, also of a closed ticket, whose strings can no longer be redacted', async () => {
    const server = await testServer();
    await using _ = server;
    const { upload } = (
      await server.call<{ upload: { token: string; attachment: { id: number; content_url: string } } }>('POST', '/uploads?filename=a', 'x')
    ).body;
    await server.call('POST', '/tickets', { ticket: { comment: { body: 'see file', uploads: [upload.token] } } });
    await server.call('PUT', '/tickets/1', { ticket: { status: 'solved', assignee_id: server.ownerId } });
    await server.call('PUT', '/tickets/1', { ticket: { status: 'closed' } });
    const [comment] = await commentsOf(server);
    expect((await server.call('PUT', `/tickets/1/comments/${comment?.id}/redact`, { text: 'file' })).status).toBe(422);
    expect((await server.call('PUT', `/tickets/1/comments/${comment?.id}/attachments/${upload.attachment.id}/redact`)).status).toBe(422);
    const body = { ticket_id: 1, external_attachment_urls: [upload.attachment.content_url] };
    const redacted = await server.call('PUT', `/comment_redactions/${comment?.id}`, body);
    expect(redacted.body).toMatchObject({ comment: { attachments: [{ id: upload.attachment.id, file_name: 'redacted.txt' }] } });
    expect(await lastEvents(server)).toMatchObject([{ type: 'AttachmentRedactionEvent', attachment_id: upload.attachment.id }]);
    expect((await server.call('PUT', `/comment_redactions/${comment?.id}`, { ...body, external_attachment_urls: ['x'] })).status).toBe(422);
  });
});

describe('make_private', () => {
  it('hides a comment and, when none is left that is public, the ticket', async () => {
    const { server, first, path } = await world();
    await using _ = server;
    expect(await server.call('PUT', `${path}/make_private`)).toMatchObject({ status: 200, body: {} });
    expect(await commentsOf(server)).toMatchObject([{ public: false }]);
    expect((await server.call('GET', '/tickets/1')).body).toMatchObject({ ticket: { is_public: false } });
    expect(await lastEvents(server)).toMatchObject([{ type: 'CommentPrivacyChange', comment_id: first.id, public: false }]);
    const { body } = await server.call<{ audits: unknown[] }>('GET', '/tickets/1/audits');
    await server.call('PUT', `${path}/make_private`);
    expect((await server.call<{ audits: unknown[] }>('GET', '/tickets/1/audits')).body.audits).toHaveLength(body.audits.length);
  });

  it('works on an audit', async () => {
    const { server } = await world();
    await using _ = server;
    const { audits } = (await server.call<{ audits: { id: number }[] }>('GET', '/tickets/1/audits')).body;
    expect((await server.call('PUT', `/tickets/1/audits/${audits[0]?.id}/make_private`)).status).toBe(200);
    expect(await commentsOf(server)).toMatchObject([{ public: false }]);
    expect((await server.call('PUT', '/tickets/1/audits/9/make_private')).status).toBe(404);
  });
});
