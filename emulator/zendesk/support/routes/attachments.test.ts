import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface File {
  id: number;
  file_name: string;
  content_url: string;
  content_type: string;
  size: number;
}

interface Uploaded {
  upload: { token: string; expires_at: string; attachments: File[]; attachment: File };
}

async function world() {
  const server = await testServer();
  const upload = async (query: string, text: string, type = 'audio/wav'): Promise<Uploaded['upload']> =>
    (await server.call<Uploaded>('POST', `/uploads.json?${query}`, text, { 'content-type': type })).body.upload;
  const comments = async (): Promise<{ id: number; attachments: File[] }[]> =>
    (await server.call<{ comments: { id: number; attachments: File[] }[] }>('GET', '/tickets/1/comments')).body.comments;
  const ticket = (uploads: unknown) => server.call('POST', '/tickets', { ticket: { comment: { body: 'see file', uploads } } });
  return { server, upload, comments, ticket };
}

describe('uploads', () => {
  it('become attachments of a comment, with their content behind content_url', async () => {
    const { server, upload, comments, ticket } = await world();
    await using _ = server;
    const first = await upload('filename=a b.wav', 'RIFF');
    expect(first).toMatchObject({ attachment: { file_name: 'a b.wav', content_type: 'audio/wav', size: 4, width: null, inline: false } });
    expect(first.attachment.content_url).toMatch(/\/zendesk\/acme\/attachments\/token\/\w+\/\?name=a%20b\.wav$/);
    const both = await upload(`filename=c.json&token=${first.token}`, '{"a": 1}', 'application/json');
    expect([both.token, both.attachments.map(({ file_name }) => file_name)]).toEqual([first.token, ['a b.wav', 'c.json']]);
    const created = await ticket([first.token]);
    expect(created.status).toBe(201);
    const { events } = created.body['audit'] as { events: object[] };
    expect(events[0]).toMatchObject({ attachments: both.attachments });
    expect((await comments())[0]?.attachments).toEqual(both.attachments);
    const content = await fetch(both.attachment.content_url);
    expect([content.headers.get('content-type'), await content.text()]).toEqual(['application/json; charset=utf-8', '{"a": 1}']);
    expect(await (await fetch(first.attachment.content_url)).text()).toBe('RIFF');
    expect((await fetch(first.attachment.content_url.replace(/token\/\w+/, 'token/no'))).status).toBe(404);
  });

  it('are taken by one comment, as a list or a single token, within an hour', async () => {
    const { server, upload, ticket } = await world();
    await using _ = server;
    const { token } = await upload('filename=a.wav', 'RIFF');
    expect((await ticket(token)).status).toBe(201);
    expect((await ticket([token])).status).toBe(422);
    const late = await upload('filename=b.wav', 'RIFF');
    server.advance(3_600_000);
    expect((await ticket([late.token])).status).toBe(422);
    expect((await server.call('GET', '/tickets/count')).body).toMatchObject({ count: { value: 1 } });
  });

  it('can be thrown away', async () => {
    const { server, upload } = await world();
    await using _ = server;
    const { token, attachment } = await upload('filename=a.wav', 'RIFF');
    expect((await server.call('DELETE', `/uploads/${token}`)).status).toBe(204);
    expect((await server.call('DELETE', `/uploads/${token}`)).status).toBe(404);
    expect((await fetch(attachment.content_url)).status).toBe(404);
  });

  it('need a name and somebody signed in', async () => {
    const { server } = await world();
    await using _ = server;
    expect((await server.call('POST', '/uploads', 'x')).status).toBe(400);
    expect((await server.call('POST', '/uploads?filename=a&token=no', 'x')).status).toBe(422);
    server.support.users.create('acme', { name: 'E', email: 'end@x.example', verified: true }, server.api);
    const authorization = basic('end@x.example', 'test-api-token');
    expect((await server.call('POST', '/uploads?filename=a', 'x', { authorization })).status).toBe(201);
    expect((await server.call('POST', '/uploads?filename=a', 'x', { authorization: '' })).status).toBe(401);
  });

  it('are redacted for good', async () => {
    const { server, upload, comments, ticket } = await world();
    await using _ = server;
    const { token, attachment } = await upload('filename=secret.wav', 'RIFF');
    await ticket([token]);
    const [comment] = await comments();
    const path = `/tickets/1/comments/${comment?.id}/attachments/${attachment.id}/redact`;
    const redacted = await server.call<{ attachment: File }>('PUT', path);
    // Recorded: the answer still shows the file as it was.
    expect([redacted.status, redacted.body.attachment]).toEqual([200, attachment]);
    expect((await comments())[0]?.attachments).toMatchObject([{ id: attachment.id, file_name: 'redacted.txt', size: 0 }]);
    expect(await (await fetch(attachment.content_url)).text()).toBe('');
    expect((await server.call('PUT', path.replace(`${attachment.id}`, '7'))).status).toBe(404);
  });
});

