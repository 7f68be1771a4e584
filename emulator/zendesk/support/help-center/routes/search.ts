import type { Response, Router } from 'express';
import { accountOf, sendJson } from '../../../account/index.ts';
import { invalidAttribute, invalidCursor, invalidSearch, parameterMissing } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idsIn, queryOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import type { Article, Translation } from '../entities.ts';
import { articleMatcher } from '../match.ts';
import { localeName } from '../translations.ts';
import { visible } from '../visibility.ts';
import { htmlUrl, wireArticle } from '../wire.ts';
import { list } from './filters.ts';
import { type Guide, guideOf } from './guide.ts';
import { type ArticleFilter, placeFilter, searchFilter } from './search-filters.ts';

/** Search ends here (documented). */
const MOST_RESULTS = 1_000;
const PER_PAGE = 25;
const UNIFIED = { usual: 10, most: 50 } as const;
const ACTION = 'help_center/articles/search';

interface Hit {
  /** Its place among the hits. */
  readonly id: number;
  readonly article: Article;
  readonly translation: Translation;
  readonly snippet: string;
  readonly created_at: string;
  readonly updated_at: string;
}

interface Search {
  readonly text: string;
  readonly locales: readonly string[];
  readonly fits: ArticleFilter;
}

/** Search for articles (vendor reference "Search"). Community posts and external records there are none. */
export function guideSearchRoutes(router: Router, support: Support): void {
  for (const path of ['/help_center/articles/search', '/help_center/:locale/articles/search']) {
    router.get(path, (req, res) => {
      const query = queryOf(req);
      if (!['query', 'category', 'section', 'label_names'].some((name) => query.get(name))) throw parameterMissing('query', ACTION);
      const before = (Number(query.get('page') ?? 1) - 1) * Math.min(Number(query.get('per_page') ?? PER_PAGE), 100);
      if (before >= MOST_RESULTS) throw invalidSearch(`at most ${MOST_RESULTS} results can be read`);
      const guide = guideOf(support, req, res);
      const within = placeFilter(support.helpCenter, guide.account, query.get('section'), query.get('category'));
      const brand = query.get('brand_id');
      const elsewhere = brand !== null && brand !== '' && !hasGuide(guide.account, [Number(brand)]);
      const fits = searchFilter(query, (article) => !elsewhere && within(article));
      const hits = found(res, guide, { text: query.get('query') ?? '', locales: searchedLocales(guide, query.get('locale')), fits });
      const spec = { key: 'results', action: ACTION, perPage: PER_PAGE, numbered: true, offsetOnly: true, descends: true };
      const listing = arrayListing(hits, ['created_at', 'updated_at']);
      sendPage(req, res, spec, listing, ({ article, translation, snippet }) => ({
        ...wireArticle(guide, article, translation),
        snippet,
        result_type: 'article',
      }));
    });
  }

  /** Unified search: by cursor only, and only forwards (documented). */
  router.get('/guide/search', (req, res) => {
    const query = queryOf(req);
    const locales = list(query.get('filter[locales]')).map(localeName);
    if (locales.length === 0) throw parameterMissing('filter[locales]', 'guide/search');
    const guide = guideOf(support, req, res);
    const types = list(query.get('filter[content_types]'));
    const brands = idsIn(query.get('filter[brand_ids]') ?? '');
    const elsewhere = (types.length > 0 && !types.includes('ARTICLE')) || (brands.length > 0 && !hasGuide(guide.account, brands));
    const within = placeFilter(support.helpCenter, guide.account, query.get('filter[section_ids]'), query.get('filter[category_ids]'));
    const fits: ArticleFilter = (article) => !elsewhere && within(article);
    const hits = found(res, guide, { text: query.get('query') ?? '', locales, fits });
    const from = offsetOf(query.get('page[after]'));
    const page = hits.slice(from, from + unifiedSize(query));
    const cursor = (at: number): string | null => (page.length === 0 ? null : Buffer.from(JSON.stringify([1, at])).toString('base64'));
    sendJson(res, 200, {
      results: page.map(({ article, translation }) => {
        const { updated_at } = article;
        return { title: translation.title, type: 'ARTICLE', updated_at, url: htmlUrl(guide, article, translation) };
      }),
      meta: { has_more: from + page.length < hits.length, after_cursor: cursor(from + page.length), before_cursor: cursor(from) },
    });
  });

  /** Whether one of the brands is the one that has the Help Center. */
  function hasGuide(account: string, brandIds: readonly number[]): boolean {
    return support.brands.list(account).some((brand) => brandIds.includes(brand.id) && support.brands.hasGuide(account, brand));
  }

  /** Best first. The index is behind new articles by `searchIndexDelayMs`, as that of tickets is. */
  function found(res: Response, guide: Guide, { text, locales, fits }: Search): Hit[] {
    const match = articleMatcher(text);
    const { name, settings } = accountOf(res);
    const indexed = support.context.core.businessClock(name).now() - (settings.searchIndexDelayMs ?? 0);
    const hits = support.helpCenter.articles.list(guide.account).flatMap((article) => {
      if (!fits(article) || Date.parse(article.created_at) > indexed) return [];
      return locales.flatMap((locale) => {
        const translation = visible(guide, article, locale);
        const hit = translation && match(article, translation);
        return hit ? [{ article, translation, ...hit }] : [];
      });
    });
    const ranked = hits.toSorted((a, b) => b.score - a.score || a.article.id - b.article.id);
    return ranked.map(({ article, translation, snippet }, id) => {
      const { created_at, updated_at } = article;
      return { id, article, translation, snippet, created_at, updated_at };
    });
  }
}

/** The path's or query's language, the default one for an unknown one, all for `*` (documented). */
function searchedLocales({ settings, locale }: Guide, named: string | null): readonly string[] {
  if (named === '*') return settings.locales;
  const wanted = named ? localeName(named) : locale;
  return [wanted !== undefined && settings.locales.includes(wanted) ? wanted : settings.default_locale];
}

function unifiedSize(query: URLSearchParams): number {
  const text = query.get('page[size]');
  if (!text) return UNIFIED.usual;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw invalidAttribute('page[size]', 'must be an integer', 'guide/search');
  return Math.min(Number(text), UNIFIED.most);
}

/** @throws ApiError 400 for a cursor that no page handed out */
function offsetOf(cursor: string | null): number {
  if (!cursor) return 0;
  const [, at] = /^\[1,(\d{1,6})\]$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (at === undefined) throw invalidCursor('page[after]');
  return Number(at);
}
