export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** At the end of a line, where no text can be: line feeds are escaped in texts, and quotes close them. */
const EMPTY = /(?:\{\}|\[\])(?=,?\n)/g;

/**
 * Prints a body as recorded deliveries show it: three spaces, keys in alphabetical order, `{ }` for an empty object, a
 * newline at the end. Receivers that print the JSON again before checking the signature fail on it, as they do with
 * Zendesk. (`[ ]` for an empty array is inferred from `{ }`.)
 */
export function eventJson(value: Json): string {
  const text = `${JSON.stringify(isSorted(value) ? value : sorted(value), null, 3)}\n`;
  return text.includes('{}') || text.includes('[]') ? text.replace(EMPTY, ([open, close]) => `${open} ${close}`) : text;
}

/** Most are written down that way. */
function isSorted(value: Json): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (isList(value)) return value.every(isSorted);
  let last = '';
  for (const key in value) {
    if (key < last || !isSorted(value[key] as Json)) return false;
    last = key;
  }
  return true;
}

function sorted(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(sorted);
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] as Json)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
