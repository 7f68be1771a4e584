import type { SupportContext } from '../context.ts';
import { blank, invalidValue, recordNotFound, taken } from '../errors.ts';
import type { AnyContent, ContentDraft, GuideSettings, Translation, TranslationDraft } from './entities.ts';

/** Who writes, and in what. */
export interface Writing {
  readonly context: SupportContext;
  readonly account: string;
  readonly settings: GuideSettings;
  readonly userId: number | null;
}

/** The language of a locale as Help Center writes it: `en-us`. */
export function localeName(locale: string): string {
  return locale.trim().toLowerCase().replace('_', '-');
}

/** @throws ApiError 422 for a language that the Help Center does not have */
export function enabledLocale({ locales }: GuideSettings, locale: string): string {
  const name = localeName(locale);
  if (!locales.includes(name)) throw invalidValue('locale', 'Locale', locale);
  return name;
}

/**
 * The translations that a creation makes: one of the draft itself, and those of its list `translations` (documented); the
 * first is the source. @throws ApiError 422 without a title, for an unknown language, or for one given twice
 */
export function firstTranslations(writing: Writing, draft: ContentDraft, pathLocale: string | undefined): Translation[] {
  const { settings } = writing;
  const own = draft.title ?? draft.name;
  const listed = draft.translations ?? [];
  const locale = draft.locale ?? pathLocale ?? settings.default_locale;
  const drafts = own !== undefined && own !== null ? [{ ...draft, locale }, ...listed] : listed;
  if (drafts.length === 0) throw blank('title', 'Title');
  const made: Translation[] = [];
  for (const each of drafts) made.push(newTranslation(writing, each, made));
  return made;
}

/** @throws ApiError 422 */
export function newTranslation(writing: Writing, draft: ContentDraft, present: readonly Translation[]): Translation {
  const { context, account, settings, userId } = writing;
  const title = (draft.title ?? draft.name ?? '').trim();
  if (title === '') throw blank('title', 'Title');
  if (!draft.locale) throw blank('locale', 'Locale');
  const locale = enabledLocale(settings, draft.locale);
  if (present.some((each) => each.locale === locale)) throw taken('locale', 'Locale');
  const now = context.now(account);
  return {
    id: context.ids(account)(),
    locale,
    title,
    body: draft.body ?? draft.description ?? '',
    draft: draft.draft ?? false,
    hidden: draft.hidden ?? false,
    outdated: draft.outdated ?? false,
    created_by_id: userId,
    updated_by_id: userId,
    created_at: now,
    updated_at: now,
  };
}

/** @throws ApiError 404 for a language that the content is not in, 422 for an empty title */
export function changedTranslation(writing: Writing, content: AnyContent, locale: string, patch: TranslationDraft): Translation {
  const before = translationIn(content, locale);
  if (!before) throw recordNotFound();
  const title = patch.title ?? before.title;
  if (title.trim() === '') throw blank('title', 'Title');
  const { body = before.body, draft = before.draft, hidden = before.hidden, outdated = before.outdated } = patch;
  const now = writing.context.now(writing.account);
  return { ...before, title: title.trim(), body: body ?? '', draft, hidden, outdated, updated_by_id: writing.userId, updated_at: now };
}

export function translationIn(content: AnyContent, locale: string): Translation | undefined {
  const name = localeName(locale);
  return content.translations.find((each) => each.locale === name);
}

/** What is shown: the language asked for, else the content's own. Undefined when it lacks the one asked for. */
export function shownTranslation(content: AnyContent, locale: string | undefined): Translation | undefined {
  return translationIn(content, locale ?? content.source_locale);
}
