import type { Field, FieldValue } from '../entities.ts';
import { invalidValue } from '../errors.ts';
import { dayOf } from '../hours/zone-clock.ts';
import { matchesPattern } from './patterns.ts';

const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A value as its field keeps it: booleans for checkboxes, numbers for integer and decimal, option tags for dropdowns
 * (value types inferred). @throws ApiError 422 when the field cannot hold it.
 */
export function fieldValue(field: Field, value: FieldValue): FieldValue {
  if (value === null || value === '') return null;
  const refuse = (): never => {
    throw invalidValue('base', field.title, value);
  };
  // JSON can hold what no field does.
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (parts.some((part) => typeof part === 'object')) return refuse();
  switch (field.type) {
    case 'checkbox':
      return typeof value === 'boolean' ? value : value === 'true' || value === '1' || value === 1;
    case 'integer':
      return isNumber(value, /^[-+]?\d+$/) && Number.isSafeInteger(Number(value)) ? Number(value) : refuse();
    case 'decimal':
      return isNumber(value, /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i) && Number.isFinite(Number(value)) ? Number(value) : refuse();
    case 'date':
      return typeof value === 'string' && DATE.test(value) && dayOf(value.slice(0, 10)) !== undefined ? value : refuse();
    case 'dropdown':
    case 'tagger':
      return known(field, String(value)) ?? refuse();
    case 'multiselect':
      return [...new Set((Array.isArray(value) ? value : [value]).map((each) => known(field, String(each)) ?? refuse()))];
    case 'regexp':
      return typeof value !== 'object' && matchesPattern(field.regexp_for_validation, String(value)) ? String(value) : refuse();
    case 'partialcreditcard':
      return masked(String(value)) ?? refuse();
    default:
      return typeof value === 'object' ? refuse() : String(value);
  }
}

/** The values after a write: unknown keys are ignored, `null` empties a field; only fields with a value are kept. */
export function writtenValues(
  fields: readonly Field[],
  current: Readonly<Record<string, FieldValue>>,
  written: Readonly<Record<string, FieldValue>>,
): Record<string, FieldValue> {
  const result: Record<string, FieldValue> = { ...current };
  for (const field of fields) {
    const value = field.key === null ? undefined : written[field.key];
    if (value === undefined || field.key === null) continue;
    const kept = fieldValue(field, value);
    if (kept === null) delete result[field.key];
    else result[field.key] = kept;
  }
  return result;
}

/** Every active field with its value: null when unset, false for a checkbox (inferred). */
export function shownValues(fields: readonly Field[], values: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const shown: Record<string, FieldValue> = {};
  for (const field of fields) {
    if (field.active && field.key !== null) shown[field.key] = values[field.key] ?? (field.type === 'checkbox' ? false : null);
  }
  return shown;
}

/** The tags that a field's value puts on its record: a dropdown's option, a ticked checkbox's tag (inferred). */
export function fieldTags(field: Field, value: FieldValue): string[] {
  if (value === null || value === false) return [];
  if (field.type === 'tagger' || field.type === 'dropdown') return [String(value)];
  if (field.type === 'multiselect' && Array.isArray(value)) return value.map(String);
  return field.type === 'checkbox' && field.tag ? [field.tag] : [];
}

/** The tags of a field's value that no other field of the record has too. */
export function ownTags(field: Field, value: FieldValue, fields: readonly Field[], values: ReadonlyMap<number, FieldValue>): string[] {
  const tags = fieldTags(field, value);
  if (tags.length === 0) return tags;
  const others = fields.flatMap((each) => (each.id === field.id ? [] : fieldTags(each, values.get(each.id) ?? null)));
  return tags.filter((tag) => !others.includes(tag));
}

function isNumber(value: FieldValue, form: RegExp): boolean {
  return (typeof value === 'number' || typeof value === 'string') && form.test(String(value).trim());
}

/** The value of an option; a field that has none takes anything (inferred). */
function known(field: Field, value: string): string | undefined {
  return field.options.length === 0 || field.options.some((option) => option.value === value) ? value : undefined;
}

/** Only the last four digits of a card's number are kept (documented), the others are `X` (inferred). */
function masked(value: string): string | undefined {
  const digits = value.replace(/[\s-]/g, '');
  return /^[\dX]{0,15}\d{4}$/.test(digits) ? `${'X'.repeat(digits.length - 4)}${digits.slice(-4)}` : undefined;
}

/** Whether nothing is in a field that has to be filled in. A box that is not ticked is empty, too (inferred). */
export function isBlankValue(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);
}
