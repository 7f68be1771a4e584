import type { Status } from '../entities.ts';
import { invalidValue } from '../errors.ts';

/** What a value of one field of a form does: it shows others. (The vendor's reference only names condition sets; their parts are read in clients.) */
export interface FormCondition {
  readonly parent_field_id: number;
  readonly value: unknown;
  readonly child_fields: readonly ConditionalField[];
}

export interface ConditionalField {
  readonly id: number;
  readonly is_required?: boolean;
  /** For agents: the statuses with which a ticket needs a value; without it whether it does at all. */
  readonly required_on_statuses?: {
    readonly type?: string;
    readonly statuses?: readonly string[];
    readonly custom_statuses?: readonly number[];
  };
}

/** What a form makes of one of its fields. */
export type FieldNeed = 'hidden' | 'shown' | 'required';

/**
 * What conditions make of fields, by the values that fields have: one that none of them names is shown. One that is named is hidden
 * until a condition on a field that is itself shown is met.
 */
export function needsBy(
  conditions: readonly FormCondition[],
  valueOf: (fieldId: number) => unknown,
  isRequired: (child: ConditionalField) => boolean,
): (fieldId: number) => FieldNeed {
  const idsOf = (rows: readonly FormCondition[]): Set<number> =>
    new Set(rows.flatMap(({ child_fields: children }) => children.map(({ id }) => id)));
  const conditional = idsOf(conditions);
  const shown = new Set<number>();
  let unmet = conditions.filter(({ parent_field_id: parent, value }) => isValue(valueOf(parent), value));
  const met: FormCondition[] = [];
  for (;;) {
    // Fields that only show each other stay hidden.
    const more = unmet.filter(({ parent_field_id: parent }) => !conditional.has(parent) || shown.has(parent));
    if (more.length === 0) break;
    unmet = unmet.filter((each) => !more.includes(each));
    met.push(...more);
    for (const id of idsOf(more)) shown.add(id);
  }
  const required = new Set(met.flatMap(({ child_fields: children }) => children.filter(isRequired)).map(({ id }) => id));
  return (fieldId) => (required.has(fieldId) ? 'required' : conditional.has(fieldId) && !shown.has(fieldId) ? 'hidden' : 'shown');
}

/** Whether agents need a value in the field to give a ticket the status. */
export function isRequiredOn(status: Status, customStatusId: number | null): (child: ConditionalField) => boolean {
  return ({ is_required: required = false, required_on_statuses: on }) => {
    if (on?.type === 'ALL_STATUSES') return true;
    if (on?.type === 'SOME_STATUSES') return Boolean(on.statuses?.includes(status) || on.custom_statuses?.includes(customStatusId ?? 0));
    return required && on?.type !== 'NO_STATUSES';
  };
}

/** @throws ApiError 422 for conditions that are none, or about fields that the form does not have (wording inferred) */
export function checkConditions(property: string, conditions: unknown, isOnForm: (fieldId: number) => boolean): void {
  for (const condition of conditions as readonly Partial<FormCondition>[]) {
    const { parent_field_id: parent, child_fields: children } = condition;
    if (!Array.isArray(children)) throw invalidValue(property, 'Conditions', children);
    const ids = [parent, ...children.map((child: Partial<ConditionalField> | null) => child?.id)];
    const stranger = ids.find((id) => typeof id !== 'number' || !isOnForm(id));
    if (stranger !== undefined || ids.includes(undefined)) throw invalidValue(property, 'Conditions', stranger);
  }
}

/** What is left of conditions without the fields that are not there. */
export function conditionsOn(conditions: readonly FormCondition[], isThere: (fieldId: number) => boolean): FormCondition[] {
  return conditions
    .filter(({ parent_field_id: parent }) => isThere(parent))
    .map((condition) => ({ ...condition, child_fields: condition.child_fields.filter(({ id }) => isThere(id)) }));
}

/** Whether the field is among what the conditions ask of, or what they show. */
export function areAbout(conditions: readonly FormCondition[], fieldId: number): boolean {
  return conditions.some(
    ({ parent_field_id: parent, child_fields: children }) => parent === fieldId || children.some(({ id }) => id === fieldId),
  );
}

/** A ticked box is `true`, in whatever form that is written; one that was never touched is not ticked. */
function isValue(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(value)) return value.map(String).includes(String(wanted));
  const text = (each: unknown): string => (each === null || each === undefined || each === false ? '' : String(each));
  return text(value) === text(wanted === 'false' ? false : wanted);
}
