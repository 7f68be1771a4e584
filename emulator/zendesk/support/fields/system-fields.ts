import type { Field } from '../entities.ts';

type Property = 'subject' | 'type' | 'priority' | 'group_id' | 'assignee_id';

/** By the types of system fields: the properties of a ticket that they show. A description and a status it always has. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  subject: 'subject',
  tickettype: 'type',
  priority: 'priority',
  group: 'group_id',
  assignee: 'assignee_id',
};

/** Undefined for custom fields, and for those whose property is never empty. */
export function propertyOf({ system, type }: Pick<Field, 'system' | 'type'>): Property | undefined {
  return system ? PROPERTIES[type] : undefined;
}
