import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

interface Row extends Record<string, unknown> {
  readonly id: number;
  readonly content_url: string;
}

interface Body {
  readonly article_attachment: Row;
  readonly article_attachments: Row[];
  readonly count: number;
}

interface World extends TestServer {
  readonly article: number;
  readonly path: string;
  readonly reader: Record<string, string>;
  post(path: string, parts: Record<string, string | Blob>): Promise<{ status: number; body: Body }>;
}

const anonymous = { authorization: '' };

/** An article in two languages, and an end user. */
async function world(): Promise<World> {
  const server = await testServer();
  const { helpCenter, users } = server.support;
  helpCenter.setLocales('acme', ['en-us', 'de']);
  const category = helpCenter.createCategory('acme', { name: 'Shop' }, server.api);
  const section = helpCenter.createSection('acme', category.id, { name: 'Orders' }, server.api);
  const article = helpCenter.createArticle('acme', section.id, { title: 'Returns', translations: [{ locale: 'de', title: 'Rückgabe' }] }, server.api).id; // prettier-ignore
  users.create('acme', { name: 'Ann', email: 'ann@x.example', verified: true }, server.api);
  const post = async (path: string, parts: Record<string, string | Blob>): Promise<{ status: number; body: Body }> => {
    const form = new FormData();
    for (const [name, part] of Object.entries(parts)) if (typeof part === 'string') form.set(name, part);
      else form.set(name, part, 'map.png'); // prettier-ignore
    const headers = { authorization: basic('owner@acme.example', 'test-api-token') };
    const answer = await fetch(server.url + path, { method: 'POST', body: form, headers });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  return Object.assign(server, { article, path: `/help_center/articles/${article}`, reader: { authorization: basic('ann@x.example', 'test-api-token') }, post }); // prettier-ignore
}

const png = new Blob(['pixels'], { type: 'image/png' });

describe('files of articles', () => {
  it('are uploaded as a form, listed by kind, shown, read and deleted', async () => {
    await using server = await world();
    const { path, article, post } = server;
    const block = await post(`${path}/attachments`, { file: png });
    expect(block).toMatchObject({ status: 201, body: { article_attachment: { article_id: article, file_name: 'map.png', content_type: 'image/png', size: 6, inline: false, locale: null } } }); // prettier-ignore
    const inline = (await post(`${path}/attachments`, { file: png, inline: 'true', locale: 'de' })).body.article_attachment;
    expect(inline).toMatchObject({ inline: true, locale: 'de' });
    const list = async (where: string): Promise<number[]> =>
      (await server.call<Body>('GET', where)).body.article_attachments.map(({ id }) => id);
    const { id, content_url } = block.body.article_attachment;
    expect(await list(`${path}/attachments`)).toEqual([id, inline.id]);
    expect(await list(`/help_center/de/articles/${article}/attachments/inline`)).toEqual([inline.id]);
    expect(await list(`${path}/attachments/block?page[size]=5`)).toEqual([id]);
    for (const where of [`${path}/attachments/${id}`, `/help_center/articles/attachments/${id}`])
      expect((await server.call<Body>('GET', where)).body).toEqual(block.body);
    expect(content_url).toMatch(new RegExp(`/hc/article_attachments/${id}$`));
    for (const url of [content_url, `${content_url}/map.png`]) {
      const file = await fetch(url);
      expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([200, 'image/png', 'pixels']);
    }
    expect((await server.call('DELETE', `/help_center/articles/attachments/${id}`)).status).toBe(204);
    expect(await list(`${path}/attachments`)).toEqual([inline.id]);
    expect((await fetch(content_url)).status).toBe(404);
    await server.call('DELETE', path);
    expect((await fetch(inline.content_url)).status).toBe(404);
  });

  it('wait three days for their article, and no longer', async () => {
    await using server = await world();
    const { path, post } = server;
    const wait = async (): Promise<Row> => (await post('/help_center/articles/attachments', { file: png })).body.article_attachment;
    const rows = [await wait(), await wait()] as const;
    const status = async (method: 'GET' | 'DELETE', { id }: Row): Promise<number> => (await server.call(method, `/help_center/articles/attachments/${id}`)).status; // prettier-ignore
    const give = async ({ id }: Row): Promise<number> => (await server.call('POST', `${path}/bulk_attachments`, { attachment_ids: [id] })).status; // prettier-ignore
    expect(await give(rows[0])).toBe(200);
    server.advance(3 * 86_400_000 - 1_000);
    expect(await status('GET', rows[1])).toBe(200);
    server.advance(1_000);
    expect([await status('GET', rows[0]), await status('GET', rows[1])]).toEqual([200, 404]);
    expect([await give(rows[1]), await status('DELETE', rows[1])]).toEqual([422, 404]);
    const { files } = server.support.context.collections;
    expect(files.count('acme')).toBe(2);
    await wait();
    expect(files.count('acme')).toBe(2);
  });

  it('may wait for their article', async () => {
    await using server = await world();
    const { path, article, reader, post } = server;
    const [one, two] = [(await post('/help_center/articles/attachments', { file: png })).body.article_attachment, (await post('/help_center/articles/attachments', { file: png })).body.article_attachment]; // prettier-ignore
    expect(one).toMatchObject({ article_id: null });
    const shown = async (headers?: Record<string, string>): Promise<number> => (await server.call('GET', `/help_center/articles/attachments/${one.id}`, undefined, headers)).status; // prettier-ignore
    expect([await shown(), await shown(reader)]).toEqual([200, 403]);
    expect((await fetch(one.content_url)).status).toBe(404);
    expect((await fetch(one.content_url, { headers: reader })).status).toBe(200);
    const give = async (ids: unknown, where = path): Promise<number> => (await server.call('POST', `${where}/bulk_attachments`, { attachment_ids: ids })).status; // prettier-ignore
    expect(await give([one.id, 9])).toBe(422);
    expect(await shown(reader)).toBe(403);
    expect(await give([one.id])).toBe(200);
    expect(await give([two.id], `/help_center/de/articles/${article}`)).toBe(200);
    expect([await shown(reader), (await fetch(one.content_url)).status]).toEqual([200, 200]);
    for (const wrong of [undefined, 'x', ['x'], Array.from({ length: 21 }, () => two.id)]) expect(await give(wrong)).toBe(400);
    const other = server.support.helpCenter.createArticle('acme', server.support.helpCenter.sections.list('acme')[0]?.id ?? 0, { title: 'O' }, server.api); // prettier-ignore
    expect(await give([one.id], `/help_center/articles/${other.id}`)).toBe(422);
    expect((await server.call('GET', `/help_center/articles/${other.id}/attachments/${one.id}`)).status).toBe(404);
  });

  it('are for those who may read the article, and made by agents', async () => {
    await using server = await world();
    const { path, article, reader, post } = server;
    const { id, content_url } = (await post(`${path}/attachments`, { file: png })).body.article_attachment;
    const status = async (headers: Record<string, string>): Promise<number[]> => [
      (await server.call('GET', `${path}/attachments`, undefined, headers)).status,
      (await server.call('GET', `/help_center/articles/attachments/${id}`, undefined, headers)).status,
      (await fetch(content_url, { headers })).status,
    ];
    expect([await status(anonymous), await status(reader)]).toEqual([[401, 401, 200], [200, 200, 200]]); // prettier-ignore
    const { segment_ids } = server.support.helpCenter.settings('acme');
    server.support.helpCenter.updateArticle('acme', article, { user_segment_id: segment_ids.signed_in_users }, server.api);
    expect([await status(anonymous), await status(reader)]).toEqual([[401, 401, 404], [200, 200, 200]]); // prettier-ignore
    server.support.helpCenter.updateArticle('acme', article, { user_segment_id: segment_ids.staff }, server.api);
    expect(await status(reader)).toEqual([404, 404, 404]);
    expect((await server.call('DELETE', `/help_center/articles/attachments/${id}`, undefined, reader)).status).toBe(403);
    expect((await server.call('POST', `${path}/attachments`, '', reader)).status).toBe(403);
  });

  it('are read with any language of the article, those of one language with that', async () => {
    await using server = await world();
    const { path, article, post, support, api, reader } = server;
    const of = async (parts: object): Promise<string> => (await post(`${path}/attachments`, { file: png, ...parts })).body.article_attachment.content_url; // prettier-ignore
    const urls = [await of({}), await of({ inline: 'true' }), await of({ inline: 'true', locale: 'en-us' }), await of({ inline: 'true', locale: 'de' })]; // prettier-ignore
    const statuses = async (): Promise<number[]> => Promise.all(urls.map(async (url) => (await fetch(url)).status));
    const listed = async (headers?: Record<string, string>): Promise<(number | undefined)[]> => (await server.call<Body>('GET', `/help_center/de/articles/${article}/attachments`, undefined, headers)).body.article_attachments.map(({ content_url }) => urls.indexOf(content_url)); // prettier-ignore
    expect(await listed(reader)).toEqual([0, 1, 2, 3]);
    support.helpCenter.updateTranslation('acme', 'article', article, 'en-us', { draft: true }, api);
    expect(await statuses()).toEqual([200, 200, 404, 200]);
    expect([await listed(reader), await listed()]).toEqual([[0, 1, 3], [0, 1, 2, 3]]); // prettier-ignore
    const shown = async (at: number, root: string, headers?: Record<string, string>): Promise<number> => (await server.call('GET', `${root}/attachments/${urls[at]?.split('/').at(-1)}`, undefined, headers)).status; // prettier-ignore
    for (const root of ['/help_center/articles', path])
      expect([await shown(2, root, reader), await shown(3, root, reader), await shown(2, root)]).toEqual([404, 200, 200]);
    support.helpCenter.updateTranslation('acme', 'article', article, 'de', { draft: true }, api);
    expect(await statuses()).toEqual([404, 404, 404, 404]);
  });

  it('refuse what cannot be', async () => {
    await using server = await world();
    const { path, post } = server;
    const refused = async (parts: Record<string, string | Blob>, where = path): Promise<number> => (await post(`${where}/attachments`, parts)).status; // prettier-ignore
    expect(await refused({ inline: 'true' })).toBe(400);
    expect(await refused({ file: 'text' })).toBe(400);
    expect(await refused({ file: png, inline: 'perhaps' })).toBe(400);
    expect(await refused({ file: png, locale: 'de' })).toBe(422);
    expect(await refused({ file: png, locale: 'fr', inline: 'true' })).toBe(422);
    expect(await refused({ guide_media_id: '01' })).toBe(501);
    expect(await refused({ file: png }, '/help_center/articles/9')).toBe(404);
    expect(await refused({ file: new Blob([new Uint8Array(20 * 1_024 * 1_024 + 1)]) })).toBe(413);
    expect((await server.call('POST', `${path}/attachments`, { file: 'x' })).status).toBe(400);
    expect((await server.call('POST', `${path}/attachments`, 'x', { 'content-type': 'multipart/form-data; boundary=b' })).status).toBe(400);
    for (const where of ['/help_center/articles/attachments/9', `${path}/attachments/9`, `${path}/attachments/x`])
      expect([400, 404]).toContain((await server.call('GET', where)).status);
  });
});
