import type { BehaviourRow } from '../../core/coverage-row.ts';

const PHONE = ['emulator/zendesk/talk/phone/phone-lines.test.ts'];
const OVERFLOW = ['emulator/zendesk/talk/calls/overflow.test.ts'];
const CALLS = ['emulator/zendesk/talk/sip-in/calls.test.ts'];
const REFUSALS = ['emulator/zendesk/talk/sip-in/refusals.test.ts'];
const HEADER = ['emulator/zendesk/talk/sip-in/ticket-header.test.ts'];
const LINES = ['emulator/zendesk/talk/lines/lines.test.ts'];
const MOMENTS = ['emulator/zendesk/talk/tickets/moments.test.ts'];
const TRANSFER = ['emulator/zendesk/talk/transfer.test.ts'];

const rows =
  (status: BehaviourRow['status']) =>
  (what: string, evidence: BehaviourRow['evidence'], tests: readonly string[], note?: string): BehaviourRow => ({
    what,
    status,
    evidence,
    tests,
    ...(note === undefined ? {} : { note }),
  });
const full = rows('full');
const partly = rows('partial');
const none = rows('none');

/** How phone lines treat their callers. */
export const phoneLines: readonly BehaviourRow[] = [
  full('one agent after the other, the longest idle first, nobody twice', 'documented', PHONE),
  full('queue limits: longest wait, greatest length', 'documented', OVERFLOW),
  full('priority lines go to the head of the queue', 'documented', PHONE),
  full('wrap-up', 'documented', PHONE),
  full('a call that is talked on for four hours is ended (switch)', 'inferred', [...OVERFLOW, ...CALLS]),
  full('overflow: nobody there, all declined or missed, queue full, waited too long', 'documented', OVERFLOW),
  full('overflow numbers inside and outside business hours', 'documented', OVERFLOW),
  full('overflow only with voicemail off; what the overflow form refuses', 'documented', [...OVERFLOW, ...LINES]),
  full("forwarding caller ID: the caller's number, the line's, or a fixed one", 'documented', OVERFLOW),
  full('overflow to a Zendesk number is an ordinary call of that line', 'documented', OVERFLOW),
  full('ticket at queue entry with omnichannel routing; for calls that overflow too (inferred)', 'documented', OVERFLOW),
  full('ticket at overflow start (switch)', 'inferred', [...OVERFLOW, ...MOMENTS]),
  full('ticket with the tag call_overflow when the overflowed call ends, without omnichannel routing', 'documented', OVERFLOW),
  full('requester by exact E.164 number; a new user for each anonymous call', 'documented', PHONE),
  full('abandoned calls: ticket with omnichannel routing, by the setting of the line without, never of an unknown caller', 'documented', [
    ...MOMENTS,
    ...PHONE,
  ]),
  full('a blocked number, a line that is off, Talk off: the call is not taken', 'inferred', PHONE),
  full('voice comment at the end of the call', 'inferred', [...PHONE, ...OVERFLOW]),
  partly('voicemail', 'documented', OVERFLOW, 'the ticket and its comment; no recording is kept'),
  none('recordings, recording consent', 'documented', [], 'tickets name the path of a recording that is not there'),
  none('failover number, forwarding to an agent’s phone', 'documented', [], 'agents answer in the browser'),
  none('digital lines, text messages', 'documented', [], 'lines are phone lines and SIP-IN lines'),
  none('IVR', 'documented', [], 'lines greet and queue'),
  none('callback from the queue', 'documented', [], 'callers wait, overflow or leave a voicemail'),
  none('warm transfer, conference, outbound calls', 'documented', [], 'an agent answers and hangs up'),
  none('REST API under /api/v2/channels/voice', 'documented', [], 'answers 501; lines are made by the seed'),
];

/** How SIP-IN lines treat the bridge. */
export const sipInLines: readonly BehaviourRow[] = [
  full('the line by user and host; any user of a domain with one line', 'documented', REFUSALS),
  full('allow list: 403 with X-Twilio-Error 32201 (the status is inferred)', 'documented', REFUSALS),
  full('unknown host or user: 404', 'inferred', REFUSALS),
  full('no PCMU or PCMA: 488', 'inferred', REFUSALS),
  full('a blocked number, Talk off: 603', 'inferred', REFUSALS),
  full('codes of the own choice of a line; a fault that rejects', 'inferred', REFUSALS),
  full('100, 180, then 200 as soon as the greeting starts', 'documented', CALLS),
  full('200 only when an agent answers (switch)', 'inferred', CALLS),
  full('delayed offer', 'inferred', CALLS),
  full('queue, agents, voicemail, overflow with an outbound number', 'documented', CALLS),
  full('a bridge that dies without a BYE: the call ends after four hours of talk (switch)', 'inferred', CALLS),
  full('hold by re-INVITE, or a new offer of ours; INFO, OPTIONS, CANCEL', 'inferred', CALLS),
  full('a From that is no URI: 400', 'inferred', REFUSALS),
  full('REFER: 405 with Allow; REGISTER: 403', 'inferred', CALLS),
  full('X-Zendesk-Ticket-Id binds the call to a via_id 34 ticket', 'documented', [...HEADER, ...TRANSFER]),
  full('a ticket header that cannot be used makes a new ticket and a diagnostic', 'inferred', HEADER),
  full('the caller is read from From; P-Asserted-Identity is ignored (inferred; can be switched)', 'documented', HEADER),
  full('without a usable header: a new ticket at queue entry or when an agent answers, or none (switch)', 'inferred', [
    ...HEADER,
    ...CALLS,
  ]),
  partly('secure media', 'documented', REFUSALS, 'no TLS, no SRTP: a line that asks for them refuses every call'),
];
