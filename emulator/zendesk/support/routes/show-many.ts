import type { Request, Response } from 'express';
import { sendJson } from '../../account/index.ts';
import { parameterMissing, tooManyValues } from '../errors.ts';
import { idsIn, queryOf } from './http.ts';

const MOST = 100;

/** Finders of one resource by the parameter that names them. */
export type Finders<Entity> = Readonly<Record<string, (value: string) => Entity | undefined>>;

/**
 * `show_many`: records by `ids` (or `external_ids`), each once, in the order asked for; unknown ones are left out (inferred).
 * @throws ApiError 400 without ids, or with more than 100
 */
export function manyOf<Entity>(
  req: Request,
  key: string,
  finders: Finders<Entity>,
  idsOf: (text: string) => readonly string[] = (text) => idsIn(text).map(String),
): Entity[] {
  const query = queryOf(req);
  for (const [parameter, find] of Object.entries(finders)) {
    const text = query.get(parameter);
    if (text === null) continue;
    const values = parameter === 'ids' ? idsOf(text) : text.split(',').filter((value) => value !== '');
    if (values.length > MOST) throw tooManyValues(key);
    return [...new Set(values)].map(find).filter((entity): entity is Entity & {} => entity !== undefined);
  }
  throw parameterMissing(Object.keys(finders)[0] ?? 'ids', `${key}/show_many`);
}

/** Recorded wrapper. */
export function sendMany(res: Response, key: string, rows: readonly unknown[], beside: Record<string, unknown> = {}): void {
  sendJson(res, 200, { [key]: rows, ...beside, next_page: null, previous_page: null, count: rows.length });
}
