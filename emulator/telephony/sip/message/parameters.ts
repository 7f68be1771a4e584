import { splitOutside } from './list.ts';

/** `;a=b;c` parameters by lower-case name; a parameter without a value is `undefined`. */
export type Parameters = ReadonlyMap<string, string | undefined>;

const NONE: Parameters = new Map();

/** Reads `;tag=x;lr` (the leading semicolon may be missing). The first of two with the same name wins; quotes are kept. */
export function parseParameters(text: string): Parameters {
  if (text === '') return NONE;
  const parameters = new Map<string, string | undefined>();
  if (text.includes('"') || text.includes('<')) for (const item of splitOutside(text, ';')) read(item, parameters);
  else {
    for (let start = 0; start <= text.length;) {
      const semicolon = text.indexOf(';', start);
      const end = semicolon < 0 ? text.length : semicolon;
      read(text.slice(start, end).trim(), parameters);
      start = end + 1;
    }
  }
  return parameters;
}

function read(item: string, parameters: Map<string, string | undefined>): void {
  if (item === '') return;
  const equals = item.indexOf('=');
  const name = (equals < 0 ? item : item.slice(0, equals)).trim().toLowerCase();
  if (!parameters.has(name)) parameters.set(name, equals < 0 ? undefined : item.slice(equals + 1).trim());
}

export function formatParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters) text += value === undefined ? `;${name}` : `;${name}=${value}`;
  return text;
}
