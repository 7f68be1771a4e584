import type { StoredUser } from '../../collections.ts';
import type { Audit, FieldValue, Group, Organization, Ticket } from '../../entities.ts';
import { digitsOf } from '../../people/phone.ts';
import { commentsOf } from '../../tickets/comments.ts';
import { viaChannel, viaType } from '../../tickets/via.ts';
import { userLines } from './lines.ts';
import type { Entry } from './record-table.ts';

/** Zones of texts. The title is a ticket's subject or anybody's name. */
export const ZONE = { title: 0, description: 1, comment: 2, email: 3, notes: 4, details: 5, other: 6 } as const;
export const ALL_ZONES: readonly number[] = Object.values(ZONE);

export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
/** In alphabetical order, as they are sorted. */
export const TYPES = ['incident', 'problem', 'question', 'task'];

/** Columns of every table, and those of tickets behind them. */
export const TIMES = ['created', 'updated'];
export const TICKET_NUMBERS = [...TIMES, 'due_date', 'solved', 'status', 'priority', 'ticket_type'];

type Values = (readonly [keyword: string, value: string])[];

export function ticketEntry(ticket: Ticket, audits: readonly Audit[]): Entry {
  const comments = audits.flatMap(commentsOf);
  const values: Values = [
    ['submitter', String(ticket.submitter_id)],
    ['requester', String(ticket.requester_id)],
    ['brand', String(ticket.brand_id)],
    ['form', String(ticket.ticket_form_id)],
    ['custom_status', String(ticket.custom_status_id)],
    ['via', viaChannel(ticket.via.via_id)],
    ['via', viaType(ticket.via.via_id)],
    ['has_attachment', String(comments.some((comment) => (comment.attachments ?? []).length > 0))],
    ...satisfaction(ticket).map((value) => ['satisfaction', value] as const),
    ...given('assignee', ticket.assignee_id),
    ...given('organization', ticket.organization_id),
    ...given('group', ticket.group_id),
    ...given('problem', ticket.problem_id),
    ...given('external_id', ticket.external_id),
    ...given('recipient', ticket.recipient),
    ...ticket.tags.map((tag) => ['tags', tag] as const),
    ...[...ticket.email_cc_ids, ...ticket.follower_ids].map((id) => ['cc', String(id)] as const),
    ...[...new Set(comments.map((comment) => comment.author_id))].map((id) => ['commenter', String(id)] as const),
  ];
  const texts = [...ticket.tags];
  for (const { id, value } of ticket.custom_fields) {
    for (const keyword of [`custom_field_${id}`, 'fieldvalue']) values.push(...valuesOf(keyword, value));
    if (typeof value === 'string') texts.push(value);
  }
  return {
    id: ticket.id,
    numbers: [
      Date.parse(ticket.created_at),
      Date.parse(ticket.updated_at),
      ticket.due_at === null ? Number.NaN : Date.parse(ticket.due_at),
      solvedAt(ticket, audits),
      STATUSES.indexOf(ticket.status),
      rank(PRIORITIES, ticket.priority),
      rank(TYPES, ticket.type),
    ],
    values,
    texts: [
      [ZONE.title, filled([ticket.subject])],
      [ZONE.description, filled([ticket.description])],
      [ZONE.comment, comments.slice(1).map((comment) => comment.plain_body)],
      [ZONE.other, texts],
    ],
  };
}

export function userEntry(user: StoredUser): Entry {
  const values: Values = [
    ['role', user.role],
    ['verified', String(user.verified)],
    ['suspended', String(user.suspended)],
    ...given('email', user.email),
    ...given('external_id', user.external_id),
    ...given('organization', user.organization_id),
    ...given('group', user.default_group_id),
    ...user.tags.map((tag) => ['tags', tag] as const),
    ...Object.entries(user.user_fields).flatMap(([key, value]) => valuesOf(`field.${key}`, value)),
  ];
  return {
    id: user.id,
    numbers: times(user),
    values,
    texts: [
      [ZONE.title, [user.name]],
      [ZONE.email, filled([user.email])],
      [ZONE.notes, filled([user.notes])],
      [ZONE.details, filled([user.details])],
      [ZONE.other, filled([user.external_id, user.alias, ...user.tags])],
    ],
    lines: userLines(user, digitsOf),
  };
}

export function organizationEntry(organization: Organization): Entry {
  const { external_id, tags, domain_names, organization_fields } = organization;
  return {
    id: organization.id,
    numbers: times(organization),
    values: [
      ...given('external_id', external_id),
      ...tags.map((tag) => ['tags', tag] as const),
      ...domain_names.map((name) => ['domain_names', name] as const),
      ...Object.entries(organization_fields).flatMap(([key, value]) => valuesOf(`field.${key}`, value)),
    ],
    texts: [
      [ZONE.title, [organization.name]],
      [ZONE.notes, filled([organization.notes])],
      [ZONE.details, filled([organization.details])],
      [ZONE.other, filled([external_id, ...tags, ...domain_names])],
    ],
  };
}

export function groupEntry(group: Group): Entry {
  return { id: group.id, numbers: times(group), values: [], texts: [[ZONE.title, [group.name]]] };
}

/** `good`, `goodwithcomment`, …; `unoffered` while nobody was asked (vendor article "Zendesk Support search reference"). */
function satisfaction({ satisfaction: rating }: Ticket): string[] {
  if (!rating) return ['unoffered'];
  return rating.comment ? [rating.score, `${rating.score}withcomment`] : [rating.score];
}

function times(record: { readonly created_at: string; readonly updated_at: string }): number[] {
  return [Date.parse(record.created_at), Date.parse(record.updated_at)];
}

function rank(order: readonly string[], value: string | null): number {
  return value === null ? Number.NaN : order.indexOf(value);
}

function given(keyword: string, value: string | number | null): Values {
  return value === null || value === '' ? [] : [[keyword, String(value)]];
}

function valuesOf(keyword: string, value: FieldValue): Values {
  return [value].flat().flatMap((each) => given(keyword, each === null ? null : String(each)));
}

function filled(texts: readonly (string | null)[]): string[] {
  return texts.filter((text): text is string => text !== null && text !== '');
}

/** When it was last solved; NaN while it is not. */
function solvedAt(ticket: Ticket, audits: readonly Audit[]): number {
  if (ticket.status !== 'solved' && ticket.status !== 'closed') return Number.NaN;
  const audit = audits.findLast(({ events }) =>
    events.some((event) => 'field_name' in event && event.field_name === 'status' && event.value === 'solved'),
  );
  return Date.parse(audit?.created_at ?? '');
}
