import { describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../testing/test-server.ts';

interface Found {
  results: { id: number; title: string; snippet: string; result_type: string; locale: string }[];
  count: number;
}

const ARTICLES = [
  { title: 'Printing orders', body: '<p>Press the <b>print</b> button &amp; wait.</p>', label_names: ['Paper'] },
  { title: 'Carrots', body: '<p>Don’t confuse carrots with potatoes</p>' },
  { title: 'Soup', body: '<p>Boil a carrot. Add orders of magnitude more water.</p>', label_names: ['kitchen'] },
  { title: 'Drafted carrot', draft: true },
];

async function seeded(settings: Record<string, unknown> = {}): Promise<TestServer> {
  const server = await testServer({ settings: { rateLimits: false, ...settings } });
  const translations = [{ locale: 'de', title: 'Karotten', body: 'Eine Karotte' }];
  server.support.seed('acme', {
    help_center: {
      locales: ['en-us', 'de'],
      categories: [
        { name: 'Shop', sections: [{ name: 'Orders', articles: ARTICLES.slice(0, 1) }] },
        { name: 'Food', sections: [{ name: 'Roots', articles: [{ ...ARTICLES[1], translations }, ...ARTICLES.slice(2)] }] },
      ],
    },
  });
  return server;
}

async function titles(server: TestServer, query: string): Promise<string[]> {
  const answer = await server.call<Found>('GET', `/help_center/articles/search?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.results.map(({ title }) => title);
}

describe('search for articles', () => {
  it('finds any of the words, the best match first, in title, text and labels', async () => {
    await using server = await seeded();
    expect(await titles(server, 'query=carrot')).toEqual(['Carrots', 'Drafted carrot', 'Soup']);
    expect((await titles(server, 'query=carrot orders')).toSorted()).toEqual(['Carrots', 'Drafted carrot', 'Printing orders', 'Soup']);
    expect(await titles(server, 'query=boil orders')).toEqual(['Printing orders', 'Soup']);
    expect(await titles(server, 'query=paper')).toEqual(['Printing orders']);
    expect(await titles(server, 'query="with potatoes"')).toEqual(['Carrots']);
    expect(await titles(server, 'query=zeppelin')).toEqual([]);
  });

  it('marks the words in a snippet of plain text', async () => {
    await using server = await seeded();
    const { results, count } = (await server.call<Found>('GET', '/help_center/articles/search.json?query=print')).body;
    expect(count).toBe(1);
    expect(results[0]).toMatchObject({ result_type: 'article', snippet: 'Press the <em>print</em> button &amp; wait.', locale: 'en-us' });
  });

  it('is narrowed by section, category, label, date, brand and language', async () => {
    await using server = await seeded();
    const { helpCenter } = server.support;
    const [orders, roots] = helpCenter.sections.list('acme');
    expect(await titles(server, `section=${orders?.id}`)).toEqual(['Printing orders']);
    expect(await titles(server, `query=carrot&category=${orders?.category_id}`)).toEqual([]);
    expect(await titles(server, `query=carrot&category=${orders?.category_id},${roots?.category_id}`)).toHaveLength(3);
    expect(await titles(server, 'label_names=paper,KITCHEN')).toEqual(['Printing orders', 'Soup']);
    expect(await titles(server, 'query=carrot&created_after=2026-01-05')).toEqual([]);
    expect(await titles(server, 'query=soup&created_at=2026-01-05&updated_before=2026-01-06')).toEqual(['Soup']);
    expect(await titles(server, 'query=soup&brand_id=1')).toEqual([]);
    expect(await titles(server, 'query=karotte&locale=de')).toEqual(['Karotten']);
    expect(await titles(server, 'query=karotte&locale=*')).toEqual(['Karotten']);
    expect(await titles(server, 'query=soup&locale=xx')).toEqual(['Soup']);
    expect((await server.call<Found>('GET', '/help_center/de/articles/search?query=karotte')).body.results).toHaveLength(1);
  });

  it('pages by 25, only by offset, and ends at 1,000 results', async () => {
    await using server = await seeded();
    const { body } = await server.call<Found>('GET', '/help_center/articles/search?query=carrot&per_page=2');
    expect(body).toMatchObject({ count: 3, page: 1, page_count: 2, per_page: 2, next_page: expect.stringContaining('page=2') });
    expect((await server.call('GET', '/help_center/articles/search?query=carrot')).body).toMatchObject({ per_page: 25 });
    expect((await server.call('GET', '/help_center/articles/search?query=carrot&page=41')).status).toBe(422);
    for (const bad of ['', 'locale=de', 'query=a&page[size]=2', 'query=a&page=0', 'query=a&created_at=soon', 'query=a&sort_by=size'])
      expect((await server.call('GET', `/help_center/articles/search?${bad}`)).status).toBe(400);
  });

  it('sorts by date, the latest first', async () => {
    await using server = await seeded();
    server.advance(60_000);
    const soup = server.support.helpCenter.articles.list('acme').find(({ translations }) => translations[0]?.title === 'Soup');
    server.support.helpCenter.updateArticle('acme', soup?.id ?? 0, { promoted: true }, server.api);
    expect((await titles(server, 'query=carrot&sort_by=updated_at'))[0]).toBe('Soup');
    expect((await titles(server, 'query=carrot&sort_by=updated_at&sort_order=asc')).at(-1)).toBe('Soup');
  });

  it('is behind new articles as long as the account says', async () => {
    await using server = await seeded({ searchIndexDelayMs: 60_000 });
    expect(await titles(server, 'query=carrot')).toEqual([]);
    server.advance(60_000);
    expect(await titles(server, 'query=carrot')).toHaveLength(3);
  });
});

describe('unified search', () => {
  it('pages by cursor, forwards', async () => {
    await using server = await seeded();
    const root = '/guide/search?filter[locales]=en-us&query=carrot&page[size]=2';
    const first = await server.call<{ results: Record<string, unknown>[]; meta: Record<string, unknown> }>('GET', root);
    expect(first.body.results[0]).toMatchObject({ title: 'Carrots', type: 'ARTICLE', url: expect.stringMatching(/^https:\/\/acme\.zendesk\.com\/hc\/en-us\/articles\/\d+-Carrots$/) }); // prettier-ignore
    expect(first.body.meta['has_more']).toBe(true);
    const second = await server.call<typeof first.body>('GET', `${root}&page[after]=${String(first.body.meta['after_cursor'])}`);
    expect(second.body).toMatchObject({ results: [{ title: 'Soup' }], meta: { has_more: false } });
    expect((await server.call('GET', `${root}&filter[content_types]=POST`)).body).toMatchObject({ results: [] });
    for (const bad of ['/guide/search?query=x', `${root}&page[after]=x`, '/guide/search?filter[locales]=de&page[size]=x'])
      expect((await server.call('GET', bad)).status).toBe(400);
  });
});

describe('the incremental export', () => {
  it('gives what changed since a time', async () => {
    await using server = await seeded();
    server.advance(3_600_000);
    const all = server.support.helpCenter.articles.list('acme');
    server.support.helpCenter.updateArticle('acme', all[2]?.id ?? 0, { promoted: true }, server.api);
    const whole = (await server.call<{ articles: unknown[] }>('GET', '/help_center/incremental/articles?start_time=0')).body;
    expect(whole).toMatchObject({ count: 4, next_page: null, end_time: Date.parse('2026-01-05T10:00:00Z') / 1_000 });
    const since = Date.parse('2026-01-05T09:30:00Z') / 1_000;
    const late = (await server.call<{ articles: { id: number }[] }>('GET', `/help_center/incremental/articles?start_time=${since}`)).body;
    expect(late.articles.map(({ id }) => id)).toEqual([all[2]?.id]);
    for (const bad of ['', '?start_time=soon'])
      expect((await server.call('GET', `/help_center/incremental/articles${bad}`)).status).toBe(400);
  });

  it('parts its pages between seconds', async () => {
    await using server = await testServer();
    const { helpCenter } = server.support;
    const category = helpCenter.createCategory('acme', { name: 'C' }, server.api);
    const section = helpCenter.createSection('acme', category.id, { name: 'S' }, server.api);
    const add = (count: number): void => {
      for (let at = 0; at < count; at += 1) helpCenter.createArticle('acme', section.id, { title: `A${at}` }, server.api);
    };
    add(999);
    server.advance(1_000);
    add(3);
    server.advance(1_000);
    add(1);
    const first = (await server.call<{ articles: unknown[]; next_page: string }>('GET', '/help_center/incremental/articles?start_time=0'))
      .body;
    expect(first.articles).toHaveLength(1_002);
    const second = (await server.call<{ articles: unknown[]; next_page: null }>('GET', first.next_page)).body;
    expect(second).toMatchObject({ count: 1, next_page: null });
  });
});
