import type { Ticket } from '../../support/index.ts';
import type { CallTicket } from '../calls/live-call.ts';
import type { CallerIdentity } from '../calls/side.ts';
import type { VoiceTickets } from '../tickets/voice-tickets.ts';
import type { Diagnostic, TicketHeader } from './ticket-header.ts';

const VIA_INBOUND_CALL = 34;

export interface TicketBinding {
  /** The ticket that the call is bound to; null when it gets one of its own. */
  readonly ticket: CallTicket | null;
  /** Whether the header names a ticket that exists. */
  readonly named: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Whether the call is bound to the ticket of its header (zendesk-talk §12.4): it must exist, be an incoming phone call
 * (via_id 34, documented) and not be closed. Another requester or another live call on it is only remarked on.
 */
export function bindTicket(
  tickets: VoiceTickets,
  o: { account: string; header: TicketHeader; caller: CallerIdentity; linkedToLiveCall: (ticketId: number) => boolean },
): TicketBinding {
  const { account, header, caller } = o;
  if (header.ticketId === null) return { ticket: null, named: false, diagnostics: header.diagnostics };
  const ticket = tickets.get(account, header.ticketId);
  const refusal = refusalOf(ticket);
  if (!ticket || refusal) {
    return { ticket: null, named: ticket !== undefined, diagnostics: [...header.diagnostics, refusal ?? 'sip_in.ticket_unknown'] };
  }
  const diagnostics: Diagnostic[] = [...header.diagnostics];
  const requester = tickets.requesters.known(account, caller);
  if (requester?.id !== ticket.requester_id) diagnostics.push('sip_in.requester_mismatch');
  if (o.linkedToLiveCall(ticket.id)) diagnostics.push('sip_in.ticket_linked_twice');
  const requesterName = ticket.via.source.from.name ?? caller.shown ?? 'Unknown';
  return {
    ticket: { id: ticket.id, requesterId: ticket.requester_id, requesterName, origin: 'bound', createdAt: 'arrived' },
    named: true,
    diagnostics,
  };
}

function refusalOf(ticket: Ticket | undefined): Diagnostic | undefined {
  if (!ticket || ticket.deleted_at !== null) return 'sip_in.ticket_unknown';
  if (ticket.via.via_id !== VIA_INBOUND_CALL) return 'sip_in.via_mismatch';
  return ticket.status === 'closed' ? 'sip_in.ticket_closed' : undefined;
}

/** Each diagnostic in words, for the journal. */
export const DIAGNOSTIC_TEXT: Readonly<Record<Diagnostic, string>> = {
  'sip_in.ticket_header_invalid': 'the ticket header is no ticket number (decimal digits above zero): ignored, as if it were absent',
  'sip_in.ticket_header_repeated': 'the ticket header came more than once: the first counts',
  'sip_in.ticket_header_in_request_uri': 'the ticket number came in the Request-URI, where RFC 3261 allows no headers: send a header',
  'sip_in.ticket_unknown': 'the ticket of the header does not exist or is deleted: a new one is made',
  'sip_in.via_mismatch': 'the ticket of the header is no incoming phone call (via_id 34): a new one is made',
  'sip_in.ticket_closed': 'the ticket of the header is closed: a new one is made',
  'sip_in.requester_mismatch': "the number in From is not that of the ticket's requester: the ticket counts",
  'sip_in.ticket_linked_twice': 'another live call is bound to this ticket',
};
