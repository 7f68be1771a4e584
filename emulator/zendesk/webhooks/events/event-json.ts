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
  if (isList(value)) {
    let items = '';
    for (const item of value) items += `${items === '' ? '' : ','}\n${inner}${print(item, inner)}`;
    return block('[', items, indent, ']');
  }
  let members = '';
  for (const key of Object.keys(value).toSorted())
    members += `${members === '' ? '' : ','}\n${inner}${JSON.stringify(key)}: ${print(value[key] as Json, inner)}`;
  return block('{', members, indent, '}');
}

function block(open: string, lines: string, indent: string, close: string): string {
  return lines === '' ? `${open} ${close}` : `${open}${lines}\n${indent}${close}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
