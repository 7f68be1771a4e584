import type { StoredUser } from '../collections.ts';
import { isComment } from '../tickets/comments.ts';
import type { Audit, AuditEvent, Ticket, Via } from '../entities.ts';
import { viaChannel } from '../tickets/via.ts';
import { type Json, wireAttachment, wireTicket, wireUser, type WireScope } from '../wire.ts';

/** A deleted ticket is exported with its text gone (recorded). */
export function exportedTicket(ticket: Ticket, scope: WireScope): Json {
  const shown = wireTicket(ticket, scope);
  if (ticket.deleted_at === null) return shown;
  return { ...shown, status: 'deleted', subject: 'SCRUBBED', raw_subject: 'SCRUBBED', description: 'X' };
}

/** A deleted user says whether they are gone for good. */
export function exportedUser(user: StoredUser, scope: WireScope): Json {
  return { ...wireUser(user, scope), ...(user.active ? {} : { permanently_deleted: user.erased !== undefined }) };
}

/** One audit; comments are told of, and shown only with `include=comment_events` (vendor article "Incremental exports"). */
export function exportedEvent(audit: Audit, withComments: boolean, base: string): Json {
  return {
    id: audit.id,
    ticket_id: audit.ticket_id,
    timestamp: Math.floor(Date.parse(audit.created_at) / 1_000),
    created_at: audit.created_at,
    updater_id: audit.author_id,
    via: viaName(audit.via),
    system: audit.metadata.system,
    metadata: audit.metadata.custom,
    event_type: 'Audit',
    child_events: audit.events.map((event) => ({
      ...childOf(event, withComments, base),
      via: viaName('via' in event && event.via ? event.via : audit.via),
      via_reference_id: null,
    })),
  };
}

function childOf(event: AuditEvent, withComments: boolean, base: string): Json {
  if (!isComment(event) && event.type !== 'Create' && event.type !== 'Change') {
    const { type, ...rest } = event;
    return { ...rest, event_type: type };
  }
  if (!isComment(event)) {
    const previous = event.type === 'Change' ? { previous_value: event.previous_value ?? null } : {};
    return { id: event.id, event_type: event.type, [event.field_name]: event.value, ...previous };
  }
  const head = { id: event.id, event_type: event.type };
  if (!withComments) return { ...head, comment_present: true, comment_public: event.public };
  const { type, author_id, body, html_body, plain_body, audit_id } = event;
  const attachments = (event.attachments ?? []).map((attachment) => wireAttachment(attachment, base));
  return { ...head, type, author_id, body, html_body, plain_body, public: event.public, attachments, audit_id };
}

/** Here channels have a name for people (`Web service`; inferred). */
function viaName(via: Via): string {
  const channel = viaChannel(via.via_id).replaceAll('_', ' ');
  return channel === 'api' ? 'Web service' : channel.charAt(0).toUpperCase() + channel.slice(1);
}
