import { invalidValue } from '../errors.ts';
import type { Article, ArticleDraft, Category, GuideSettings } from './entities.ts';

/** Labels of an article are at most so many (inferred). */
const MOST_LABELS = 100;

/** What a change is held to. */
export interface Changing {
  readonly settings: GuideSettings;
  /** Whether there is such a user segment. */
  readonly knows: (segmentId: number) => boolean;
  readonly isUser: (userId: number) => boolean;
}

interface Made extends Changing {
  readonly content: Omit<Category, 'kind'>;
  readonly sectionId: number;
  readonly authorId: number | null;
}

/**
 * The reference demands a permission group and a user segment; without them the built-in group edits and everybody reads
 * (inferred). @throws ApiError 422
 */
export function newArticle(draft: ArticleDraft, { content, sectionId, authorId, ...changing }: Made): Article {
  const bare: Article = {
    kind: 'article',
    ...content,
    section_id: sectionId,
    author_id: authorId,
    comments_disabled: false,
    promoted: false,
    label_names: [],
    content_tag_ids: [],
    permission_group_id: changing.settings.permission_group_id,
    user_segment_id: null,
    edited_at: content.created_at,
  };
  return { ...bare, ...articleChanges(bare, draft, changing), section_id: sectionId };
}

type Changes = Pick<
  Article,
  | 'section_id'
  | 'author_id'
  | 'comments_disabled'
  | 'promoted'
  | 'position'
  | 'label_names'
  | 'content_tag_ids'
  | 'permission_group_id'
  | 'user_segment_id'
  | 'user_segment_ids'
>;

/** What a write makes of an article, its texts aside. @throws ApiError 422 */
export function articleChanges(before: Article, patch: ArticleDraft, { settings, knows, isUser }: Changing): Changes {
  const group = patch.permission_group_id ?? before.permission_group_id;
  if (group !== settings.permission_group_id) throw invalidValue('permission_group_id', 'Permission group', group);
  const author = patch.author_id ?? before.author_id;
  if (author !== null && author !== before.author_id && !isUser(author)) throw invalidValue('author_id', 'Author', author);
  return {
    section_id: patch.section_id ?? before.section_id,
    author_id: author,
    comments_disabled: patch.comments_disabled ?? before.comments_disabled,
    promoted: patch.promoted ?? before.promoted,
    position: patch.position ?? before.position,
    label_names: patch.label_names === undefined ? before.label_names : labelNames(patch.label_names ?? []),
    content_tag_ids: patch.content_tag_ids === undefined ? before.content_tag_ids : names(patch.content_tag_ids ?? []),
    permission_group_id: group,
    ...segments(before, patch, knows),
  };
}

/** Several are for the largest plans (documented), here for all. Who names one names no other. */
function segments(before: Article, patch: ArticleDraft, knows: Changing['knows']): Pick<Article, 'user_segment_id' | 'user_segment_ids'> {
  const one = patch.user_segment_id === null ? [] : [patch.user_segment_id ?? 0];
  const wanted = (patch.user_segment_id === undefined ? patch.user_segment_ids : one) ?? segmentIdsOf(before);
  const stranger = wanted.find((id) => !knows(id));
  if (stranger !== undefined) throw invalidValue('user_segment_id', 'User segment', stranger);
  return { user_segment_id: wanted[0] ?? null, user_segment_ids: [...new Set(wanted)] };
}

/** The user segments of an article; none: it is everybody's. */
export function segmentIdsOf({ user_segment_id: one, user_segment_ids: all }: Article): readonly number[] {
  return all ?? (one === null ? [] : [one]);
}

/** @throws ApiError 422 for too many */
export function labelNames(written: readonly string[] | string): string[] {
  const kept = names(written);
  if (kept.length > MOST_LABELS) throw invalidValue('label_names', 'Label names', kept.length);
  return kept;
}

/** A list of words, or one text with commas; each once, none empty. */
function names(written: readonly string[] | string): string[] {
  const list = typeof written === 'string' ? written.split(',') : written;
  return [...new Set(list.map((name) => name.trim()))].filter((name) => name !== '');
}
