import type { JournalEntry } from '../../../core/journal.ts';
import type { RecordEventData } from '../../support/index.ts';
import { type EventDraft, idText, type JsonObject } from './event-draft.ts';
import { eventTypesOf } from './event-types.ts';

interface ArticleRecord {
  readonly id: number;
  readonly author_id: number | null;
  readonly section_id: number;
}

/** What an entry is about besides its article. */
interface About {
  readonly brand_id?: number;
  readonly category_id?: number | null;
  readonly locale?: string;
  readonly title?: string;
}

const typeOf = eventTypesOf('article');

/** An article of the Help Center (vendor article "Article events"), each of its languages by itself (inferred). */
export function articleEvents(entry: JournalEntry): EventDraft[] {
  const { record, actorId, changes = [], about } = entry.data as RecordEventData<ArticleRecord>;
  const { brand_id, category_id, locale, title } = (about ?? {}) as About;
  const draft = (name: string, event: () => JsonObject): EventDraft => ({
    type: typeOf(name),
    subject: `zen:article:${record.id}`,
    detail: () => ({ brand_id: idText(brand_id), id: String(record.id), user_id: idText(actorId) }),
    event,
    ticket: null,
    marks: 'ulid',
  });
  switch (entry.kind) {
    case 'article.published':
      return [draft('published', () => ({
        author_id: idText(record.author_id),
        category_id: idText(category_id),
        locale: locale ?? null,
        section_id: String(record.section_id),
        title: title ?? null,
      }))]; // prettier-ignore
    case 'article.unpublished':
      return [draft('unpublished', () => ({}))];
    default:
      return changes.flatMap(({ field, current }) => field === 'author_id' ? [draft('author_changed', () => ({ current: idText(current) }))] : []); // prettier-ignore
  }
}
