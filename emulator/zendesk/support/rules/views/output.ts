import { invalidAttribute } from '../../errors.ts';
import { isObject } from '../../routes/permit.ts';
import type { Field } from '../../entities.ts';
import type { SortOrder, ViewOutput } from '../entities.ts';
import { refused } from '../read-rule.ts';
import { columnOf } from './columns.ts';
import { customField } from './run.ts';

/** Columns that one view can have (vendor article "Views"). */
const MOST_COLUMNS = 10;

/**
 * `output` of a write; in previews and by older clients `execution` is its name. Undefined when neither is there.
 * @throws ApiError 400, 422
 */
export function readOutput(body: Record<string, unknown>, fields: readonly Field[], action: string): Partial<ViewOutput> | undefined {
  const written = body['output'] ?? body['execution'];
  if (written === undefined || written === null) return undefined;
  if (!isObject(written)) throw invalidAttribute('output', 'must be a hash', action);
  const columns = written['columns'];
  return {
    ...(columns === undefined ? {} : { columns: readColumns(columns, fields, action) }),
    ...sortOf('group_by', written['group_by'], fields),
    ...sortOf('sort_by', written['sort_by'], fields),
    ...orderOf('group_order', written['group_order']),
    ...orderOf('sort_order', written['sort_order']),
  };
}

/** Names of columns, ids of custom fields, or columns as a view shows them. */
function readColumns(columns: unknown, fields: readonly Field[], action: string): (string | number)[] {
  if (!Array.isArray(columns)) throw invalidAttribute('output.columns', 'must be an array of strings', action);
  if (columns.length > MOST_COLUMNS) throw refused('output', `Columns: at most ${MOST_COLUMNS}`);
  return columns.map((column: unknown) => {
    const name = isObject(column) ? column['id'] : column;
    if (typeof name !== 'string' && typeof name !== 'number')
      throw invalidAttribute('output.columns', 'must be an array of strings', action);
    const field = customField(fields, name);
    if (field) return field.id;
    const known = columnOf(String(name));
    if (!known) throw refused('output', `Columns: ${name} is not valid`);
    return known[0];
  });
}

function sortOf(property: 'group_by' | 'sort_by', name: unknown, fields: readonly Field[]): Partial<ViewOutput> {
  if (name === undefined) return {};
  if (name === null || name === '') return { [property]: null };
  return { [property]: sortable(String(name), fields) ?? fail(property, name) };
}

/** A column's own name when rows can be sorted by it. */
export function sortable(name: string, fields: readonly Field[]): string | undefined {
  const field = customField(fields, name);
  if (field) return String(field.id);
  const [own, column] = columnOf(name) ?? [];
  return column?.sort && own;
}

function orderOf(property: 'group_order' | 'sort_order', order: unknown): Partial<ViewOutput> {
  if (order === undefined || order === null) return {};
  const text = String(order).toLowerCase();
  if (text !== 'asc' && text !== 'desc') fail(property, order);
  return { [property]: text as SortOrder };
}

function fail(property: string, value: unknown): never {
  throw refused('output', `${property}: ${typeof value === 'string' ? value : JSON.stringify(value)} is not valid`);
}
