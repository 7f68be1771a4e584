import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../context.ts';
import { testSupport } from '../testing/test-support.ts';
import type { ArticleDraft } from './entities.ts';
import { type Reader, visible } from './visibility.ts';

/** Who of the three sees an article, by the locale asked for. */
function seers(draft: (segments: { signed_in_users: number; staff: number }) => ArticleDraft, locale?: string): Reader[] {
  const { support, ownerId, api } = testSupport();
  const { helpCenter, users } = support;
  const readers = { staff: ownerId, 'signed-in': users.create('acme', { name: 'Ann' }, api).id, anonymous: null };
  const settings = helpCenter.setLocales('acme', ['en-us', 'de']);
  const category = helpCenter.createCategory('acme', { name: 'C' }, SYSTEM);
  const section = helpCenter.createSection('acme', category.id, { name: 'S' }, SYSTEM);
  const article = helpCenter.createArticle('acme', section.id, { title: 'A', ...draft(settings.segment_ids) }, SYSTEM);
  const seen = Object.entries(readers).filter(([, id]) => visible(helpCenter.viewer('acme', id), article, locale) !== undefined);
  return seen.map(([reader]) => reader as Reader);
}

describe('an article', () => {
  it('is everybody’s without a segment, and otherwise its segment’s', () => {
    expect(seers(() => ({}))).toEqual(['staff', 'signed-in', 'anonymous']);
    expect(seers(({ signed_in_users }) => ({ user_segment_id: signed_in_users }))).toEqual(['staff', 'signed-in']);
    expect(seers(({ staff }) => ({ user_segment_ids: [staff] }))).toEqual(['staff']);
  });

  it('is the staff’s as a draft', () => {
    expect(seers(() => ({ draft: true }))).toEqual(['staff']);
  });

  it('is seen in the languages that it is in; others than staff read the default one', () => {
    expect(seers(() => ({ locale: 'de' }))).toEqual(['staff']);
    expect(seers(() => ({ locale: 'de' }), 'de')).toEqual(['staff', 'signed-in', 'anonymous']);
    expect(seers(() => ({}), 'de')).toEqual([]);
  });
});
