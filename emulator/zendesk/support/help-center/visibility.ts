import { segmentIdsOf } from './articles.ts';
import type { AnyContent, Article, GuideSettings, Translation } from './entities.ts';
import { shownTranslation } from './translations.ts';

export type Reader = 'staff' | 'signed-in' | 'anonymous';

/** Who reads. */
export interface Viewer {
  readonly settings: GuideSettings;
  readonly reader: Reader;
  /** Whether what is for a user segment is for them: they are in it, or an admin. */
  readonly isIn: (segmentId: number) => boolean;
}

/**
 * The translation that a reader sees, undefined for none: drafts are the staff's, and user segments close an article to those
 * outside all of them, agents too (documented). Without a locale in the path staff see content in its own language, others in the default one (inferred).
 */
export function visible({ settings, reader, isIn }: Viewer, content: AnyContent, locale: string | undefined): Translation | undefined {
  const shown = shownTranslation(content, reader === 'staff' ? locale : (locale ?? settings.default_locale));
  if (!shown || (reader !== 'staff' && (shown.draft || shown.hidden))) return undefined;
  const segments = content.kind === 'article' ? segmentIdsOf(content) : [];
  return segments.length === 0 || segments.some(isIn) ? shown : undefined;
}

/** Whether somebody sees a file of an article: with any of its languages that they see; others than staff those of one language with that. */
export function seesFile(viewer: Viewer, article: Article, locale: string | null): boolean {
  const alone = viewer.reader === 'staff' ? null : locale;
  return article.translations.some((each) => (alone ?? each.locale) === each.locale && visible(viewer, article, each.locale) !== undefined);
}
