import type { AnyContent, GuideSettings, Translation } from './entities.ts';
import { shownTranslation } from './translations.ts';

/** Who reads. */
export type Reader = 'staff' | 'signed-in' | 'anonymous';

/**
 * The translation that a reader sees, undefined for none: drafts are the staff's, and a user segment closes an article to
 * those outside it. Without a locale in the path staff see content in its own language, others in the default one (inferred).
 */
export function visible(settings: GuideSettings, reader: Reader, content: AnyContent, locale: string | undefined): Translation | undefined {
  const shown = shownTranslation(content, reader === 'staff' ? locale : (locale ?? settings.default_locale));
  if (!shown || reader === 'staff') return shown;
  if (shown.draft || shown.hidden) return undefined;
  return content.kind !== 'article' || admitted(settings, reader, content.user_segment_id) ? shown : undefined;
}

function admitted({ segment_ids }: GuideSettings, reader: Reader, segment: number | null): boolean {
  return segment === null || (reader === 'signed-in' && segment === segment_ids.signed_in_users);
}
