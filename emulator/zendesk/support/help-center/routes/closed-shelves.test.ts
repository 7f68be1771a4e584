import { describe, expect, it, vi } from 'vitest';
import { testServer, type TestServer } from '../../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

const ANYBODY = { authorization: '' };

async function seeded(): Promise<TestServer & { article: number; category: number; make: (path: string, body: object) => Promise<Row> }> {
  const server = await testServer();
  const articles = [{ title: 'Returns', body: '<p>Within a month</p>', translations: [{ locale: 'de', title: 'Rückgabe', draft: true }] }];
  server.support.seed('acme', { help_center: { locales: ['en-us', 'de'], categories: [{ name: 'Shop', sections: [{ name: 'Orders', articles }] }] } }); // prettier-ignore
  const make = async (path: string, body: object): Promise<Row> => {
    const answer = await server.call<Record<string, Row>>('POST', `/help_center${path}`, body);
    expect(answer.status).toBe(201);
    return Object.values(answer.body)[0] ?? { id: 0 };
  };
  const { articles: shelf, categories } = server.support.helpCenter;
  return Object.assign(server, { article: shelf.list('acme')[0]?.id ?? 0, category: categories.list('acme')[0]?.id ?? 0, make });
}

describe('side-loads for readers who are no staff', () => {
  it('hold no drafts and nothing of authors but who they are', async () => {
    await using server = await seeded();
    const path = `/help_center/articles/${server.article}?include=users,translations`;
    const read = async (headers: Record<string, string>): Promise<{ article: { translations: Row[] }; users: Row[] }> =>
      (await server.call<{ article: { translations: Row[] }; users: Row[] }>('GET', path, undefined, headers)).body;
    const anybody = await read(ANYBODY);
    expect(anybody.article.translations.map(({ locale }) => locale)).toEqual(['en-us']);
    expect(anybody.users).toEqual([{ id: server.ownerId, url: expect.any(String), name: 'owner', role: 'admin', photo: null }]);
    const staff = await read({});
    expect(staff.article.translations.map(({ locale }) => locale)).toEqual(['en-us', 'de']);
    expect(staff.users).toMatchObject([{ email: 'owner@acme.example' }]);
  });
});

describe('sections in sections', () => {
  it('never lie in themselves, and move and go with the one that they are in', async () => {
    await using server = await seeded();
    const { make, category } = server;
    const [top] = server.support.helpCenter.sections.list('acme');
    const inner = await make(`/categories/${category}/sections`, { section: { name: 'Inner', parent_section_id: top?.id } });
    const deep = await make(`/categories/${category}/sections`, { section: { name: 'Deep', parent_section_id: inner.id } });
    await make(`/sections/${deep.id}/articles`, { article: { title: 'Below' } });
    const put = (id: number | undefined, section: object): ReturnType<typeof server.call> => server.call('PUT', `/help_center/sections/${id}`, { section }); // prettier-ignore
    for (const parent_section_id of [top?.id, inner.id, deep.id]) expect((await put(top?.id, { parent_section_id })).status).toBe(422);
    const other = await make('/categories', { category: { name: 'Other' } });
    expect((await put(top?.id, { category_id: other.id })).status).toBe(200);
    expect((await server.call('GET', `/help_center/sections/${deep.id}`)).body['section']).toMatchObject({ category_id: other.id });
    expect((await server.call('DELETE', `/help_center/sections/${top?.id}`)).status).toBe(204);
    const { sections, articles } = server.support.helpCenter;
    expect([sections.list('acme'), articles.list('acme')]).toEqual([[], []]);
    const archived = server.core.journal.read({ kind: 'article.archived' });
    expect(archived).toHaveLength(2);
  });

  it('go without their articles being read more than a few times each', async () => {
    await using server = await seeded();
    const { helpCenter, seed } = { helpCenter: server.support.helpCenter, seed: server.support.seed.bind(server.support) };
    const articles = Array.from({ length: 300 }, (_, index) => ({ title: `A${index}`, body: 'word' }));
    seed('acme', { help_center: { categories: [{ name: 'Big', sections: [{ name: 'S', articles }] }] } });
    const big = helpCenter.sections.list('acme').find(({ translations }) => translations[0]?.title === 'S');
    const read = vi.spyOn(JSON, 'parse');
    const { status } = await server.call('DELETE', `/help_center/sections/${big?.id}`);
    const times = read.mock.calls.length;
    read.mockRestore();
    expect([status, helpCenter.articles.list('acme').length]).toEqual([204, 1]);
    expect(times).toBeLessThan(5 * articles.length);
  });
});

describe('odd input', () => {
  it('is refused whether there are articles or not, and finds nothing', async () => {
    await using server = await testServer();
    expect((await server.call('GET', '/help_center/articles?start_time=soon')).status).toBe(400);
    expect((await server.call('GET', `/help_center/articles?label_names=${'a,'.repeat(11)}`)).status).toBe(400);
    const full = await seeded();
    await using _full = full;
    expect((await full.call('GET', '/help_center/articles/search?query=%3F%3F')).body['results']).toEqual([]);
    expect((await full.call('GET', '/help_center/articles/search?query=returns')).body['results']).toHaveLength(1);
  });

  it('of content tags is a list, however it is written', async () => {
    await using server = await seeded();
    const put = await server.call('PUT', `/help_center/articles/${server.article}`, { article: { content_tag_ids: 'a, b' } });
    expect(put.body['article']).toMatchObject({ content_tag_ids: ['a', 'b'] });
  });
});

describe('labels', () => {
  it('put on and taken off are changes of the article', async () => {
    await using server = await seeded();
    const label = await server.make(`/articles/${server.article}/labels`, { label: { name: 'vip' } });
    await server.call('DELETE', `/help_center/articles/${server.article}/labels/${label.id}`);
    const told = server.core.journal.read({ kind: 'article.updated' });
    expect(told).toHaveLength(2);
  });
});

describe('incremental exports', () => {
  it('keep to the labels asked for, page after page', async () => {
    await using server = await testServer();
    const lay = (count: number, label_names: string[]): void => {
      const articles = Array.from({ length: count }, (_, index) => ({ title: `A${index}`, label_names }));
      server.support.seed('acme', { help_center: { categories: [{ name: 'C', sections: [{ name: 'S', articles }] }] } });
      server.advance(1_000);
    };
    for (const [count, label] of [[1_000, 'a'], [1, 'b'], [2, 'a']] as const) lay(count, [label]); // prettier-ignore
    interface Page {
      articles: Row[];
      next_page: string | null;
    }
    const first = (await server.call<Page>('GET', '/help_center/incremental/articles?start_time=0&label_names=a')).body;
    const second = (await server.call<Page>('GET', first.next_page ?? '')).body;
    expect([first.articles.length, second.articles.length, second.next_page]).toEqual([1_000, 2, null]);
  });
});
