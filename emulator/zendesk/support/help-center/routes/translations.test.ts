import { describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

/** An account with three languages and one article; seeded as an account's seed would. */
async function seeded(): Promise<TestServer & { articleId: number }> {
  const server = await testServer();
  const articles = [{ title: 'Returns', body: '<p>Within a month</p>', translations: [{ locale: 'de', title: 'Rückgabe', draft: true }] }];
  server.support.seed('acme', {
    help_center: { locales: ['en-us', 'de', 'fr'], categories: [{ name: 'Shop', sections: [{ name: 'Orders', articles }] }] },
  });
  return Object.assign(server, { articleId: server.support.helpCenter.articles.list('acme')[0]?.id ?? 0 });
}

describe('translations', () => {
  it('are listed, missing ones too', async () => {
    await using server = await seeded();
    const root = `/help_center/articles/${server.articleId}/translations`;
    expect((await server.call('GET', '/help_center/locales')).body).toEqual({ locales: ['en-us', 'de', 'fr'], default_locale: 'en-us' });
    const all = (await server.call<{ translations: Row[] }>('GET', root)).body.translations;
    expect(all.map(({ locale, draft }) => [locale, draft])).toEqual([['en-us', false], ['de', true]]); // prettier-ignore
    expect(all[0]).toMatchObject({
      source_id: server.articleId,
      source_type: 'Article',
      created_by_id: server.ownerId,
      body: '<p>Within a month</p>',
    });
    expect((await server.call<{ translations: Row[] }>('GET', `${root}?locales=de,fr`)).body.translations).toHaveLength(1);
    expect((await server.call<{ translations: Row[] }>('GET', `${root}?draft=false`)).body.translations).toHaveLength(1);
    expect((await server.call('GET', `${root}/missing`)).body).toEqual({ locales: ['fr'] });
  });

  it('are added, changed and deleted', async () => {
    await using server = await seeded();
    const root = `/help_center/articles/${server.articleId}/translations`;
    const made = await server.call<{ translation: Row }>('POST', root, { translation: { locale: 'fr', title: 'Retours', body: 'x' } });
    expect(made.status).toBe(201);
    expect(made.body.translation).toMatchObject({ locale: 'fr', title: 'Retours', updated_by_id: server.ownerId });
    server.advance(60_000);
    const changed = await server.call<{ translation: Row }>('PUT', `${root}/fr`, { translation: { body: 'y' } });
    expect(changed.body.translation).toMatchObject({ title: 'Retours', body: 'y', updated_at: '2026-01-05T09:01:00Z' });
    expect((await server.call('GET', `/help_center/fr/articles/${server.articleId}`)).body['article']).toMatchObject({ title: 'Retours', body: 'y', edited_at: '2026-01-05T09:01:00Z' }); // prettier-ignore
    expect((await server.call('DELETE', `/help_center/translations/${made.body.translation.id}`)).status).toBe(204);
    expect((await server.call('GET', `${root}/fr`)).status).toBe(404);
    expect((await server.call('PUT', `${root}/fr`, { translation: { body: 'y' } })).status).toBe(404);
    for (const translation of [{ locale: 'de', title: 'again' }, { locale: 'da', title: 'x' }, { title: 'x' }, { locale: 'fr', title: '' }])
      expect((await server.call('POST', root, { translation })).status).toBe(422);
  });

  it('of the source take the content with them; the source can be another', async () => {
    await using server = await seeded();
    const root = `/help_center/articles/${server.articleId}`;
    expect((await server.call('PUT', `${root}/source_locale`, { article_locale: 'fr' })).status).toBe(422);
    expect((await server.call('PUT', `${root}/source_locale`, {})).status).toBe(400);
    expect((await server.call('PUT', `${root}/source_locale`, { article_locale: 'de' })).status).toBe(200);
    expect((await server.call('GET', root)).body['article']).toMatchObject({ title: 'Rückgabe', source_locale: 'de' });
    const all = (await server.call<{ translations: Row[] }>('GET', `${root}/translations`)).body.translations;
    const idOf = (locale: string): number | undefined => all.find((each) => each['locale'] === locale)?.id;
    expect((await server.call('DELETE', `/help_center/translations/${idOf('en-us')}`)).status).toBe(204);
    expect((await server.call('GET', root)).status).toBe(200);
    expect((await server.call('DELETE', `/help_center/translations/${idOf('de')}`)).status).toBe(204);
    expect((await server.call('GET', root)).status).toBe(404);
  });

  it('are what a path names: what is not in its language cannot be changed through it', async () => {
    await using server = await seeded();
    const patch = { article: { promoted: true } };
    expect((await server.call('PUT', `/help_center/fr/articles/${server.articleId}`, patch)).status).toBe(404);
    expect((await server.call('GET', `/help_center/articles/${server.articleId}`)).body['article']).toMatchObject({ promoted: false });
    expect((await server.call('PUT', `/help_center/de/articles/${server.articleId}`, patch)).body['article']).toMatchObject({ promoted: true, title: 'Rückgabe' }); // prettier-ignore
    const section = server.support.helpCenter.sections.list('acme')[0]?.id;
    const made = await server.call<{ article: Row }>('POST', `/help_center/fr/sections/${section}/articles`, { article: { title: 'Deutsch', locale: 'de' } }); // prettier-ignore
    expect(made.body.article).toMatchObject({ locale: 'de', source_locale: 'de' });
  });

  it('name sections and categories', async () => {
    await using server = await seeded();
    const section = server.support.helpCenter.sections.list('acme')[0]?.id;
    const made = await server.call<{ translation: Row }>('POST', `/help_center/sections/${section}/translations`, { translation: { locale: 'de', title: 'Bestellungen' } }); // prettier-ignore
    expect(made.body.translation).toMatchObject({ source_type: 'Section', source_id: section });
    const { sections } = (await server.call<{ sections: Row[] }>('GET', '/help_center/de/sections')).body;
    expect(sections).toMatchObject([{ name: 'Bestellungen', locale: 'de', source_locale: 'en-us' }]);
    expect((await server.call<{ categories: Row[] }>('GET', '/help_center/de/categories')).body.categories).toEqual([]);
  });
});
