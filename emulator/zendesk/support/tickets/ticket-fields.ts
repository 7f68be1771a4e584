import type { TicketPatch } from '../drafts.ts';
import type { CustomFieldValue, Field, FieldValue, Ticket } from '../entities.ts';
import type { FieldService } from '../fields/fields.ts';
import { fieldTags, fieldValue, ownTags } from '../fields/field-values.ts';
import { cleanTags } from './tags.ts';

/** Custom field values and tags after a write. Values of dropdowns and checkboxes are tags of the ticket too (inferred). */
export function fieldsAndTags(
  before: Pick<Ticket, 'custom_fields' | 'tags'>,
  patch: TicketPatch,
  definitions: () => readonly Field[],
): Pick<Ticket, 'custom_fields' | 'tags'> {
  const written = writtenFields(patch);
  const tags = writtenTags(before.tags, patch);
  if (written.length === 0) return { custom_fields: before.custom_fields, tags };
  const values = new Map<number, FieldValue>(before.custom_fields.map((field) => [field.id, field.value]));
  let result = tags;
  const fields = definitions();
  for (const field of fields) {
    const change = written.find((each) => Number(each.id) === field.id);
    if (!change) continue;
    const value = fieldValue(field, change.value);
    const dropped = ownTags(field, values.get(field.id) ?? null, fields, values);
    if (value === null) values.delete(field.id);
    else values.set(field.id, value);
    result = cleanTags([...result.filter((tag) => !dropped.includes(tag)), ...fieldTags(field, value)]);
  }
  return { custom_fields: [...values].map(([id, value]) => ({ id, value })), tags: result };
}

/** The id of the description's field, which every account has; errors name it. */
export function descriptionFieldId(fields: FieldService, account: string): number {
  return fields.list(account, 'ticket').find((field) => field.system && field.type === 'description')?.id ?? 0;
}

/** `custom_fields` as a list or (lenient, inferred) an object by id; `fields` is its older name. */
function writtenFields(patch: TicketPatch): readonly CustomFieldValue[] {
  const written: unknown = patch.custom_fields ?? patch.fields ?? [];
  if (Array.isArray(written)) {
    const named = (field: CustomFieldValue | null): field is CustomFieldValue =>
      typeof field === 'object' && field !== null && typeof field.id !== 'object' && field.value !== undefined;
    return (written as (CustomFieldValue | null)[]).filter(named);
  }
  return Object.entries(written as Record<string, FieldValue>).map(([id, value]) => ({ id: Number(id), value }));
}

/** `tags` replaces the list; `additional_tags` and `remove_tags` change it. */
export function writtenTags(
  current: readonly string[],
  patch: Pick<TicketPatch, 'tags' | 'additional_tags' | 'remove_tags'>,
): readonly string[] {
  if (patch.tags === undefined && !patch.additional_tags && !patch.remove_tags) return current;
  const base = patch.tags === undefined ? current : cleanTags(patch.tags);
  const added = patch.additional_tags ? cleanTags(patch.additional_tags) : [];
  const tags = cleanTags(added.length === 0 ? base : [...base, ...added]);
  if (!patch.remove_tags) return tags;
  const removed = cleanTags(patch.remove_tags);
  return tags.filter((tag) => !removed.includes(tag));
}
