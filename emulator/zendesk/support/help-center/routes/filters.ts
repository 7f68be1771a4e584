import type { Request } from 'express';
import { invalidAttribute, tooManyValues } from '../../errors.ts';
import { queryOf } from '../../routes/http.ts';
import type { Article } from '../entities.ts';

/** Labels that a list may be narrowed by (documented). */
const MOST_LABELS = 10;

/** `label_names`: the article has all of them, case counts (documented). @throws ApiError 400 with more than ten */
export function labelled(req: Request): (article: Article) => boolean {
  const names = list(queryOf(req).get('label_names'));
  if (names.length > MOST_LABELS) throw tooManyValues('label_names', MOST_LABELS);
  return (article) => names.every((name) => article.label_names.includes(name));
}

/** `start_time`: changed since (epoch seconds). @throws ApiError 400 */
export function since(req: Request): (article: Article) => boolean {
  const start = startTime(req, 'articles/index') ?? 0;
  return (article) => Date.parse(article.updated_at) >= start * 1_000;
}

/** @throws ApiError 400 for what is no number of seconds */
export function startTime(req: Request, action: string): number | undefined {
  const text = queryOf(req).get('start_time');
  if (text === null) return undefined;
  if (!/^\d{1,12}(?:\.\d+)?$/.test(text)) throw invalidAttribute('start_time', 'must be an integer', action);
  return Math.floor(Number(text));
}

/** Comma-separated words. */
export function list(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
