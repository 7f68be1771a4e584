import type { Defaults, Field, FieldOption, Status } from './entities.ts';
import { WITH_OPTIONS } from './fields/fields.ts';
import type { Json } from './wire.ts';
import { STATUS_LABELS } from './wire-account.ts';

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

/** A ticket field; system fields carry their options (shapes from the vendor's reference). */
export function wireTicketField(field: Field, base: string, defaults: Defaults): Json {
  const display = field.display ?? {};
  // What end users are asked of themselves.
  const asked = field.type === 'subject' || field.type === 'description';
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
    visible_in_portal: display.visible_in_portal ?? asked,
    editable_in_portal: display.editable_in_portal ?? asked,
    required_in_portal: display.required_in_portal ?? asked,
    tag: field.tag,
    created_at: field.created_at,
    updated_at: field.updated_at,
    removable: !field.system,
    key: field.key,
    agent_description: display.agent_description ?? '',
    ...(WITH_OPTIONS.has(field.type) ? { custom_field_options: field.options.map(wireOption) } : {}),
    ...systemOptions(field, defaults),
  };
}

export function wireOption({ id, name, value, position }: FieldOption): Json {
  return { id, name, raw_name: name, value, position };
}

const SYSTEM_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  status: ['open', 'pending', 'hold', 'solved'],
  priority: ['low', 'normal', 'high', 'urgent'],
  tickettype: ['question', 'incident', 'problem', 'task'],
};

function systemOptions(field: Field, defaults: Defaults): Json {
  if (!field.system) return {};
  const options = SYSTEM_OPTIONS[field.type];
  if (options) return { sub_type_id: 0, system_field_options: options.map((value) => ({ name: titled(value), value })) };
  if (field.type !== 'custom_status') return {};
  const statuses = Object.entries(defaults.custom_status_ids) as [Exclude<Status, 'closed'>, number][];
  return {
    custom_statuses: statuses.map(([category, id]) => ({
      id,
      status_category: category,
      agent_label: STATUS_LABELS[category][0],
      end_user_label: STATUS_LABELS[category][1],
      description: STATUS_LABELS[category][2],
      end_user_description: STATUS_LABELS[category][2],
      active: true,
      default: true,
      created_at: field.created_at,
      updated_at: field.updated_at,
    })),
  };
}

function titled(word: string): string {
  return word === 'hold' ? 'On-hold' : word.charAt(0).toUpperCase() + word.slice(1);
}
