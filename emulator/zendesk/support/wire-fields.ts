import type { Field, FieldOption } from './entities.ts';
import { WITH_OPTIONS } from './fields/fields.ts';
import type { Json } from './wire.ts';
import type { CustomStatus } from './account-objects/entities.ts';

const PATHS = { user: 'user_fields', organization: 'organization_fields', ticket: 'ticket_fields' } as const;

/** A user or organization field. */
export function wireField(field: Field, base: string): Json {
  return {
    id: field.id,
    url: `${base}/api/v2/${PATHS[field.owner]}/${field.id}.json`,
    key: field.key,
    type: field.type,
    title: field.title,
    raw_title: field.title,
    description: field.description,
    raw_description: field.description,
    position: field.position,
    active: field.active,
    system: field.system,
    regexp_for_validation: field.regexp_for_validation,
    created_at: field.created_at,
    updated_at: field.updated_at,
    ...(field.type === 'checkbox' ? { tag: field.tag ?? '' } : {}),
    ...(WITH_OPTIONS.has(field.type) ? { custom_field_options: field.options.map(wireOption) } : {}),
  };
}

/** A custom status as the field of statuses lists it. */
export interface ShownStatus extends CustomStatus {
  readonly default: boolean;
}

/** A ticket field; system fields carry their options (shapes from the vendor's reference). */
export function wireTicketField(field: Field, base: string, statuses: readonly ShownStatus[]): Json {
  const display = field.display ?? {};
  return {
    url: `${base}/api/v2/ticket_fields/${field.id}.json`,
    id: field.id,
    type: field.type,
    title: field.title,
    raw_title: field.title,
    description: field.description,
    raw_description: field.description,
    position: field.position,
    active: field.active,
    required: field.required,
    collapsed_for_agents: display.collapsed_for_agents ?? false,
    regexp_for_validation: field.regexp_for_validation,
    title_in_portal: display.title_in_portal ?? field.title,
    raw_title_in_portal: display.title_in_portal ?? field.title,
    visible_in_portal: isVisibleInPortal(field),
    editable_in_portal: isEditableInPortal(field),
    required_in_portal: isRequiredInPortal(field),
    tag: field.tag,
    created_at: field.created_at,
    updated_at: field.updated_at,
    removable: !field.system,
    key: field.key,
    agent_description: display.agent_description ?? '',
    ...(WITH_OPTIONS.has(field.type) ? { custom_field_options: field.options.map(wireOption) } : {}),
    ...systemOptions(field, statuses),
  };
}

/** What end users are asked of themselves (inferred). */
function isAsked({ type }: Field): boolean {
  return type === 'subject' || type === 'description';
}

export function isVisibleInPortal(field: Field): boolean {
  return field.display?.visible_in_portal ?? isAsked(field);
}

export function isEditableInPortal(field: Field): boolean {
  return field.display?.editable_in_portal ?? isAsked(field);
}

export function isRequiredInPortal(field: Field): boolean {
  return field.display?.required_in_portal ?? isAsked(field);
}

export function wireOption({ id, name, value, position }: FieldOption): Json {
  return { id, name, raw_name: name, value, position };
}

const SYSTEM_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  status: ['open', 'pending', 'hold', 'solved'],
  priority: ['low', 'normal', 'high', 'urgent'],
  tickettype: ['question', 'incident', 'problem', 'task'],
};

function systemOptions(field: Field, statuses: readonly ShownStatus[]): Json {
  if (!field.system) return {};
  const options = SYSTEM_OPTIONS[field.type];
  if (options) return { sub_type_id: 0, system_field_options: options.map((value) => ({ name: titled(value), value })) };
  return field.type === 'custom_status' ? { custom_statuses: statuses } : {};
}

function titled(word: string): string {
  return word === 'hold' ? 'On-hold' : word.charAt(0).toUpperCase() + word.slice(1);
}
