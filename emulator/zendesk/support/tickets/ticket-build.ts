import { isoSeconds } from '../../account/index.ts';
import type { TicketDraft, TicketPatch } from '../drafts.ts';
import type { Actor, Comment, Defaults, Priority, Status, Ticket, TicketType, User, Via } from '../entities.ts';
import { invalidValue } from '../errors.ts';
import { STATUSES } from './ticket-status.ts';
import { isVoiceVia, makeVia, VIA } from './via.ts';

const PRIORITIES: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
const TYPES: readonly TicketType[] = ['problem', 'incident', 'question', 'task'];
const SUPPORT_TYPES: readonly unknown[] = ['agent', 'ai_agent'];
const LONGEST_EXTERNAL_ID = 255;

/** Refuses enum values that Zendesk does not know. @throws ApiError 422 */
export function checkEnums(patch: TicketPatch & Pick<TicketDraft, 'support_type'>): void {
  if (patch.status !== undefined && !STATUSES.includes(patch.status)) throw invalidValue('status', 'Status', patch.status);
  if (patch.priority && !PRIORITIES.includes(patch.priority)) throw invalidValue('priority', 'Priority', patch.priority);
  if (patch.type && !TYPES.includes(patch.type)) throw invalidValue('type', 'Type', patch.type);
  if (patch.support_type && !SUPPORT_TYPES.includes(patch.support_type))
    throw invalidValue('support_type', 'Support type', patch.support_type);
  if (patch.due_at && Number.isNaN(momentOf(patch.due_at))) throw invalidValue('due_at', 'Due At', patch.due_at);
  if (patch.external_id && String(patch.external_id).length > LONGEST_EXTERNAL_ID)
    throw invalidValue('external_id', 'External', patch.external_id);
}

/** The first moment of the year 10000, and that of the year 0: what lies outside has no time of four-digit years. */
const [TOO_LATE, EARLIEST] = [Date.parse('+010000-01-01T00:00:00Z'), Date.parse('0000-01-01T00:00:00Z')];

/** Milliseconds since the epoch; not a number for a text that is no time, and for a year that has not four digits. */
export function momentOf(text: string): number {
  const at = Date.parse(text);
  return at >= EARLIEST && at < TOO_LATE ? at : Number.NaN;
}

/** Where a new ticket comes from: what the draft says, else how the actor reached Zendesk. */
export function ticketVia(draft: TicketDraft, actor: Actor): Via {
  if (draft.via_id === undefined)
    return makeVia(actor.via === 'api' ? VIA.api : actor.via === 'talk' ? VIA.inboundCall : VIA.web, draft.via?.source);
  if (isVoiceVia(draft.via_id) && !draft.via && draft.voice_comment) {
    const { from, to } = draft.voice_comment;
    return makeVia(draft.via_id, { from: from ? { phone: from } : {}, to: to ? { phone: to } : {} });
  }
  return makeVia(draft.via_id, draft.via?.source);
}

/** How an audit came about. Audits and comments of the API name the requester (recorded), who is asked for only then. */
export function auditVia(actor: Actor, ticket: Pick<Ticket, 'via'>, requesterOf: () => User | undefined, creating: boolean): Via {
  if (creating && ticket.via.via_id !== VIA.api) return ticket.via;
  if (actor.via === 'talk') return ticket.via;
  if (actor.via === 'rule') return makeVia(VIA.rule);
  if (actor.via !== 'api') return makeVia(VIA.web);
  const requester = requesterOf();
  return makeVia(VIA.api, { to: requester ? { name: requester.name, address: requester.email } : {} });
}

/** The latest time asked for, and its seconds: most records of a moment are of the same one. */
const latest = { iso: '', seconds: Number.NaN };

/** Whole seconds since the epoch, as `generated_timestamp` tells them. */
export function secondsOf(iso: string): number {
  if (iso !== latest.iso) {
    latest.seconds = Math.floor(Date.parse(iso) / 1000);
    latest.iso = iso;
  }
  return latest.seconds;
}

export interface NewTicket {
  id: number;
  encodedId: string;
  via: Via;
  now: string;
  defaults: Defaults;
  brandId: number;
  requester: User;
  submitterId: number;
  assignee: User | null;
  status: Status;
  customStatusId: number;
  /** The group that new tickets of an organization's users are put into (documented); null for none. */
  groupOf: (organizationId: number) => number | null;
  comments: readonly Comment[];
}

/** The ticket that a draft makes; people, fields and tags are filled in by the service. */
export function newTicket(draft: TicketDraft, made: NewTicket): Ticket {
  const [first] = made.comments;
  const organizationId = draft.organization_id === undefined ? made.requester.organization_id : draft.organization_id;
  const usual = (): number | null => {
    if (made.assignee) return made.assignee.default_group_id;
    return organizationId === null ? null : made.groupOf(organizationId);
  };
  return {
    id: made.id,
    external_id: draft.external_id === undefined || draft.external_id === null ? null : String(draft.external_id),
    via: made.via,
    created_at: made.now,
    updated_at: made.now,
    generated_timestamp: secondsOf(made.now),
    type: draft.type ?? null,
    subject: draft.subject ?? null,
    description: first?.body ?? '',
    priority: draft.priority ?? null,
    status: made.status,
    recipient: draft.recipient ?? null,
    requester_id: made.requester.id,
    submitter_id: made.submitterId,
    assignee_id: made.assignee?.id ?? null,
    organization_id: organizationId,
    group_id: draft.group_id ?? usual(),
    follower_ids: [],
    email_cc_ids: [],
    problem_id: draft.type === 'incident' ? (draft.problem_id ?? null) : null,
    has_incidents: false,
    is_public: draft.is_public ?? made.comments.some((comment) => comment.public),
    due_at: draft.type === 'task' ? (dueAt(draft.due_at) ?? null) : null,
    tags: [],
    custom_fields: [],
    custom_status_id: made.customStatusId,
    followup_ids: [],
    ticket_form_id: draft.ticket_form_id ?? made.defaults.ticket_form_id,
    brand_id: draft.brand_id ?? made.brandId,
    allow_channelback: false,
    from_messaging_channel: false,
    support_type: draft.support_type || 'agent',
    encoded_id: made.encodedId,
    comment_count: made.comments.length,
    deleted_at: null,
  };
}

function dueAt(text: string | null | undefined): string | null | undefined {
  return text ? isoSeconds(momentOf(text)) : text;
}

type PlainProperty =
  'subject' | 'type' | 'priority' | 'recipient' | 'group_id' | 'due_at' | 'brand_id' | 'ticket_form_id' | 'external_id' | 'problem_id';

/**
 * The properties that an update may set just like that, as they are after it. A priority never goes back to none (vendor article "About
 * native system ticket rules"; that such a write is passed over is inferred).
 */
export function plainProperties(before: Ticket, patch: TicketPatch): Pick<Ticket, PlainProperty> {
  const { subject = before.subject, type = before.type, recipient = before.recipient } = patch;
  const { group_id = before.group_id, external_id = before.external_id, problem_id = before.problem_id } = patch;
  const due = type === 'task' ? dueAt(patch.due_at) : null;
  return {
    subject,
    type,
    priority: patch.priority || before.priority,
    recipient,
    group_id,
    due_at: due === undefined ? before.due_at : due,
    brand_id: patch.brand_id || before.brand_id,
    ticket_form_id: patch.ticket_form_id || before.ticket_form_id,
    external_id: external_id === null ? null : String(external_id),
    problem_id: (patch.type ?? before.type) === 'incident' ? problem_id : null,
  };
}
