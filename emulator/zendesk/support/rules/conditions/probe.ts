import type { Ticket } from '../../entities.ts';

/** Just enough of a ticket to check a condition on one field: what it would say of a ticket whose field is so. */
export function asIfSet(field: string, value: string | null): Ticket {
  const custom = /^custom_fields_(\d+)$/.exec(field)?.[1];
  const probe = {
    tags: field === 'current_tags' && value !== null ? [value] : [],
    custom_fields: custom === undefined ? [] : [{ id: Number(custom), value }],
    ...(custom === undefined ? { [field]: value } : {}),
  };
  return probe as unknown as Ticket;
}
