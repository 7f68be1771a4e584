import type { Attachment, Status } from '../entities.ts';
import type { FormCondition } from './form-conditions.ts';

/** Custom statuses, ticket forms and brands of an account. Property names are the vendor's. */

export type StatusCategory = Exclude<Status, 'closed'>;

export interface CustomStatus {
  readonly id: number;
  readonly status_category: StatusCategory;
  readonly agent_label: string;
  readonly end_user_label: string;
  readonly description: string;
  readonly end_user_description: string;
  readonly active: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CustomStatusDraft {
  status_category?: string | null;
  agent_label?: string | null;
  end_user_label?: string | null;
  description?: string | null;
  end_user_description?: string | null;
  active?: boolean;
}

export interface TicketForm {
  readonly id: number;
  readonly name: string;
  /** What end users read. */
  readonly display_name: string;
  readonly end_user_visible: boolean;
  readonly position: number;
  /** Null: every active field. */
  readonly ticket_field_ids: readonly number[] | null;
  readonly active: boolean;
  readonly in_all_brands: boolean;
  readonly restricted_brand_ids: readonly number[];
  readonly agent_conditions: readonly FormCondition[];
  readonly end_user_conditions: readonly FormCondition[];
  readonly created_at: string;
  readonly updated_at: string;
}

export type TicketFormDraft = { -readonly [Key in keyof Omit<TicketForm, 'id' | 'created_at' | 'updated_at'>]?: TicketForm[Key] | null } & {
  default?: boolean;
};

export interface Brand {
  readonly id: number;
  readonly name: string;
  readonly subdomain: string;
  readonly host_mapping: string | null;
  readonly active: boolean;
  readonly signature_template: string;
  readonly ticket_form_ids: readonly number[] | null;
  readonly is_deleted: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly logo?: Attachment;
}

export interface BrandDraft {
  name?: string | null;
  subdomain?: string | null;
  host_mapping?: string | null;
  active?: boolean;
  signature_template?: string | null;
  ticket_form_ids?: readonly number[] | null;
  default?: boolean;
}

/** A custom status that a ticket form offers. */
export interface FormStatus {
  /** ULID (the vendor's example). */
  readonly id: string;
  /** 1, 2, 3 … in each account. */
  readonly position: number;
  readonly ticket_form_id: number;
  readonly custom_status_id: number;
}

/** Without an id one more, with it that one: another status, or gone. */
export interface FormStatusChange {
  readonly id?: string;
  readonly custom_status_id?: number;
  readonly isGone?: boolean;
}