describe('attachments', () => {
  it('are shown, opened to agents by an admin, and deleted with their content', async () => {
    const { server, upload, comments, ticket } = await world();
    await using _ = server;
    const { token, attachment } = await upload('filename=a.wav', 'RIFF');
    const path = `/attachments/${attachment.id}`;
    expect((await server.call('GET', path)).body).toEqual({ attachment });
    await ticket([token]);
    const changed = await server.call('PUT', path, { attachment: { malware_access_override: true } });
    expect([changed.status, changed.body['attachment']]).toMatchObject([200, { malware_access_override: true }]);
    expect((await comments())[0]?.attachments).toEqual([changed.body['attachment']]);
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await comments())[0]?.attachments).toMatchObject([{ id: attachment.id, deleted: true }]);
    expect((await fetch(attachment.content_url)).status).toBe(404);
    expect((await server.call('GET', '/attachments/1')).status).toBe(404);
  });

  it('are no other files: those are for whoever may see what has them, and changed with it', async () => {
    const { server } = await world();
    await using _ = server;
    const { support, api } = server;
    const bytes = Buffer.from('x');
    const file = { name: 'a.gif', contentType: 'image/gif', bytes };
    const brand = support.brands.setLogo('acme', support.brands.list('acme')[0]?.id ?? 0, file);
    const held = support.suspended.suspend('acme', { author: { email: 'q@x.example' }, content: 'x', attachments: [{ file_name: 'a', content: 'eA==' }] }); // prettier-ignore
    const article = support.helpCenter.attachments.create('acme', { ...file, inline: false, locale: null }, null);
    await server.call('POST', '/suspended_tickets/export');
    server.advance(1_000);
    const exported = support.context.collections.files.find('acme').find(({ content_type }) => content_type === 'text/csv')?.attachment;
    const lee = { name: 'Lee', email: 'lee@x.example', role: 'agent', ticket_restriction: 'assigned', verified: true } as const;
    support.users.create('acme', lee, api);
    const headers = { authorization: basic(lee.email, 'test-api-token') };
    const status = async (method: string, id: number | undefined, who?: Record<string, string>): Promise<number> => (await server.call(method, `/attachments/${id}`, undefined, who)).status; // prettier-ignore
    const statuses = async (id: number | undefined): Promise<number[]> => [
      await status('GET', id, headers),
      await status('GET', id),
      await status('DELETE', id),
    ];
    expect(await statuses(brand.logo?.id)).toEqual([200, 200, 404]);
    expect(await statuses(held.attachments?.[0]?.id)).toEqual([403, 200, 404]);
    expect(await statuses(article.id)).toEqual([404, 404, 404]);
    expect(await statuses(exported?.id)).toEqual([404, 404, 404]);
    expect(support.attachments.content('acme', article.token)?.bytes).toEqual(bytes);
  });

  it('that the HTML shows are inline: listed only when asked for', async () => {
    const { server, upload, comments } = await world();
    await using _ = server;
    const { token, attachment } = await upload('filename=a.png', 'PNG', 'image/png');
    const html_body = `<p>Look: <img src="${attachment.content_url}"></p>`;
    await server.call('POST', '/tickets', { ticket: { comment: { html_body, uploads: [token] } } });
    expect((await comments())[0]?.attachments).toEqual([]);
    const asked = await server.call('GET', '/tickets/1/comments?include_inline_images=true');
    expect(asked.body['comments']).toMatchObject([{ attachments: [{ id: attachment.id, inline: true }] }]);
  });

  it('that are images are measured', async () => {
    const { server } = await world();
    await using _ = server;
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGP4z8DwHwyBNAAm+QP+7qtZdAAAAABJRU5ErkJggg==',
      'base64',
    );
    const send = async (name: string, bytes: Uint8Array): Promise<unknown> => {
      const headers = { authorization: basic('owner@acme.example', 'test-api-token'), 'content-type': 'image/png' };
      const response = await fetch(`${server.url}/uploads?filename=${name}`, {
        method: 'POST',
        headers,
        body: new Blob([bytes as Uint8Array<ArrayBuffer>]),
      });
      return ((await response.json()) as Uploaded).upload.attachment;
    };
    expect(await send('a.png', png)).toMatchObject({ width: 2, height: 1 });
    expect(await send('b.png', Buffer.from('no image'))).toMatchObject({ width: null, height: null });
  });

  it('are thrown away with an upload that nobody took, once it is too old to be taken', async () => {
    const { server, upload, ticket } = await world();
    await using _ = server;
    const { token, attachment } = await upload('filename=old.wav', 'RIFF');
    const taken = await upload('filename=taken.wav', 'RIFF');
    await ticket([taken.token]);
    server.advance(3_600_000);
    await upload('filename=new.wav', 'RIFF');
    const { uploads, files } = server.support.context.collections;
    expect([uploads.get('acme', token), files.count('acme'), uploads.count('acme')]).toEqual([undefined, 2, 1]);
    expect((await fetch(attachment.content_url)).status).toBe(404);
    expect((await fetch(taken.attachment.content_url)).status).toBe(200);
  });

  it('are gone with a ticket that is deleted for good, also by their id', async () => {
    const { server, upload, ticket } = await world();
    await using _ = server;
    const { token, attachment } = await upload('filename=a.wav', 'RIFF');
    await ticket([token]);
    await server.call('DELETE', '/tickets/1');
    expect((await server.call('GET', `/attachments/${attachment.id}`)).status).toBe(404);
    expect((await fetch(attachment.content_url)).status).toBe(200);
    await server.call('DELETE', '/deleted_tickets/1');
    server.advance(1_000);
    expect((await server.call('GET', '/job_statuses')).status).toBe(200);
    expect((await fetch(attachment.content_url)).status).toBe(404);
  });
});
