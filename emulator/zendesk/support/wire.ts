/** Entities as REST shows them: integer ids, lower-case enums, every key present, in the recorded order. */
import type {
  Attachment,
  Comment,
  Audit,
  AuditEvent,
  Field,
  FieldValue,
  Group,
  Identity,
  Organization,
  Ticket,
  User,
  Via,
  ViaEnd,
} from './entities.ts';
import { spokenBy } from './languages.ts';
import { shownValues } from './fields/field-values.ts';
import { isComment } from './tickets/comments.ts';
import { formatPhone } from './people/phone.ts';
import { viaChannel } from './tickets/via.ts';

export type Json = Record<string, unknown>;

/** Everything before `/api/v2`, and the account's custom fields of the kind shown. */
export interface WireScope {
  readonly base: string;
  readonly fields: readonly Field[];
}

const url = (base: string, path: string): string => `${base}/api/v2/${path}.json`;

/** Cursor lists omit `fields`, which repeats `custom_fields` (recorded). */
export function wireTicket(ticket: Ticket, { base, fields }: WireScope, kind: 'single' | 'offset' | 'cursor' = 'single'): Json {
  const values = new Map<number, FieldValue>(ticket.custom_fields.map((field) => [field.id, field.value]));
  const customFields = fields.filter((field) => field.active).map((field) => ({ id: field.id, value: values.get(field.id) ?? null }));
  return {
    url: url(base, `tickets/${ticket.id}`),
    id: ticket.id,
    external_id: ticket.external_id,
    via: wireVia(ticket.via),
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    generated_timestamp: ticket.generated_timestamp,
    type: ticket.type,
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: ticket.description,
    priority: ticket.priority,
    status: ticket.status,
    recipient: ticket.recipient,
    requester_id: ticket.requester_id,
    submitter_id: ticket.submitter_id,
    assignee_id: ticket.assignee_id,
    organization_id: ticket.organization_id,
    group_id: ticket.group_id,
    collaborator_ids: [...new Set([...ticket.email_cc_ids, ...ticket.follower_ids])],
    follower_ids: ticket.follower_ids,
    email_cc_ids: ticket.email_cc_ids,
    forum_topic_id: null,
    problem_id: ticket.problem_id,
    has_incidents: ticket.has_incidents,
    is_public: ticket.is_public,
    due_at: ticket.due_at,
    tags: ticket.tags,
    custom_fields: customFields,
    satisfaction_rating: ticket.satisfaction ?? null,
    sharing_agreement_ids: [],
    custom_status_id: ticket.custom_status_id,
    encoded_id: ticket.encoded_id,
    ...(kind === 'cursor' ? {} : { fields: customFields }),
    followup_ids: ticket.followup_ids,
    ticket_form_id: ticket.ticket_form_id,
    brand_id: ticket.brand_id,
    allow_channelback: ticket.allow_channelback,
    allow_attachments: true,
    from_messaging_channel: ticket.from_messaging_channel,
    support_type: ticket.support_type,
  };
}

export function wireVia(via: Via): Json {
  const { from, to, rel } = via.source;
  return { channel: viaChannel(via.via_id), source: { from: wireEnd(from), to: wireEnd(to), rel } };
}

/** Phones come with their human form (Talk dossier §9.4). */
function wireEnd(end: ViaEnd): ViaEnd {
  if (end.phone === undefined || end.formatted_phone !== undefined) return end;
  return { formatted_phone: end.phone === null ? null : formatPhone(end.phone), ...end };
}

/** Where a file's content is, for whoever knows. */
export function contentUrl({ token, file_name }: Pick<Attachment, 'token' | 'file_name'>, base: string): string {
  return `${base}/attachments/token/${token}/?name=${encodeURIComponent(file_name)}`;
}

/** What is no image has neither width nor height. */
export function wireAttachment(attachment: Attachment, base: string): Json {
  const { id, file_name, content_type, size, width = null, height = null } = attachment;
  const { inline = false, deleted = false, malware_access_override = false } = attachment;
  const content_url = contentUrl(attachment, base);
  const file = { id, file_name, content_url, mapped_content_url: content_url, content_type, size, width, height };
  const scan = { malware_access_override, malware_scan_result: 'not_scanned' };
  return { url: url(base, `attachments/${id}`), ...file, inline, deleted, ...scan, thumbnails: [] };
}

/** `data.via_id` is the only place where the integer is readable (recorded). */
function commentBody(comment: Comment, audit: Audit, base: string, withInline = false): Json {
  return {
    id: comment.id,
    type: comment.type,
    author_id: comment.author_id,
    body: comment.body,
    html_body: comment.html_body,
    plain_body: comment.plain_body,
    public: comment.public,
    attachments: shownFiles(comment, withInline).map((attachment) => wireAttachment(attachment, base)),
    ...(comment.data
      ? {
          data: { via_id: audit.via.via_id, ...comment.data },
          formatted_from: comment.formatted_from,
          formatted_to: comment.formatted_to,
          transcription_visible: comment.transcription_visible,
          trusted: comment.trusted,
        }
      : {}),
    audit_id: comment.audit_id,
  };
}

