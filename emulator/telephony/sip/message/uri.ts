import { plainHostPort } from './host-port.ts';
import { type Parameters, parseParameters } from './parameters.ts';

/** A sip: or sips: URI in its parts, each as written (escapes are kept). */
export interface SipUri {
  scheme: 'sip' | 'sips';
  /** What stands before the `@`, user parameters such as `;npdi` included, without the password. */
  user?: string;
  password?: string;
  /** IPv6 without brackets. */
  host: string;
  port?: number;
  /** URI parameters by lower-case name. */
  params: Parameters;
  /** What follows `?`, raw. */
  headers?: string;
}

/** A tel: URI (RFC 3966). */
export interface TelUri {
  scheme: 'tel';
  /** As written, visual separators included. */
  number: string;
  params: Parameters;
}

/** `sip`, `tel`, `http` … in lower case, or nothing when there is none. */
export function uriScheme(text: string): string | undefined {
  if (text.startsWith('sip:')) return 'sip';
  return /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
}

/** Whether the text can stand in a request line: it has a scheme, and holds neither white space nor brackets nor quotes. */
export function isRequestUri(text: string): boolean {
  return uriScheme(text) !== undefined && !/[\s<>"]/.test(text);
}

/** Reads a sip:, sips: or tel: URI, leniently; undefined for anything else. */
export function parseUri(text: string): SipUri | TelUri | undefined {
  const scheme = uriScheme(text);
  const rest = scheme === undefined ? '' : text.slice(scheme.length + 1);
  if (scheme === 'tel') {
    const semicolon = rest.indexOf(';');
    const end = semicolon < 0 ? rest.length : semicolon;
    return { scheme, number: rest.slice(0, end), params: parseParameters(rest.slice(end)) };
  }
  return scheme === 'sip' || scheme === 'sips' ? parseSip(scheme, rest) : undefined;
}

function parseSip(scheme: 'sip' | 'sips', rest: string): SipUri | undefined {
  const at = endOfUser(rest);
  const usual = plainHostPort(rest, at + 1);
  if (usual?.end === rest.length) return withUser({ scheme, host: usual.host, params: parseParameters('') }, usual.port, rest, at);
  const after = rest.slice(at + 1);
  const match = /^(\[[^\]]*\]|[^:;?\s]+)(?::(\d{1,5}))?\s*(;[^?]*)?(?:\?(.*))?$/s.exec(after);
  if (!match) return undefined;
  const [, host = '', port, params = '', headers] = match;
  const uri: SipUri = { scheme, host: host.replace(/^\[|\]$/g, ''), params: parseParameters(params) };
  if (port !== undefined && Number(port) > 65_535) return undefined;
  if (headers !== undefined) uri.headers = headers;
  return withUser(uri, port === undefined ? undefined : Number(port), rest, at);
}

function withUser(uri: SipUri, port: number | undefined, rest: string, at: number): SipUri {
  if (at >= 0) {
    const colon = rest.lastIndexOf(':', at);
    uri.user = rest.slice(0, colon < 0 ? at : colon);
    if (colon >= 0) uri.password = rest.slice(colon + 1, at);
  }
  if (port !== undefined) uri.port = port;
  return uri;
}

/** The `@` that ends the user part. One in parameters or headers does not count, unless there is no other. */
function endOfUser(rest: string): number {
  const question = rest.indexOf('?');
  const at = rest.lastIndexOf('@', question < 0 ? undefined : question);
  return at < 0 && question >= 0 ? rest.indexOf('@') : at;
}

/** The user part with its escapes resolved once; as written when an escape is broken. */
export function decodeUser(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
