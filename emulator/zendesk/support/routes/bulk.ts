import type { Request } from 'express';
import { invalidAttribute, parameterMissing, tooManyValues } from '../errors.ts';
import { idsIn, queryOf } from './http.ts';
import { isObject, numberOf } from './permit.ts';

/** Records that one bulk call may name (recorded). */
const MOST = 100;

/** The records of `{"tickets": [...]}`. @throws ApiError 400 without them, or with more than 100 */
export function itemsOf(req: Request, key: string, verb: 'created' | 'updated', action: string): Record<string, unknown>[] {
  const items = isObject(req.body) ? req.body[key] : undefined;
  if (items === undefined || items === null) throw parameterMissing(key, action);
  if (!Array.isArray(items) || !items.every(isObject)) throw invalidAttribute(key, 'must be an array of hashes', action);
  if (items.length > MOST) throw tooManyValues(key, MOST, verb);
  return items;
}

/** The ids of `?ids=1,2`, undefined without any. @throws ApiError 400 with more than 100 */
export function bulkIds(req: Request, key: string, verb: 'updated' | 'deleted' | 'restored'): number[] | undefined {
  const text = queryOf(req).get('ids');
  if (text === null) return undefined;
  const ids = [...new Set(idsIn(text))];
  if (ids.length > MOST) throw tooManyValues(key, MOST, verb);
  return ids;
}

/** The integer `id` of a record of a bulk update. @throws ApiError 400 */
export function ownId(item: Record<string, unknown>, key: string, action: string): number {
  const id = numberOf(item['id']);
  if (!Number.isSafeInteger(id) || id < 1) throw invalidAttribute(`${key}.id`, 'must be an integer', action);
  return id;
}

/** How a record of a bulk update is named: by its `id`, without one by its `external_id`. @throws ApiError 400 */
export function ownName(
  { id, external_id: external }: Record<string, unknown>,
  key: string,
  action: string,
): { id: number } | { external_id: string } {
  if (id !== undefined || external === undefined) return { id: ownId({ id }, key, action) };
  if (typeof external !== 'string' && typeof external !== 'number')
    throw invalidAttribute(`${key}.external_id`, 'must be a string', action);
  return { external_id: String(external) };
}
