import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

/** A category, a section in it and two articles in that. */
async function library(server: TestServer): Promise<{ category: number; section: number; printing: number; paper: number }> {
  const make = async (path: string, body: Record<string, unknown>): Promise<number> => {
    const answer = await server.call<Record<string, Row>>('POST', path, body);
    expect(answer.status).toBe(201);
    return Object.values(answer.body)[0]?.id ?? 0;
  };
  const category = await make('/help_center/categories', { category: { name: 'Hardware' } });
  const section = await make(`/help_center/categories/${category}/sections`, { section: { name: 'Printers', description: 'All of them' } });
  const root = `/help_center/en-us/sections/${section}/articles`;
  const printing = await make(root, { article: { title: 'Printing orders', body: '<p>Press <b>print</b>.</p>', label_names: ['print', 'Orders'], position: 2 }, notify_subscribers: false }); // prettier-ignore
  const paper = await make(root, {
    article: { title: 'Loading paper', body: '<p>A4</p>', label_names: ['print'], position: 1, promoted: true },
  });
  return { category, section, printing, paper };
}

describe('content', () => {
  it('is written and read with all its properties', async () => {
    await using server = await testServer();
    const ids = await library(server);
    const { article } = (await server.call<{ article: Row }>('GET', `/help_center/articles/${ids.printing}`)).body;
    expect(article).toEqual({
      id: ids.printing,
      url: `${server.url}/help_center/en-us/articles/${ids.printing}.json`,
      html_url: `https://acme.zendesk.com/hc/en-us/articles/${ids.printing}-Printing-orders`,
      author_id: server.ownerId,
      comments_disabled: false,
      draft: false,
      promoted: false,
      position: 2,
      vote_sum: 0,
      vote_count: 0,
      section_id: ids.section,
      created_at: '2026-01-05T09:00:00Z',
      updated_at: '2026-01-05T09:00:00Z',
      name: 'Printing orders',
      title: 'Printing orders',
      source_locale: 'en-us',
      locale: 'en-us',
      outdated: false,
      outdated_locales: [],
      edited_at: '2026-01-05T09:00:00Z',
      user_segment_id: null,
      user_segment_ids: [],
      permission_group_id: article['permission_group_id'],
      content_tag_ids: [],
      label_names: ['print', 'Orders'],
      body: '<p>Press <b>print</b>.</p>',
    });
    const { section } = (await server.call<{ section: Row }>('GET', `/help_center/en-US/sections/${ids.section}.json`)).body;
    expect(section).toMatchObject({ name: 'Printers', description: 'All of them', category_id: ids.category, locale: 'en-us' });
    const { category } = (await server.call<{ category: Row }>('GET', `/help_center/categories/${ids.category}`)).body;
    expect(category).toMatchObject({ name: 'Hardware', description: '', position: 0 });
  });

  it('is listed by position, thirty to a page, with page and page count', async () => {
    await using server = await testServer();
    const ids = await library(server);
    const listed = await server.call<{ articles: Row[] }>('GET', '/help_center/articles');
    expect(listed.body.articles.map(({ id }) => id)).toEqual([ids.paper, ids.printing]);
    expect(listed.body).toMatchObject({ count: 2, next_page: null, previous_page: null, page: 1, page_count: 1, per_page: 30, sort_by: 'position', sort_order: 'asc' }); // prettier-ignore
    const byTitle = await server.call<{ articles: Row[] }>('GET', '/help_center/en-us/articles?sort_by=title&sort_order=desc&per_page=1');
    expect(byTitle.body.articles.map(({ id }) => id)).toEqual([ids.printing]);
    expect(byTitle.body).toMatchObject({ page_count: 2, next_page: expect.stringContaining('page=2') });
    const byCursor = await server.call<{ articles: Row[] }>('GET', '/help_center/articles?page[size]=1');
    expect(byCursor.body).toMatchObject({ articles: [{ id: ids.printing }], meta: { has_more: true } });
    for (const path of [`sections/${ids.section}`, `categories/${ids.category}`, `users/${server.ownerId}`])
      expect((await server.call<{ articles: Row[] }>('GET', `/help_center/${path}/articles`)).body.articles).toHaveLength(2);
    const of = async (names: string): Promise<number> => (await server.call<{ articles: Row[] }>('GET', `/help_center/articles?label_names=${names}`)).body.articles.length; // prettier-ignore
    expect([await of('print'), await of('print,Orders'), await of('orders')]).toEqual([2, 1, 0]);
    expect((await server.call('GET', '/help_center/articles?label_names=1,2,3,4,5,6,7,8,9,10,11')).status).toBe(400);
  });

  it('brings authors, sections, categories and translations along', async () => {
    await using server = await testServer();
    const ids = await library(server);
    const { body } = await server.call<Record<string, Row[]>>(
      'GET',
      '/help_center/articles?include=users,sections,categories,translations',
    );
    expect(body['users']?.map(({ id }) => id)).toEqual([server.ownerId]);
    expect(body['sections']).toMatchObject([{ id: ids.section, translations: [{ source_type: 'Section' }] }]);
    expect(body['categories']?.map(({ id }) => id)).toEqual([ids.category]);
    expect(body['articles']?.[0]?.['translations']).toMatchObject([{ locale: 'en-us', source_id: ids.paper, title: 'Loading paper' }]);
  });

  it('is updated but for its texts, which are the translations’', async () => {
    await using server = await testServer();
    const ids = await library(server);
    server.advance(60_000);
    const patch = { title: 'Ignored', body: 'Ignored', promoted: true, position: 7, label_names: ['new'] };
    const updated = await server.call<{ article: Row }>('PUT', `/help_center/articles/${ids.printing}`, { article: patch });
    expect(updated.body.article).toMatchObject({ title: 'Printing orders', promoted: true, position: 7, label_names: ['new'], updated_at: '2026-01-05T09:01:00Z', edited_at: '2026-01-05T09:00:00Z' }); // prettier-ignore
    const section = await server.call<{ section: Row }>('PUT', `/help_center/en-us/sections/${ids.section}`, { section: { name: 'Ignored', position: 3 } }); // prettier-ignore
    expect(section.body.section).toMatchObject({ name: 'Printers', position: 3 });
    const category = await server.call<{ category: Row }>('PUT', `/help_center/categories/${ids.category}`, { category: { position: 4 } });
    expect(category.body.category).toMatchObject({ name: 'Hardware', position: 4 });
  });

  it('refuses what it cannot be', async () => {
    await using server = await testServer();
    const ids = await library(server);
    const root = `/help_center/sections/${ids.section}/articles`;
    for (const article of [
      {},
      { title: ' ' },
      { title: 'x', locale: 'de' },
      { title: 'x', permission_group_id: 1 },
      { title: 'x', user_segment_id: 1 },
      { title: 'x', author_id: 99 },
      { title: 'x', translations: [{ locale: 'en-us', title: 'y' }] },
    ])
      // prettier-ignore
      expect((await server.call('POST', root, { article })).status).toBe(422);
    for (const body of [
      {},
      { article: { title: 'x', translations: [{ locale: 5, title: [] }] } },
      { article: { title: 'x', translations: [5] } },
    ])
      expect((await server.call('POST', root, body)).status).toBe(400);
    expect((await server.call('POST', '/help_center/sections/99/articles', { article: { title: 'x' } })).status).toBe(404);
    expect((await server.call('PUT', `/help_center/articles/${ids.paper}`, { article: { section_id: 99 } })).status).toBe(422);
    expect((await server.call('PUT', `/help_center/articles/${ids.paper}`, { article: { author_id: 99 } })).status).toBe(422);
    expect((await server.call('GET', '/help_center/de/articles')).status).toBe(404);
    expect((await server.call('GET', '/help_center/articles/word')).status).toBe(400);
    expect((await server.call('GET', `/help_center/user_segments/${ids.paper}/sections`)).status).toBe(501);
  });

  it('goes with what holds it', async () => {
    await using server = await testServer();
    const ids = await library(server);
    expect((await server.call('DELETE', `/help_center/articles/${ids.paper}`)).status).toBe(204);
    expect((await server.call('GET', `/help_center/articles/${ids.paper}`)).status).toBe(404);
    expect((await server.call('DELETE', `/help_center/categories/${ids.category}`)).status).toBe(204);
    for (const path of [`sections/${ids.section}`, `articles/${ids.printing}`])
      expect((await server.call('GET', `/help_center/${path}`)).status).toBe(404);
    const kinds = server.core.journal.read({ account: 'acme' }).map(({ kind }) => kind).filter((kind) => kind.startsWith('article.')); // prettier-ignore
    const [begun, ended] = [['article.created', 'article.published'], ['article.archived', 'article.unpublished']] as const; // prettier-ignore
    expect(kinds).toEqual([...begun, ...begun, ...ended, ...ended]);
  });
});

