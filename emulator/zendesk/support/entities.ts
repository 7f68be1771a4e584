/** What the support room stores. Property names are the vendor's; what is only computed for an answer is in `wire.ts`. */
import type { JourneyId } from '../../core/ids.ts';
import type { ActorLimits } from './access/actor-limits.ts';
import type { OtherEvent } from './tickets/audit-events.ts';

export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type TicketType = 'problem' | 'incident' | 'question' | 'task';
export type Role = 'end-user' | 'agent' | 'admin';

/** One end of a ticket's origin: a phone line or caller, a mail address, a followed-up ticket, a rule. */
export interface ViaEnd {
  phone?: string | null;
  formatted_phone?: string | null;
  name?: string | null;
  address?: string | null;
  brand_id?: number;
  ticket_id?: number;
  subject?: string | null;
  id?: number;
  title?: string;
}

/** Where a ticket, comment or audit came from. `via_id` is never shown over REST (voice comments excepted). */
export interface Via {
  readonly via_id: number;
  readonly source: { readonly from: ViaEnd; readonly to: ViaEnd; readonly rel: string | null };
}

export type FieldValue = string | number | boolean | null | readonly string[];

export interface CustomFieldValue {
  readonly id: number;
  readonly value: FieldValue;
}

export interface Ticket {
  readonly id: number;
  readonly external_id: string | null;
  readonly via: Via;
  readonly created_at: string;
  readonly updated_at: string;
  readonly generated_timestamp: number;
  readonly type: TicketType | null;
  readonly subject: string | null;
  /** The first comment's text. */
  readonly description: string;
  readonly priority: Priority | null;
  readonly status: Status;
  readonly recipient: string | null;
  readonly requester_id: number;
  readonly submitter_id: number;
  readonly assignee_id: number | null;
  readonly organization_id: number | null;
  readonly group_id: number | null;
  readonly follower_ids: readonly number[];
  readonly email_cc_ids: readonly number[];
  readonly problem_id: number | null;
  readonly has_incidents: boolean;
  readonly is_public: boolean;
  readonly due_at: string | null;
  readonly tags: readonly string[];
  /** Only the fields that have a value. */
  readonly custom_fields: readonly CustomFieldValue[];
  readonly custom_status_id: number;
  readonly followup_ids: readonly number[];
  readonly ticket_form_id: number;
  readonly brand_id: number;
  readonly allow_channelback: boolean;
  readonly from_messaging_channel: boolean;
  readonly support_type: 'agent' | 'ai_agent' | null;
  readonly encoded_id: string;
  readonly comment_count: number;
  /** When it was soft-deleted. */
  readonly deleted_at: string | null;
  /** Once the requester was asked to rate it (`offered`, the score alone), or has rated it. */
  readonly satisfaction?: { readonly id?: number; readonly score: string; readonly comment?: string | null };
}

/** `data` of a voice comment (Talk dossier §9.5). */
export interface VoiceData {
  from?: string | null;
  to?: string | null;
  recording_url?: string | null;
  recording_type?: string | null;
  recording_duration?: number | null;
  recorded?: boolean;
  started_at?: string | null;
  /** Seconds. */
  call_duration?: number | null;
  call_id?: number | null;
  answered_by_id?: number | null;
  answered_by_name?: string | null;
  transcription_text?: string | null;
  transcription_status?: string | null;
  location?: string | null;
  author_id?: number | null;
  public?: boolean;
  brand_id?: number | null;
  via_id?: number | null;
  line_type?: string | null;
  overflow_to?: string | null;
}

/** A file of a comment; its content lies apart, under the token. */
export interface Attachment {
  readonly id: number;
  readonly file_name: string;
  readonly content_type: string;
  /** Bytes. */
  readonly size: number;
  /** Opens the content to whoever knows it. */
  readonly token: string;
  /** Pixels; images only. */
  readonly width?: number;
  readonly height?: number;
  /** Shown inside the comment's HTML; listed only when asked for. */
  readonly inline?: boolean;
  /** Its content is gone. */
  readonly deleted?: boolean;
  readonly malware_access_override?: boolean;
}

/** A comment is an event of an audit; this is the whole of it. */
export interface Comment {
  readonly id: number;
  readonly type: 'Comment' | 'VoiceComment' | 'TpeVoiceComment';
  readonly author_id: number;
  readonly body: string;
  readonly html_body: string;
  readonly plain_body: string;
  readonly public: boolean;
  readonly audit_id: number;
  /** Only when a rule said it; otherwise it came as its audit did. */
  readonly via?: Via;
  /** Only when there are some. */
  readonly attachments?: readonly Attachment[];
  /** Voice comments only. */
  readonly data?: VoiceData;
  readonly formatted_from?: string;
  readonly formatted_to?: string;
  readonly transcription_visible?: boolean;
  readonly trusted?: boolean;
}

export type EventValue = string | readonly string[] | null;

export interface FieldEvent {
  readonly id: number;
  readonly type: 'Create' | 'Change';
  readonly field_name: string;
  readonly value: EventValue;
  readonly previous_value?: EventValue;
  /** Only when a rule caused it. */
  readonly via?: Via;
}

export type AuditEvent = Comment | FieldEvent | OtherEvent;

/** One change of a ticket with everything that it did. */
export interface Audit {
  readonly id: number;
  readonly ticket_id: number;
  readonly created_at: string;
  readonly author_id: number;
  readonly metadata: { readonly system: Readonly<Record<string, unknown>>; readonly custom: Readonly<Record<string, unknown>> };
  readonly events: readonly AuditEvent[];
  readonly via: Via;
}

