import type { Support } from '../index.ts';
import { type Json, wireAttachment } from '../wire.ts';
import type { Brand, CustomStatus, TicketForm } from './entities.ts';
import { conditionsOn } from './form-conditions.ts';

/** The account and everything before `/api/v2`. */
interface Scope {
  readonly account: string;
  readonly base: string;
}

export function wireCustomStatus({ statuses }: Support, { account, base }: Scope, status: CustomStatus): Json {
  const { id, agent_label, end_user_label, description, end_user_description } = status;
  return {
    url: `${base}/api/v2/custom_statuses/${id}.json`,
    id,
    status_category: status.status_category,
    agent_label,
    raw_agent_label: agent_label,
    end_user_label,
    raw_end_user_label: end_user_label,
    description,
    raw_description: description,
    end_user_description,
    raw_end_user_description: end_user_description,
    active: status.active,
    default: statuses.isDefault(account, status),
    created_at: status.created_at,
    updated_at: status.updated_at,
  };
}

export function wireTicketForm({ forms }: Support, { account, base }: Scope, form: TicketForm): Json {
  const { id, name, display_name, end_user_visible, position, active, in_all_brands, restricted_brand_ids } = form;
  const ids = forms.fieldsOf(account, form);
  const isThere = (fieldId: number): boolean => ids.includes(fieldId);
  return {
    url: `${base}/api/v2/ticket_forms/${id}.json`,
    id,
    name,
    raw_name: name,
    display_name,
    raw_display_name: display_name,
    end_user_visible,
    position,
    ticket_field_ids: ids,
    active,
    default: forms.isDefault(account, form),
    in_all_brands,
    restricted_brand_ids,
    agent_conditions: conditionsOn(form.agent_conditions, isThere),
    end_user_conditions: conditionsOn(form.end_user_conditions, isThere),
    created_at: form.created_at,
    updated_at: form.updated_at,
  };
}

/** One brand has the account's Help Center, once something is in it. */
export function wireBrand({ brands, forms, helpCenter }: Support, { account, base }: Scope, brand: Brand): Json {
  const { id, name, subdomain, host_mapping, active, is_deleted, signature_template, created_at, updated_at } = brand;
  const isDefault = brands.isDefault(account, brand);
  const guide = brands.hasGuide(account, brand) && helpCenter.categories.list(account).length > 0;
  return {
    url: `${base}/api/v2/brands/${id}.json`,
    id,
    name,
    brand_url: `https://${host_mapping ?? `${subdomain}.zendesk.com`}`,
    subdomain,
    host_mapping,
    has_help_center: guide,
    help_center_state: guide ? 'enabled' : 'disabled',
    active,
    default: isDefault,
    is_deleted,
    logo: brand.logo ? wireAttachment(brand.logo, base) : null,
    ticket_form_ids: brand.ticket_form_ids ?? formsOf(forms.list(account), id),
    signature_template,
    created_at,
    updated_at,
  };
}

function formsOf(forms: readonly TicketForm[], brandId: number): number[] {
  return forms.filter((form) => form.in_all_brands || form.restricted_brand_ids.includes(brandId)).map(({ id }) => id);
}
