import type { Authentication } from '../entities.ts';
import { isObject, type Reader } from './reader.ts';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What a header's value may hold (RFC 9110 §5.5): anything else can never be sent. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that Zendesk writes itself; a webhook may not name them (inferred list). */
const RESERVED = new Set(['authorization', 'connection', 'content-length', 'content-type', 'host', 'transfer-encoding', 'user-agent']);

function isReserved(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED.has(lower) || lower.startsWith('x-zendesk-');
}

/**
 * Undefined when not mentioned, null when taken away. A secret left out keeps the stored one, so that a client may send
 * back what it has read (inferred).
 */
export function readAuthentication(reader: Reader, stored: Authentication | undefined): Authentication | null | undefined {
  if (!reader.has('authentication')) return undefined;
  const value = reader.raw('authentication');
  if (value === null) return null;
  if (!isObject(value)) return reader.complain('authentication must be an object');
  const { type, add_position: position } = value;
  const data = isObject(value['data']) ? value['data'] : {};
  if (position !== 'header') reader.complain('authentication.add_position must be "header"');
  const text = (name: string, kept: string | undefined): string => {
    const given = data[name] ?? kept;
    if (typeof given === 'string') return given;
    reader.complain(`authentication.data.${name} is required for ${String(type)}`);
    return '';
  };
  const sent = (name: string, kept: string | undefined): string => {
    const given = text(name, kept);
    if (!VALUE.test(given)) reader.complain(`authentication.data.${name} must be one line of Latin-1 text`);
    return given;
  };
  if (type === 'basic_auth') {
    const kept = stored?.type === type ? stored.data : undefined;
    return { type, data: { username: text('username', kept?.username), password: text('password', kept?.password) } };
  }
  if (type === 'bearer_token') {
    return { type, data: { token: sent('token', stored?.type === type ? stored.data.token : undefined) } };
  }
  if (type === 'api_key') {
    const kept = stored?.type === type ? stored.data : undefined;
    const name = text('name', kept?.name);
    if (name !== '' && !TOKEN.test(name)) reader.complain('authentication.data.name must be a header name');
    // A key may well be asked for as `Authorization`.
    if (isReserved(name) && name.toLowerCase() !== 'authorization') reader.complain(`authentication.data.name: "${name}" is reserved`);
    return { type, data: { name, value: sent('value', kept?.value) } };
  }
  return reader.complain('authentication.type must be one of basic_auth, bearer_token, api_key');
}

export function readCustomHeaders(reader: Reader): Record<string, string> | undefined {
  const given = reader.object('custom_headers');
  return given && checkedHeaders(reader, 'custom_headers', Object.entries(given));
}

/** A test send may also name headers as the activity log does: a list of `key` and `value`. */
export function readHeaderList(reader: Reader): Record<string, string> | undefined {
  const given = reader.raw('headers');
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given) || !given.every(isObject)) return reader.complain('headers must be a list of objects with "key" and "value"');
  return checkedHeaders(
    reader,
    'headers',
    given.map(({ key, value }) => [typeof key === 'string' ? key : '', value]),
  );
}

function checkedHeaders(
  reader: Reader,
  property: string,
  given: readonly (readonly [name: string, value: unknown])[],
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of given) {
    if (!TOKEN.test(name)) reader.complain(`${property}: "${name}" is no header name`);
    else if (isReserved(name)) reader.complain(`${property}: "${name}" is reserved`);
    else if (typeof value !== 'string' || !VALUE.test(value))
      reader.complain(`${property}: the value of "${name}" must be one line of Latin-1 text`);
    else headers[name] = value;
  }
  return headers;
}
