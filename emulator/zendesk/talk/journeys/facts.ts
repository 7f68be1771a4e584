import type { Diagnostic } from '../sip-in/ticket-header.ts';
import type { LiveCall } from '../calls/live-call.ts';
import type { TalkRooms } from '../calls/rooms.ts';
import { ticketTiming, type TicketTiming } from '../settings.ts';

/** `journey.facts.talk`: the call on the phone line. */
export interface TalkFacts {
  callId: number;
  line: string | null;
  state: string;
  ticketTiming: TicketTiming;
  ticketId: number | null;
  requesterId: number | null;
  agent: { id: number; name: string } | null;
  overflowedTo: string | null;
  completion: string | null;
}

/** `journey.facts.sipIn`: the latest call that the bridge sent to a SIP-IN line. Header values are as on the wire. */
export interface SipInFacts {
  callId: string;
  remote: string;
  line: string | null;
  from: string | null;
  /** The caller that Zendesk reads from it. */
  number: string | null;
  ticketHeader: string | null;
  /** Its X- headers. */
  headers: Record<string, string>;
  /** Final status of the INVITE. */
  status: number | null;
  rule: string;
  evidence: object;
  binding: 'bound' | 'duplicated' | 'none';
  ticketId: number | null;
  diagnostics: readonly Diagnostic[];
  talkCallId: number | null;
  state: string;
  agent: { id: number; name: string } | null;
  completion: string | null;
}

export function phoneFacts(rooms: TalkRooms, call: LiveCall): void {
  const journey = rooms.core.journeys.get(call.journey);
  if (!journey) return;
  const { record } = call;
  const facts: TalkFacts = {
    callId: call.id,
    line: record.phone_number,
    state: call.state,
    ticketTiming: ticketTiming(rooms.settings.get(call.account)),
    ticketId: record.ticket_id,
    requesterId: record.customer_id,
    agent: agentOf(rooms, call),
    overflowedTo: record.overflowed_to,
    completion: record.completion_status,
  };
  journey.facts['talk'] = facts;
}

export function agentOf(rooms: TalkRooms, call: LiveCall): { id: number; name: string } | null {
  if (!call.agent) return null;
  const { id, name } = rooms.workspace.get(call.account, call.agent.agentId);
  return { id, name };
}
