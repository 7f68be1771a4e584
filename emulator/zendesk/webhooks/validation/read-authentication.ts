import type { Authentication } from '../entities.ts';
import { isObject, type Reader } from './reader.ts';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

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
  if (type === 'basic_auth') {
    const kept = stored?.type === type ? stored.data : undefined;
    return { type, data: { username: text('username', kept?.username), password: text('password', kept?.password) } };
  }
  if (type === 'bearer_token') {
    return { type, data: { token: text('token', stored?.type === type ? stored.data.token : undefined) } };
  }
  if (type === 'api_key') {
    const kept = stored?.type === type ? stored.data : undefined;
    const name = text('name', kept?.name);
    if (name !== '' && !TOKEN.test(name)) reader.complain('authentication.data.name must be a header name');
    return { type, data: { name, value: text('value', kept?.value) } };
  }
  return reader.complain('authentication.type must be one of basic_auth, bearer_token, api_key');
}

/** Headers that Zendesk writes itself; a webhook may not name them (inferred list). */
const RESERVED = new Set(['authorization', 'connection', 'content-length', 'content-type', 'host', 'transfer-encoding', 'user-agent']);

export function readCustomHeaders(reader: Reader): Record<string, string> | undefined {
  const given = reader.object('custom_headers');
  if (given === undefined) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (!TOKEN.test(name)) reader.complain(`custom_headers: "${name}" is no header name`);
    else if (RESERVED.has(lower) || lower.startsWith('x-zendesk-')) reader.complain(`custom_headers: "${name}" is reserved`);
    else if (typeof value !== 'string' || /[\r\n\0]/.test(value))
      reader.complain(`custom_headers: the value of "${name}" must be one line of text`);
    else headers[name] = value;
  }
  return headers;
}