export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly time_zone: string;
  readonly iana_time_zone: string;
  /** What they speak (`languages.ts`); absent: English. */
  readonly locale_id?: number;
  readonly photo?: Attachment;
  readonly phone: string | null;
  /** True: shared by several users, no identity. False: a direct line. Null: no phone. */
  readonly shared_phone_number: boolean | null;
  readonly organization_id: number | null;
  readonly role: Role;
  readonly verified: boolean;
  readonly external_id: string | null;
  readonly tags: readonly string[];
  readonly alias: string | null;
  readonly active: boolean;
  readonly last_login_at: string | null;
  readonly signature: string | null;
  readonly details: string | null;
  readonly notes: string | null;
  readonly role_type: number | null;
  readonly custom_role_id: number | null;
  readonly moderator: boolean;
  readonly ticket_restriction: string | null;
  readonly only_private_comments: boolean;
  readonly restricted_agent: boolean;
  readonly suspended: boolean;
  readonly default_group_id: number | null;
  /** Only the fields that have a value, by key. */
  readonly user_fields: Readonly<Record<string, FieldValue>>;
}

export type IdentityType =
  'email' | 'twitter' | 'facebook' | 'google' | 'phone_number' | 'agent_forwarding' | 'any_channel' | 'foreign' | 'sdk' | 'messaging';

export interface Identity {
  readonly id: number;
  readonly user_id: number;
  readonly type: IdentityType;
  readonly value: string;
  readonly verified: boolean;
  readonly verified_at?: string;
  /** One of each type (inferred). */
  readonly primary: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Organization {
  readonly id: number;
  readonly name: string;
  readonly shared_tickets: boolean;
  readonly shared_comments: boolean;
  readonly external_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly domain_names: readonly string[];
  readonly details: string | null;
  readonly notes: string | null;
  readonly group_id: number | null;
  readonly tags: readonly string[];
  /** Only the fields that have a value, by key. */
  readonly organization_fields: Readonly<Record<string, FieldValue>>;
}

export interface Group {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly is_public: boolean;
  readonly default: boolean;
  readonly deleted: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface GroupMembership {
  readonly id: number;
  readonly user_id: number;
  readonly group_id: number;
  readonly default: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export type FieldOwner = 'user' | 'organization' | 'ticket';

export interface FieldOption {
  readonly id: number;
  readonly name: string;
  readonly value: string;
  readonly position: number;
}

/** How a ticket field is shown to agents and, in the portal, to end users. */
export interface FieldDisplay {
  readonly agent_description: string;
  readonly collapsed_for_agents: boolean;
  readonly title_in_portal: string;
  readonly visible_in_portal: boolean;
  readonly editable_in_portal: boolean;
  readonly required_in_portal: boolean;
}

/** A user, organization or ticket field. */
export interface Field {
  readonly id: number;
  readonly owner: FieldOwner;
  /** Null for system ticket fields. */
  readonly key: string | null;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly position: number;
  readonly active: boolean;
  readonly system: boolean;
  readonly required: boolean;
  readonly regexp_for_validation: string | null;
  readonly options: readonly FieldOption[];
  /** Checkbox fields: the tag that a ticked box adds. */
  readonly tag: string | null;
  /** Ticket fields: how agents and end users see them, as far as it was ever written. */
  readonly display?: Partial<FieldDisplay>;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Ids that every ticket of an account falls back to. */
export interface Defaults {
  readonly ticket_form_id: number;
  readonly group_id: number;
  /** The account's custom status of each category; `closed` uses solved's (inferred). */
  readonly custom_status_ids: Readonly<Record<Exclude<Status, 'closed'>, number>>;
  /** The category of each active custom status, once the account has others than those. */
  readonly status_categories?: Readonly<Record<string, Exclude<Status, 'closed'>>>;
  /** The brand that has the Help Center, once another than it is the default one. */
  readonly guide_brand_id?: number;
}

/** Who does something. */
export interface Actor {
  /** Null: the system. */
  readonly userId: number | null;
  readonly via: 'api' | 'talk' | 'web' | 'rule' | 'system';
  /** User-Agent and address of an API client, for the audit's metadata. */
  readonly client?: string;
  readonly ipAddress?: string;
  /** What an agent's role and restrictions keep them from; whoever has none may do anything. */
  readonly limits?: ActorLimits;
}

/** What `ticket.*` and `comment.added` journal entries carry. */
export interface TicketEventData {
  /** The ticket after the change. */
  readonly ticket: Ticket;
  /** `ticket.updated`: what changed, in the order of the audit. */
  readonly changes?: readonly TicketChange[];
  readonly comment?: Comment;
  /** The comment, and maybe its file, that was redacted or made private. */
  readonly touched?: { readonly commentId: number; readonly attachmentId?: number };
  /** `ticket.merged`: the ticket that it was merged into. */
  readonly mergedInto?: number;
  readonly actorId: number | null;
  /** The same for all entries of one action (`event.meta.sequence.id` of webhooks). */
  readonly sequence: string;
}

export interface TicketChange {
  /** Vendor property (`status`, `tags`, `assignee_id`, …); custom fields are `custom_fields.{id}`. */
  readonly field: string;
  readonly previous: unknown;
  readonly current: unknown;
}

/** What `user.*` and `organization.*` journal entries carry. */
export interface RecordEventData<Entity> {
  readonly record: Entity;
  readonly changes?: readonly TicketChange[];
  /** What else the entry is about: the identity, group or organization that came, changed or went (`people/user-journal.ts`). */
  readonly about?: Readonly<Record<string, unknown>>;
  readonly actorId: number | null;
  readonly sequence: string;
}

/** The journey that a draft's entries belong to from the first one on. */
export interface Journeyed {
  journey?: JourneyId;
}
