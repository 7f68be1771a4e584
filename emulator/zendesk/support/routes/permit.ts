import type { Response } from 'express';
import { invalidAttribute, notEmulated, parameterMissing } from '../errors.ts';

/** What a property may hold. `later` ones exist at the vendor and are not emulated: a value for them is a 501. */
export type Kind = 'integer' | 'text' | 'boolean' | 'tags' | 'integers' | 'people' | 'objects' | 'object' | 'any' | 'later';

export type Shape = Readonly<Record<string, Kind>>;

/**
 * The permitted properties of a write, with integers and booleans in their own type (strings are taken too). Others are
 * left out and named in `X-Zendesk-API-Warn`, as recorded. @throws ApiError 400 for a value of the wrong type.
 */
export function permit<Written>(res: Response, body: unknown, name: string, shape: Shape, action: string): Written {
  const wrapper = isObject(body) ? body : {};
  if (wrapper[name] === undefined || wrapper[name] === null) throw parameterMissing(name, action);
  const written = wrapper[name];
  if (!isObject(written)) throw invalidAttribute(name, 'must be a hash', action);
  const extra = Object.keys(wrapper).filter((key) => key !== name && key !== 'system_metadata');
  const result: Record<string, unknown> = {};
  const restricted = [...extra];
  for (const [key, value] of Object.entries(written)) {
    const kind = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (kind === undefined) restricted.push(`${name}.${key}`);
    else if (kind === 'boolean' && value === null) continue;
    else if (kind !== 'later') result[key] = typed(value, kind, `${name}.${key}`, action);
    else if (!isEmpty(value)) throw notEmulated(`${name}.${key}`);
  }
  warn(res, restricted);
  return result as Written;
}

/** Characters of all keys that are named together, and of each: clients take so much of a header and no more (inferred). */
const LONGEST_WARNING = 4_000;
const LONGEST_KEY = 255;

/** Recorded wording. The keys of one request are named together, each once, as far as the header holds them. */
function warn(res: Response, restricted: readonly string[]): void {
  if (restricted.length === 0) return;
  const locals = res.locals as { restrictedKeys?: Set<string> };
  const keys = (locals.restrictedKeys ??= new Set<string>());
  let length = [...keys].join(', ').length;
  const known = keys.size;
  for (const key of restricted) {
    const shown = `"${key.slice(0, LONGEST_KEY).replace(/[^\x20-\x7e]|["\\]/g, '?')}"`;
    if (keys.has(shown) || length + shown.length > LONGEST_WARNING) continue;
    keys.add(shown);
    length += shown.length + 2;
  }
  if (keys.size > known)
    res.set('X-Zendesk-API-Warn', `Removed restricted keys [${[...keys].join(', ')}] from parameters according to whitelist`);
}

function typed(value: unknown, kind: Kind, path: string, action: string): unknown {
  if (value === null || kind === 'any') return value;
  switch (kind) {
    case 'integer':
      if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
      if (typeof value === 'string' && /^-?\d{1,16}$/.test(value)) return Number(value);
      if (value === '') return null;
      throw invalidAttribute(path, 'must be an integer', action);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw invalidAttribute(path, 'must be a boolean', action);
    case 'text':
      if (isText(value) || typeof value === 'boolean') return String(value);
      throw invalidAttribute(path, 'must be a string', action);
    case 'tags':
      if (isText(value)) return String(value);
      if (Array.isArray(value) && value.every(isText)) return value.map(String);
      throw invalidAttribute(path, 'must be an array of strings', action);
    case 'integers':
      if (Array.isArray(value)) return value.map((each) => typed(each, 'integer', path, action)).filter((each) => each !== null);
      throw invalidAttribute(path, 'must be an array of integers', action);
    case 'people':
      if (Array.isArray(value) && value.every((each) => isText(each) || isObject(each))) return value;
      throw invalidAttribute(path, 'must be an array of users', action);
    case 'objects':
      if (Array.isArray(value) && value.every(isObject)) return value;
      throw invalidAttribute(path, 'must be an array of hashes', action);
    default:
      if (isObject(value)) return value;
      throw invalidAttribute(path, 'must be a hash', action);
  }
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Of a number or its text; NaN for anything else that JSON can hold. */
export function numberOf(value: unknown): number {
  return isText(value) && value !== '' ? Number(value) : NaN;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
