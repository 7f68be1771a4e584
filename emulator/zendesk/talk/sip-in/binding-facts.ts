import type { LiveCall } from '../calls/live-call.ts';
import { note, type TalkRooms } from '../calls/rooms.ts';
import { agentOf } from '../journeys/facts.ts';
import type { TicketBinding } from './bind.ts';
import type { Invitation } from './invitation.ts';

/**
 * Keeps `facts.sipIn` up to date, and says once what became of the ticket: `bound` to the one of the header, or
 * `duplicated` when another was made although the header named one or the call belongs to a caller who is known here.
 */
export function trackBinding(rooms: TalkRooms, invitation: Invitation, binding: TicketBinding): (call: LiveCall) => void {
  const { facts, joined } = invitation;
  const isDuplicate = joined.rule !== 'new-journey' || binding.named;
  return (call) => {
    const before = facts.ticketId;
    facts.talkCallId = call.id;
    facts.state = call.state;
    facts.ticketId = call.ticket?.id ?? null;
    facts.binding = call.ticket?.origin === 'bound' ? 'bound' : call.ticket && isDuplicate ? 'duplicated' : 'none';
    facts.agent = agentOf(rooms, call);
    facts.completion = call.record.completion_status;
    if (before !== null || facts.ticketId === null || facts.binding === 'none') return;
    const bound = facts.binding === 'bound';
    const label = bound
      ? `bound to ticket ${facts.ticketId} by its header`
      : `not bound: ticket ${facts.ticketId} is new (${why(facts.ticketHeader)})`;
    note(rooms, call, bound ? 'call.bound' : 'call.duplicated', label, {
      ticketHeader: facts.ticketHeader,
      rule: facts.rule,
      diagnostics: facts.diagnostics,
    });
  };
}

function why(ticketHeader: string | null): string {
  return ticketHeader === null ? 'no ticket header' : `ticket header "${ticketHeader}" not usable`;
}