/** Files that the comment's HTML shows are listed only when asked for (`include_inline_images`, documented). */
function shownFiles({ attachments = [] }: Comment, withInline: boolean): readonly Attachment[] {
  return attachments.filter(({ inline }) => withInline || !inline);
}

export function wireComment(comment: Comment, audit: Audit, base: string, withInline = false): Json {
  return {
    ...commentBody(comment, audit, base, withInline),
    via: wireVia(comment.via ?? audit.via),
    created_at: audit.created_at,
    metadata: audit.metadata,
  };
}

export function wireAudit(audit: Audit, base: string): Json {
  return {
    id: audit.id,
    ticket_id: audit.ticket_id,
    created_at: audit.created_at,
    author_id: audit.author_id,
    metadata: audit.metadata,
    events: audit.events.map((event) => wireEvent(event, audit, base)),
    via: wireVia(audit.via),
  };
}

/** Events that a rule brought about carry their own origin (documented). */
function wireEvent(event: AuditEvent, audit: Audit, base: string): Json {
  const shown = isComment(event) ? commentBody(event, audit, base) : { ...event };
  return 'via' in event && event.via ? { ...shown, via: wireVia(event.via) } : shown;
}

/** The view of agents and admins. */
export function wireUser(user: User, { base, fields }: WireScope): Json {
  const { id: locale_id, locale } = spokenBy(user);
  return {
    id: user.id,
    url: url(base, `users/${user.id}`),
    name: user.name,
    email: user.email,
    created_at: user.created_at,
    updated_at: user.updated_at,
    time_zone: user.time_zone,
    iana_time_zone: user.iana_time_zone,
    phone: user.phone,
    shared_phone_number: user.shared_phone_number,
    photo: user.photo ? wireAttachment(user.photo, base) : null,
    locale_id,
    locale,
    organization_id: user.organization_id,
    role: user.role,
    verified: user.verified,
    external_id: user.external_id,
    tags: user.tags,
    alias: user.alias,
    active: user.active,
    shared: false,
    shared_agent: false,
    last_login_at: user.last_login_at,
    two_factor_auth_enabled: null,
    signature: user.signature,
    details: user.details,
    notes: user.notes,
    role_type: user.role_type,
    custom_role_id: user.custom_role_id,
    moderator: user.moderator,
    ticket_restriction: user.ticket_restriction,
    only_private_comments: user.only_private_comments,
    restricted_agent: user.restricted_agent,
    suspended: user.suspended,
    default_group_id: user.default_group_id,
    report_csv: user.role === 'admin',
    user_fields: shownValues(fields, user.user_fields),
  };
}

const END_USER_KEYS = ['id', 'url', 'name', 'email', 'created_at', 'updated_at', 'time_zone', 'iana_time_zone', 'phone', 'shared_phone_number', 'photo', 'locale_id', 'locale', 'organization_id', 'role', 'verified']; // prettier-ignore

/** What an end user sees of a user: a shorter object. */
export function wireUserForEndUser(user: User, scope: WireScope): Json {
  const whole = wireUser(user, scope);
  return Object.fromEntries(END_USER_KEYS.map((key) => [key, whole[key]]));
}

/** `users/me` without credentials. */
export function wireAnonymous(base: string): Json {
  return {
    id: null,
    url: url(base, 'users/'),
    name: 'Anonymous user',
    email: 'invalid@example.com',
    created_at: null,
    updated_at: null,
    time_zone: 'Eastern Time (US & Canada)',
    iana_time_zone: 'America/New_York',
    phone: null,
    shared_phone_number: null,
    photo: null,
    locale_id: 1,
    locale: 'en-US',
    organization_id: null,
    role: 'end-user',
    verified: false,
  };
}

export function wireIdentity(identity: Identity, base: string): Json {
  return {
    id: identity.id,
    url: url(base, `users/${identity.user_id}/identities/${identity.id}`),
    user_id: identity.user_id,
    type: identity.type,
    value: identity.value,
    verified: identity.verified,
    verification_method: identity.verified ? 'low' : 'none',
    verified_at: identity.verified ? (identity.verified_at ?? identity.created_at) : null,
    primary: identity.primary,
    created_at: identity.created_at,
    updated_at: identity.updated_at,
    ...(identity.type === 'email' ? { deliverable_state: 'deliverable', undeliverable_count: 0 } : {}),
  };
}

export function wireOrganization(organization: Organization, { base, fields }: WireScope): Json {
  const { id, name, shared_tickets, shared_comments, external_id, created_at, updated_at, domain_names, details, notes, group_id, tags } =
    organization;
  const head = { url: url(base, `organizations/${id}`), id, name, shared_tickets, shared_comments, external_id };
  const rest = { created_at, updated_at, domain_names, details, notes, group_id, tags };
  return { ...head, ...rest, organization_fields: shownValues(fields, organization.organization_fields) };
}

export function wireGroup(group: Group, base: string): Json {
  const { id, is_public, name, description, deleted, created_at, updated_at } = group;
  return { url: url(base, `groups/${id}`), id, is_public, name, description, default: group.default, deleted, created_at, updated_at };
}
