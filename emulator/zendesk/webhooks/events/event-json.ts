const INDENT = '   ';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * Prints a body as recorded deliveries show it: three spaces, keys in alphabetical order, `{ }` for an empty object, a
 * newline at the end. Receivers that print the JSON again before checking the signature fail on it, as they do with
 * Zendesk. (`[ ]` for an empty array is inferred from `{ }`.)
 */
export function eventJson(value: Json): string {
  return `${print(value, '')}\n`;
}

function print(value: Json, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = indent + INDENT;
  if (isList(value))
    return block(
      '[',
      ']',
      value.map((item) => print(item, inner)),
      indent,
    );
  const keys = Object.keys(value).toSorted();
  return block(
    '{',
    '}',
    keys.map((key) => `${JSON.stringify(key)}: ${print(value[key] as Json, inner)}`),
    indent,
  );
}

function block(open: string, close: string, lines: string[], indent: string): string {
  if (lines.length === 0) return `${open} ${close}`;
  const inner = `\n${indent}${INDENT}`;
  return `${open}${inner}${lines.join(`,${inner}`)}\n${indent}${close}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
