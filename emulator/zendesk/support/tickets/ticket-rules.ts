import type { SupportContext } from '../context.ts';
import type { TicketPatch } from '../drafts.ts';
import type { Actor, Audit, AuditEvent, Comment, Ticket } from '../entities.ts';
import type { AgentMacroReference } from './audit-events.ts';
import { ticketChanges } from './ticket-events.ts';
import { journalTicket } from './ticket-journal.ts';

/** Who rules are when they act. */
export const RULE_ACTOR: Actor = { userId: null, via: 'rule' };

/** A write of a ticket that is about to be stored: business rules may add to it. */
export interface TicketWrite {
  readonly account: string;
  /** Undefined for a new ticket. */
  readonly before: Ticket | undefined;
  /** As the write leaves it. */
  readonly ticket: Ticket;
  /** What is going to be its history. */
  readonly audit: Audit;
  readonly actor: Actor;
  readonly ids: () => number;
  /** The ticket after a rule's change. @throws ApiError for a change that Zendesk refuses */
  readonly change: (ticket: Ticket, patch: TicketPatch) => { readonly ticket: Ticket; readonly comments: readonly Comment[] };
}

/** What rules made of a write. */
export interface RuledWrite {
  readonly ticket: Ticket;
  /** In the order in which they came about, each with the `via` of its rule. */
  readonly events: readonly AuditEvent[];
  /** To be called when the write and what rules did are journaled: whatever else they ask for. */
  readonly after: () => void;
}

/** Undefined when no rule had anything to do. */
export type TicketRules = (write: TicketWrite) => RuledWrite | undefined;

/** What the room of business rules does for tickets. */
export interface BusinessRules {
  readonly onWrite: TicketRules;
  /** The macros that a write says were applied, in the form of its history, and counts their use. Unknown ids are left out. */
  readonly macrosApplied: (account: string, macroIds: readonly number[], ids: () => number) => AgentMacroReference[];
}

/** The macros that a write names by `macro_id` or `macro_ids`. */
export function macroEvents(
  rules: BusinessRules | undefined,
  account: string,
  { macro_id: one, macro_ids: many }: TicketPatch,
  ids: () => number,
): AgentMacroReference[] {
  if (!rules || (!many && !one)) return [];
  const named = [...new Set([...(many ?? []), ...(one ? [one] : [])])];
  return named.length === 0 ? [] : rules.macrosApplied(account, named, ids);
}

export interface WriteToStore {
  readonly ticket: Ticket;
  readonly audit: Audit;
  /** Journals what the rules did, after the write itself. */
  readonly tell: () => void;
}

/** The write with what the rules add, as one history. */
export function withRules(context: SupportContext, rules: BusinessRules | undefined, write: TicketWrite): WriteToStore {
  const { account, audit } = write;
  const ruled = rules?.onWrite(write);
  if (!ruled) return { ticket: write.ticket, audit, tell: () => undefined };
  const { ticket, events, after } = ruled;
  const changes = ticketChanges(write.ticket, ticket);
  const tell = (): void => {
    if (changes.length > 0 || ticket.comment_count > write.ticket.comment_count)
      journalTicket(context, { account, kind: 'ticket.updated', ticket, audit: { ...audit, events }, actor: RULE_ACTOR, changes });
    after();
  };
  return { ticket, audit: { ...audit, events: [...audit.events, ...events] }, tell };
}
