/** The Help Center (vendor reference "Help Center API"): categories hold sections, sections hold articles. */

export type ContentKind = 'article' | 'section' | 'category';

/** Names and texts in one language. Sections and categories have a description where articles have a body. */
export interface Translation {
  readonly id: number;
  /** `en-us` */
  readonly locale: string;
  readonly title: string;
  /** HTML */
  readonly body: string;
  readonly draft: boolean;
  readonly hidden: boolean;
  readonly outdated: boolean;
  readonly created_by_id: number | null;
  readonly updated_by_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface Content {
  readonly id: number;
  readonly position: number;
  /** The main language; without its translation there is no content. */
  readonly source_locale: string;
  readonly translations: readonly Translation[];
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Category extends Content {
  readonly kind: 'category';
}

export interface Section extends Content {
  readonly kind: 'section';
  readonly category_id: number;
  readonly parent_section_id: number | null;
  readonly sorting: string;
}

export interface Article extends Content {
  readonly kind: 'article';
  readonly section_id: number;
  readonly author_id: number | null;
  readonly comments_disabled: boolean;
  readonly promoted: boolean;
  readonly label_names: readonly string[];
  readonly content_tag_ids: readonly string[];
  readonly permission_group_id: number;
  /** Who may see it; null: everybody. */
  readonly user_segment_id: number | null;
  /** All of them, that one first, when there are several: those in any of them may see it. */
  readonly user_segment_ids?: readonly number[];
  /** Of its readers; nobody voted unless set. */
  readonly vote_sum?: number;
  readonly vote_count?: number;
  /** When a title or body was last written. */
  readonly edited_at: string;
}

export type AnyContent = Article | Section | Category;

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Languages and the built-in groups of an account's Help Center. */
export interface GuideSettings {
  readonly locales: readonly string[];
  readonly default_locale: string;
  readonly permission_group_id: number;
  readonly segment_ids: { readonly signed_in_users: number; readonly staff: number };
}

export interface TranslationDraft {
  locale?: string | null;
  title?: string | null;
  body?: string | null;
  draft?: boolean;
  hidden?: boolean;
  outdated?: boolean;
}

/** Sections and categories are named, articles titled; both words are taken for both. */
export interface ContentDraft extends TranslationDraft {
  name?: string | null;
  description?: string | null;
  position?: number | null;
  translations?: readonly TranslationDraft[];
}

export interface SectionDraft extends ContentDraft {
  category_id?: number | null;
  parent_section_id?: number | null;
  sorting?: string | null;
}

export interface ArticleDraft extends ContentDraft {
  section_id?: number | null;
  author_id?: number | null;
  comments_disabled?: boolean;
  promoted?: boolean;
  label_names?: readonly string[] | string | null;
  content_tag_ids?: readonly string[] | string | null;
  permission_group_id?: number | null;
  user_segment_id?: number | null;
  user_segment_ids?: readonly number[] | null;
}
