import type { JourneyId } from '../../../core/ids.ts';
import type { Journeys } from '../../../core/journeys.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, Audit, Comment, Ticket, TicketChange, TicketEventData } from '../entities.ts';
import { commentsOf } from './comments.ts';

/** Joins the ticket, its requester and organization to a journey, so that whoever reads them is found with it. */
export function linkTicket(journeys: Journeys, journey: JourneyId, ticket: Ticket): void {
  journeys.link(journey, `ticket:${ticket.id}`);
  journeys.link(journey, `user:${ticket.requester_id}`);
  if (ticket.organization_id !== null) journeys.link(journey, `organization:${ticket.organization_id}`);
}

export interface TicketEntry {
  account: string;
  kind:
    | 'ticket.created'
    | 'ticket.updated'
    | 'ticket.deleted'
    | 'ticket.restored'
    | 'ticket.permanently_deleted'
    | 'ticket.marked_as_spam'
    | 'ticket.merged'
    | 'ticket.imported'
    | 'ticket.comment_redacted'
    | 'ticket.comment_made_private'
    | 'ticket.attachment_redacted';
  ticket: Ticket;
  audit: Audit;
  actor: Actor;
  changes?: readonly TicketChange[];
  touched?: TicketEventData['touched'];
  mergedInto?: number;
}

const WORDS: Readonly<Record<Comment['type'], string>> = {
  Comment: 'comment',
  VoiceComment: 'voice comment',
  TpeVoiceComment: 'tpe voice comment',
};

/** Journals one action on a ticket: the ticket's own entry, then `comment.added` for each comment, one sequence for all. */
export function journalTicket(context: SupportContext, entry: TicketEntry): void {
  const { account, ticket, audit, actor } = entry;
  const { core } = context;
  const comments = commentsOf(audit);
  const about: TicketEventData = { ticket, actorId: actor.userId, sequence: context.sequence(audit.id) };
  const common = { account, journey: core.journeys.find(account, `ticket:${ticket.id}`) ?? null, from: 'zendesk' };
  core.journal.append<TicketEventData>({
    ...common,
    kind: entry.kind,
    label: labelOf(entry),
    data: {
      ...about,
      ...(entry.changes ? { changes: entry.changes } : {}),
      ...(comments[0] ? { comment: comments[0] } : {}),
      ...(entry.touched ? { touched: entry.touched } : {}),
      ...(entry.mergedInto === undefined ? {} : { mergedInto: entry.mergedInto }),
    },
  });
  for (const comment of comments) {
    core.journal.append<TicketEventData>({
      ...common,
      kind: 'comment.added',
      label: `ticket ${ticket.id}: ${comment.public ? 'public' : 'private'} ${WORDS[comment.type]}`,
      data: { ...about, comment },
    });
  }
}

function labelOf({ kind, ticket, changes }: TicketEntry): string {
  const what = kind.slice('ticket.'.length).replaceAll('_', ' ');
  if (!changes) return `ticket ${ticket.id} ${what}: ${ticket.subject ?? '(no subject)'}`;
  return `ticket ${ticket.id} ${what}: ${changes.map((change) => change.field).join(', ') || 'comment'}`;
}
