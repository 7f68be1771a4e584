import type { Json } from '../wire.ts';
import { segmentIdsOf } from './articles.ts';
import type { AnyContent, Article, Category, ContentKind, GuideSettings, Label, Section, Translation } from './entities.ts';

/** `base` is everything before `/api/v2`; `site` is the Help Center's own address. */
export interface GuideScope {
  readonly base: string;
  readonly site: string;
}

const PLURALS: Readonly<Record<ContentKind, string>> = { article: 'articles', section: 'sections', category: 'categories' };

export function plural(kind: ContentKind): string {
  return PLURALS[kind];
}

/** `Printing orders` at `/hc/en-us/articles/1-Printing-orders` */
export function htmlUrl({ site }: GuideScope, { kind, id }: AnyContent, { locale, title }: Translation): string {
  const slug = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return `${site}/hc/${locale}/${plural(kind)}/${id}${slug === '' ? '' : `-${slug}`}`;
}

export function apiUrl({ base }: GuideScope, { kind, id }: AnyContent, locale: string): string {
  return `${base}/api/v2/help_center/${locale}/${plural(kind)}/${id}.json`;
}

function head(scope: GuideScope, content: AnyContent, shown: Translation): Json {
  return { id: content.id, url: apiUrl(scope, content, shown.locale), html_url: htmlUrl(scope, content, shown) };
}

export function wireCategory(scope: GuideScope, category: Category, shown: Translation): Json {
  const { position, created_at, updated_at, source_locale } = category;
  const names = { name: shown.title, description: shown.body, locale: shown.locale, source_locale, outdated: shown.outdated };
  return { ...head(scope, category, shown), position, created_at, updated_at, ...names };
}

export function wireSection(scope: GuideScope, section: Section, shown: Translation): Json {
  const { category_id, position, sorting, created_at, updated_at, source_locale, parent_section_id } = section;
  return {
    ...head(scope, section, shown),
    category_id,
    position,
    sorting,
    created_at,
    updated_at,
    name: shown.title,
    description: shown.body,
    locale: shown.locale,
    source_locale,
    outdated: shown.outdated,
    parent_section_id,
    theme_template: 'section_page',
  };
}

/** Properties in the order of recorded answers. */
export function wireArticle(scope: GuideScope, article: Article, shown: Translation): Json {
  return {
    ...head(scope, article, shown),
    author_id: article.author_id,
    comments_disabled: article.comments_disabled,
    draft: shown.draft,
    promoted: article.promoted,
    position: article.position,
    vote_sum: article.vote_sum ?? 0,
    vote_count: article.vote_count ?? 0,
    section_id: article.section_id,
    created_at: article.created_at,
    updated_at: article.updated_at,
    name: shown.title,
    title: shown.title,
    source_locale: article.source_locale,
    locale: shown.locale,
    outdated: false,
    outdated_locales: article.translations.filter(({ outdated }) => outdated).map(({ locale }) => locale),
    edited_at: article.edited_at,
    user_segment_id: article.user_segment_id,
    user_segment_ids: segmentIdsOf(article),
    permission_group_id: article.permission_group_id,
    content_tag_ids: article.content_tag_ids,
    label_names: article.label_names,
    body: shown.body,
  };
}

export function wireContent(scope: GuideScope, content: AnyContent, shown: Translation): Json {
  if (content.kind === 'article') return wireArticle(scope, content, shown);
  return content.kind === 'section' ? wireSection(scope, content, shown) : wireCategory(scope, content, shown);
}

const SOURCE_TYPES: Readonly<Record<ContentKind, string>> = { article: 'Article', section: 'Section', category: 'Category' };

export function wireTranslation(scope: GuideScope, content: AnyContent, translation: Translation): Json {
  const { id, locale, title, body, outdated, draft, hidden, created_at, updated_at, updated_by_id, created_by_id } = translation;
  return {
    id,
    url: `${scope.base}/api/v2/help_center/${plural(content.kind)}/${content.id}/translations/${locale}.json`,
    html_url: htmlUrl(scope, content, translation),
    source_id: content.id,
    source_type: SOURCE_TYPES[content.kind],
    locale,
    title,
    body,
    outdated,
    draft,
    hidden,
    created_at,
    updated_at,
    updated_by_id,
    created_by_id,
  };
}

export function wireLabel({ base }: GuideScope, { id, name, created_at, updated_at }: Label): Json {
  return { id, url: `${base}/api/v2/help_center/articles/labels/${id}.json`, name, created_at, updated_at };
}

/** The one group that every Help Center has (vendor reference "Management Permission Groups"). */
export function permissionGroups({ permission_group_id }: GuideSettings, createdAt: string): (Json & { id: number })[] {
  const times = { created_at: createdAt, updated_at: createdAt };
  return [{ id: permission_group_id, name: 'Admins', built_in: true, publish: [], edit: [], ...times }];
}
