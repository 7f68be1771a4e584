import type { Field } from '../entities.ts';
import type { Json } from '../wire.ts';
import type { Automation, Macro, SlaPolicy, Trigger, TriggerCategory, TriggerRevision, View, ViewOutput } from './entities.ts';
import { columnOf, fieldColumn } from './views/columns.ts';
import { customField } from './views/run.ts';

const url = (base: string, path: string): string => `${base}/api/v2/${path}.json`;

/** Keys in the recorded order. Nothing of what Ringback has is one of Zendesk's own rules: `default` is false. */
export function wireTrigger(trigger: Trigger, base: string): Json {
  const { id, title, active, updated_at, created_at, actions, conditions, description, position, category_id } = trigger;
  const head = { url: url(base, `triggers/${id}`), id, title, active, updated_at, created_at, default: false };
  return { ...head, actions, conditions, description, position, raw_title: title, category_id };
}

export function wireTriggerCategory({ id, name, position, created_at, updated_at }: TriggerCategory): Json {
  return { id: String(id), name, position, created_at, updated_at };
}

export function wireAutomation(automation: Automation, base: string): Json {
  const { id, title, active, updated_at, created_at, actions, conditions, position } = automation;
  const head = { url: url(base, `automations/${id}`), id, title, active, updated_at, created_at, default: false };
  return { ...head, actions, conditions, position, raw_title: title };
}

export function wireMacro(macro: Macro, base: string): Json {
  const { id, title, active, updated_at, created_at, position, description, actions, restriction } = macro;
  const head = { url: url(base, `macros/${id}`), id, title, active, updated_at, created_at, default: false, position };
  return { ...head, description, actions, restriction, raw_title: title };
}

export function wireView(view: View, base: string, fields: readonly Field[]): Json {
  const { id, title, active, updated_at, created_at, position, description, conditions, restriction } = view;
  const head = { url: url(base, `views/${id}`), id, title, active, updated_at, created_at, default: false, position };
  return { ...head, description, execution: wireExecution(view.output, base, fields), conditions, restriction, raw_title: title };
}

/** How a view shows its tickets; `fields` are its columns without custom fields (recorded). */
export function wireExecution(output: ViewOutput, base: string, fields: readonly Field[]): Json {
  const { group_by, group_order, sort_by, sort_order } = output;
  const columns = output.columns.map((name) => wireColumn(name, base, fields)).filter((column): column is Json => column !== undefined);
  const order = (name: string | null, way: string): Json | null => {
    const shown = name === null ? undefined : wireColumn(name, base, fields);
    return shown ? { ...shown, order: way } : null;
  };
  return {
    group_by,
    group_order,
    sort_by,
    sort_order,
    group: order(group_by, group_order),
    sort: order(sort_by, sort_order),
    columns,
    fields: columns.filter((column) => column['type'] === undefined),
    custom_fields: columns.filter((column) => column['type'] !== undefined),
  };
}

/** A column as views list it; undefined for one that is gone. */
export function wireColumn(name: string | number, base: string, fields: readonly Field[]): Json | undefined {
  const field = customField(fields, name);
  if (field) {
    const { title, filterable } = fieldColumn(field);
    return { id: field.id, title, type: field.type, url: url(base, `ticket_fields/${field.id}`), filterable, sortable: true };
  }
  const known = columnOf(String(name));
  if (!known) return undefined;
  const [id, { title, filterable, sort }] = known;
  return { id, title, filterable, sortable: sort !== undefined };
}

export function wireSlaPolicy(policy: SlaPolicy, base: string): Json {
  const { id, title, description, position, filter, policy_metrics, created_at, updated_at } = policy;
  return { url: url(base, `slas/policies/${id}`), id, title, description, position, filter, policy_metrics, created_at, updated_at };
}

export function wireRevision({ id, trigger_id, author_id, created_at, snapshot }: TriggerRevision, base: string): Json {
  const { title, description, active, conditions, actions } = snapshot;
  const revision = `${base}/api/v2/triggers/${trigger_id}/revisions/${id}.json`;
  return { id, url: revision, author_id, created_at, snapshot: { title, description, active, conditions, actions } };
}
