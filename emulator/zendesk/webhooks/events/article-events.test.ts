import { expect, it } from 'vitest';
import { testSupport } from '../../support/testing/test-support.ts';
import { eventSurface } from '../surface.ts';
import { articleEvents } from './article-events.ts';
import { envelope } from './envelope.ts';

/** An account with a section in two languages, and what webhooks are told since it was asked last. */
function world(): ReturnType<typeof testSupport> & { section: number; told: () => [string, unknown, unknown][] } {
  const all = testSupport();
  const { helpCenter } = all.support;
  helpCenter.setLocales('acme', ['en-us', 'de']);
  const category = helpCenter.createCategory('acme', { name: 'Shop' }, all.api);
  const section = helpCenter.createSection('acme', category.id, { name: 'Orders' }, all.api).id;
  let since = 0;
  const told = (): [string, unknown, unknown][] => {
    const entries = all.core.journal.read({ account: 'acme', kind: 'article.', since });
    since = entries.at(-1)?.seq ?? since;
    return entries.flatMap((entry) => articleEvents(entry)).map(({ type, detail, event }) => [type.replace('zen:event-type:article.', ''), detail(), event()]); // prettier-ignore
  };
  return Object.assign(all, { section, told });
}

it('articles are published and unpublished, each language by itself', () => {
  const { support, section, api, ownerId, accounts, told } = world();
  const { helpCenter } = support;
  const drafted = helpCenter.createArticle('acme', section, { title: 'Returns', draft: true, translations: [{ locale: 'de', title: 'Rückgabe' }] }, api); // prettier-ignore
  const detail = { brand_id: String(accounts.expect('acme').brand.id), id: String(drafted.id), user_id: String(ownerId) };
  const [category] = helpCenter.categories.list('acme');
  const about = { author_id: String(ownerId), category_id: String(category?.id), section_id: String(section) };
  expect(told()).toEqual([['published', detail, { ...about, locale: 'de', title: 'Rückgabe' }]]);
  helpCenter.updateTranslation('acme', 'article', drafted.id, 'en-us', { draft: false }, api);
  expect(told()).toEqual([['published', detail, { ...about, locale: 'en-us', title: 'Returns' }]]);
  helpCenter.updateTranslation('acme', 'article', drafted.id, 'de', { title: 'Rücknahme' }, api);
  expect(told()).toEqual([]);
  helpCenter.updateTranslation('acme', 'article', drafted.id, 'de', { draft: true }, api);
  expect(told()).toEqual([['unpublished', detail, {}]]);
  helpCenter.delete('acme', 'article', drafted.id, api);
  expect(told()).toEqual([['unpublished', detail, {}]]);
});

it('an article’s author changes', () => {
  const { support, section, api, told } = world();
  const { id } = support.helpCenter.createArticle('acme', section, { title: 'Returns' }, api);
  const author = support.users.create('acme', { name: 'Lee', role: 'agent' }, api).id;
  told();
  support.helpCenter.updateArticle('acme', id, { promoted: true }, api);
  expect(told()).toEqual([]);
  support.helpCenter.updateArticle('acme', id, { author_id: author }, api);
  expect(told()).toMatchObject([['author_changed', { id: String(id) }, { current: String(author) }]]);
});

it('events of articles are marked as the vendor’s, and those that the surface lists', () => {
  const { core, support, section, api } = world();
  const { id } = support.helpCenter.createArticle('acme', section, { title: 'Returns' }, api);
  const [draft] = core.journal.read({ account: 'acme', kind: 'article.published' }).flatMap((entry) => articleEvents(entry));
  const context = { accountId: 10168721, id: '01GX4P86AC7T0AFF86QGAHTEFR', time: '2023-04-03T23:11:49.571545199Z', sequence: null };
  expect(draft && JSON.parse(envelope(draft, context))).toMatchObject({ id: context.id, subject: `zen:article:${id}`, time: context.time, type: 'zen:event-type:article.published' }); // prettier-ignore
  expect(draft?.marks).toBe('ulid');
  const sent = eventSurface.filter(({ event, status }) => event.startsWith('article.') && status !== 'none');
  expect(sent.map(({ event }) => event)).toEqual(['article.author_changed', 'article.published', 'article.unpublished']);
});
