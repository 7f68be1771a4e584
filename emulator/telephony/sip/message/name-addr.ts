import { type Parameters, parseParameters } from './parameters.ts';

/** A From, To, Contact, Route … value (RFC 3261 20.10). */
export interface NameAddr {
  /** Without quotes and backslashes; absent when there is none, empty for `""`. */
  displayName?: string;
  /** Raw, whatever its scheme; never unescaped. */
  uri: string;
  /** The header's parameters (not the URI's), by lower-case name. */
  params: Parameters;
}

/**
 * Reads one value, leniently: no brackets, no space before `<`, unquoted commas or UTF-8 in the name, no scheme, an unclosed
 * quote. Without brackets, what follows the first semicolon belongs to the header (RFC 3261 20).
 */
export function parseNameAddr(value: string): NameAddr {
  const text = value.trim();
  const open = openingBracket(text);
  if (open < 0) {
    const semicolon = text.indexOf(';');
    const end = semicolon < 0 ? text.length : semicolon;
    return { uri: text.slice(0, end).trim(), params: parseParameters(text.slice(end)) };
  }
  const close = text.indexOf('>', open);
  const uri = text.slice(open + 1, close < 0 ? undefined : close).trim();
  const params = parseParameters(close < 0 ? '' : text.slice(close + 1));
  const name = text.slice(0, open).trim();
  return name === '' ? { uri, params } : { displayName: unquote(name), uri, params };
}

/** The URI of a value as `parseNameAddr` gives it, without reading the rest. */
export function uriOf(value: string): string {
  const open = openingBracket(value);
  const end = value.indexOf(open < 0 ? ';' : '>', open + 1);
  return value.slice(open + 1, end < 0 ? undefined : end).trim();
}

/** The `tag` parameter of a From or To value, without reading the rest of it. */
export function tagOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const end = value.lastIndexOf('>');
  const usual = value.indexOf(';tag=', end + 1);
  if (usual >= 0) {
    const tag = value.slice(usual + 5);
    const stop = tag.search(/[;\s]/);
    return stop < 0 ? tag : tag.slice(0, stop);
  }
  return end >= 0 && value.length === end + 1 ? undefined : parseNameAddr(value).params.get('tag');
}

export function formatNameAddr(address: { displayName?: string; uri: string; params?: ReadonlyMap<string, string | undefined> }): string {
  const name = address.displayName === undefined ? '' : `"${address.displayName.replace(/["\\]/g, '\\$&')}" `;
  let text = `${name}<${address.uri}>`;
  for (const [key, value] of address.params ?? []) text += value === undefined ? `;${key}` : `;${key}=${value}`;
  return text;
}

/** Where the URI's `<` stands: the first one outside quotes, or any when the quotes are not closed. */
function openingBracket(text: string): number {
  if (!text.includes('"')) return text.indexOf('<');
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === '\\') index++;
    else if (character === '"') quoted = !quoted;
    else if (character === '<' && !quoted) return index;
  }
  return quoted ? text.indexOf('<') : -1;
}

function unquote(name: string): string {
  if (!name.startsWith('"')) return name;
  const end = name.length > 1 && name.endsWith('"') ? -1 : undefined;
  return name.slice(1, end).replace(/\\(.)/gs, '$1');
}
