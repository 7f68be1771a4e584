import { splitOutside } from './list.ts';

/** `;a=b;c` parameters by lower-case name; a parameter without a value is `undefined`. */
export type Parameters = Map<string, string | undefined>;

/** Reads `;tag=x;lr` (the leading semicolon may be missing). The first of two with the same name wins; quotes are kept. */
export function parseParameters(text: string): Parameters {
  const parameters: Parameters = new Map();
  for (const item of text.includes(';') ? splitOutside(text, ';') : [text.trim()]) {
    if (item === '') continue;
    const equals = item.indexOf('=');
    const name = (equals < 0 ? item : item.slice(0, equals)).trim().toLowerCase();
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? undefined : item.slice(equals + 1).trim());
  }
  return parameters;
}

export function formatParameters(parameters: ReadonlyMap<string, string | undefined>): string {
  let text = '';
  for (const [name, value] of parameters) text += value === undefined ? `;${name}` : `;${name}=${value}`;
  return text;
}
