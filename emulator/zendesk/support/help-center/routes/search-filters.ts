import { invalidAttribute } from '../../errors.ts';
import { dayOf } from '../../hours/zone-clock.ts';
import { idsIn } from '../../routes/http.ts';
import type { HelpCenter } from '../help-center.ts';
import type { Article } from '../entities.ts';
import { list } from './filters.ts';

export type ArticleFilter = (article: Article) => boolean;

/** Everything that search may be narrowed by besides words. @throws ApiError 400 for what is no date */
export function searchFilter(query: URLSearchParams, within: ArticleFilter): ArticleFilter {
  const labels = list(query.get('label_names')).map((name) => name.toLowerCase());
  const dates = [dateFilter(query, 'created'), dateFilter(query, 'updated')];
  // Any of the labels will do, in any case (documented).
  const labelled = ({ label_names }: Article): boolean =>
    labels.length === 0 || label_names.some((name) => labels.includes(name.toLowerCase()));
  return (article) => within(article) && labelled(article) && dates.every((dated) => dated(article));
}

/** Whether an article lies in one of the sections, and of the categories, named. */
export function placeFilter(helpCenter: HelpCenter, account: string, sections: string | null, categories: string | null): ArticleFilter {
  const [sectionIds, categoryIds] = [sections, categories].map((text) => (text ? new Set(idsIn(text)) : undefined));
  const within = categoryIds && helpCenter.sections.list(account).filter(({ category_id }) => categoryIds.has(category_id));
  const ofCategories = within && new Set(within.map(({ id }) => id));
  return ({ section_id }) => (sectionIds?.has(section_id) ?? true) && (ofCategories?.has(section_id) ?? true);
}

/** `created_after`, `created_before` and `created_at` by the day, and the same of `updated`. */
function dateFilter(query: URLSearchParams, name: 'created' | 'updated'): ArticleFilter {
  const dated = (suffix: string): string | undefined => {
    const text = query.get(`${name}_${suffix}`);
    if (text === null || text === '') return undefined;
    if (dayOf(text.slice(0, 10)) === undefined)
      throw invalidAttribute(`${name}_${suffix}`, 'must be a date', 'help_center/articles/search');
    return text.slice(0, 10);
  };
  const [after, before, at] = [dated('after'), dated('before'), dated('at')];
  return (article) => {
    const day = article[`${name}_at`].slice(0, 10);
    return (after === undefined || day > after) && (before === undefined || day < before) && (at === undefined || day === at);
  };
}