describe('labels', () => {
  it('are listed, added and removed', async () => {
    await using server = await testServer();
    const ids = await library(server);
    const root = `/help_center/articles/${ids.paper}/labels`;
    const made = await server.call<{ label: Row }>('POST', root, { label: { name: 'a4' } });
    expect(made.status).toBe(201);
    expect((await server.call<{ labels: Row[] }>('GET', root)).body.labels.map(({ name }) => name)).toEqual(['print', 'a4']);
    expect((await server.call<{ labels: Row[] }>('GET', '/help_center/articles/labels')).body.labels.map(({ name }) => name)).toEqual(['print', 'Orders', 'a4']); // prettier-ignore
    expect((await server.call('GET', `/help_center/articles/labels/${made.body.label.id}`)).body['label']).toMatchObject({ name: 'a4' });
    expect((await server.call('DELETE', `${root}/${made.body.label.id}`)).status).toBe(204);
    expect((await server.call('DELETE', `${root}/${made.body.label.id}`)).status).toBe(404);
    expect((await server.call('POST', root, { label: { name: ' ' } })).status).toBe(422);
  });
});

describe('who may see an article', () => {
  it('is anybody, signed in or not, unless it is a draft; nobody but admins writes', async () => {
    await using server = await testServer();
    const ids = await library(server);
    const root = `/help_center/sections/${ids.section}/articles`;
    const draft = await server.call<{ article: Row }>('POST', root, { article: { title: 'Not yet', draft: true } });
    server.support.users.create('acme', { name: 'Hank', email: 'hank@x.example', verified: true }, server.api);
    for (const authorization of ['', basic('hank@x.example', 'test-api-token')]) {
      const as = { authorization };
      expect((await server.call<{ articles: Row[] }>('GET', '/help_center/en-us/articles', undefined, as)).body.articles).toHaveLength(2);
      expect((await server.call('GET', `/help_center/articles/${draft.body.article.id}`, undefined, as)).status).toBe(404);
      expect((await server.call('GET', '/help_center/articles/search?query=not yet', undefined, as)).body).toMatchObject({ count: 0 });
      expect((await server.call('POST', root, { article: { title: 'x' } }, as)).status).toBe(authorization === '' ? 401 : 403);
    }
  });

  it('is told by its segment; the built-in groups can be found', async () => {
    await using server = await testServer();
    const { section } = await library(server);
    const { user_segments: segments } = (await server.call<{ user_segments: Row[] }>('GET', '/help_center/user_segments')).body;
    expect(segments.map(({ user_type }) => user_type)).toEqual(['signed_in_users', 'staff']);
    expect((await server.call('GET', `/help_center/user_segments/${segments[1]?.id}`)).body['user_segment']).toEqual(segments[1]);
    const { permission_groups: groups } = (await server.call<{ permission_groups: Row[] }>('GET', '/guide/permission_groups')).body;
    expect((await server.call('GET', `/guide/permission_groups/${groups[0]?.id}`)).status).toBe(200);
    expect((await server.call('GET', '/guide/permission_groups/1')).status).toBe(404);
    const article = { title: 'Secret', user_segment_id: segments[1]?.id, permission_group_id: groups[0]?.id };
    const made = await server.call<{ article: Row }>('POST', `/help_center/sections/${section}/articles`, { article });
    expect(made.body.article).toMatchObject({ user_segment_id: segments[1]?.id, user_segment_ids: [segments[1]?.id] });
  });
});
