import { type FormCondition, needsBy } from '../account-objects/form-conditions.ts';
import type { CustomFieldValue, Field } from '../entities.ts';
import { blankInPortal } from '../errors.ts';
import { isBlankValue } from '../fields/field-values.ts';
import { propertyOf } from '../fields/system-fields.ts';
import { isEditableInPortal, isRequiredInPortal } from '../wire-fields.ts';
import type { RequestDraft } from './request-service.ts';

interface Form {
  readonly ticket_field_ids: readonly number[] | null;
  readonly end_user_conditions: readonly FormCondition[];
}

/**
 * End users fill in what the fields of the form require of them, all of it named at once; of others the subject alone is asked
 * (reported by users of the API). What conditions of the form hide is not required, and some of what they show is: the Help Center
 * sends its forms the same way (inferred). @throws ApiError 422
 */
export function checkAsked(
  { fields, form, isStaff }: { readonly fields: readonly Field[]; readonly form: Form | undefined; readonly isStaff: boolean },
  draft: RequestDraft,
  customFields: readonly CustomFieldValue[],
): void {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const valueOf = (id: number): unknown => {
    const field = byId.get(id);
    if (!field?.system) return customFields.find((each) => Number(each.id) === id)?.value;
    const property = askedBy(field);
    return property && draft[property]?.trim();
  };
  const need = needsBy(form?.end_user_conditions ?? [], valueOf, ({ is_required: required = false }) => required);
  const isAsked = (field: Field): boolean => {
    // Every form has it.
    const isSubject = field.system && field.type === 'subject';
    if (isStaff) return isSubject;
    const isOnForm = isSubject || (form?.ticket_field_ids?.includes(field.id) ?? true);
    const isOpen = field.active && isEditableInPortal(field) && isOnForm;
    if (!isOpen || (field.system && askedBy(field) === undefined)) return false;
    const needed = need(field.id);
    return needed === 'required' || (needed === 'shown' && isRequiredInPortal(field));
  };
  const missing = fields.filter((field) => isAsked(field) && isBlankValue(valueOf(field.id)));
  if (missing.length === 0) return;
  throw blankInPortal(missing.map((field) => ({ title: field.title, key: askedBy(field) ?? field.id })));
}

/** The property of a request that a system field asks for: what is described is the comment's matter, and who works on it the agents'. */
function askedBy(field: Field): 'subject' | 'type' | 'priority' | undefined {
  const property = propertyOf(field);
  return property === 'group_id' || property === 'assignee_id' ? undefined : property;
}
