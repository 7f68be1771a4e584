import type { CoverageRow } from '../../core/coverage-row.ts';

/** A behaviour of Talk that is no HTTP route. */
export interface BehaviourRow extends CoverageRow {
  readonly area: 'phone lines' | 'SIP-IN';
  readonly behaviour: string;
}

type Evidence = CoverageRow['evidence'];

const PHONE = ['emulator/zendesk/talk/phone-line.test.ts'];
const CALLS = ['emulator/zendesk/talk/sip-in/calls.test.ts'];
const REFUSALS = ['emulator/zendesk/talk/sip-in/refusals.test.ts'];
const HEADER = ['emulator/zendesk/talk/sip-in/ticket-header.test.ts'];
const TRANSFER = ['emulator/zendesk/talk/transfer.test.ts'];

const rows =
  (area: BehaviourRow['area'], status: CoverageRow['status']) =>
  (behaviour: string, evidence: Evidence, tests: readonly string[], note?: string): BehaviourRow => ({
    area,
    behaviour,
    status,
    evidence,
    tests,
    ...(note === undefined ? {} : { note }),
  });
const phone = rows('phone lines', 'full');
const phonePartly = rows('phone lines', 'partial');
const noPhone = rows('phone lines', 'none');
const sipIn = rows('SIP-IN', 'full');
const sipInPartly = rows('SIP-IN', 'partial');

/** How phone lines treat their callers, and SIP-IN lines the bridge. */
export const BEHAVIOURS: readonly BehaviourRow[] = [
  phone('one agent after the other, the longest idle first, nobody twice', 'documented', PHONE),
  phone('queue limits: longest wait, greatest length', 'documented', PHONE),
  phone('priority lines go to the head of the queue', 'documented', PHONE),
  phone('wrap-up', 'documented', PHONE),
  phone('overflow: nobody there, all declined or missed, queue full, waited too long', 'documented', PHONE),
  phone('overflow numbers inside and outside business hours', 'documented', PHONE),
  phone('overflow to a Zendesk number is an ordinary call of that line', 'documented', PHONE),
  phone('ticket at queue entry with omnichannel routing; for calls that overflow too (inferred)', 'documented', PHONE),
  phone('ticket with the tag call_overflow when the overflowed call ends, without omnichannel routing', 'documented', PHONE),
  phone('requester by exact E.164 number; a new user for each anonymous call', 'documented', PHONE),
  phone('voice comment at the end of the call', 'inferred', PHONE),
  phonePartly('voicemail', 'documented', PHONE, 'the ticket and its comment; no recording is kept'),
  noPhone('IVR', 'documented', [], 'lines greet and queue'),
  noPhone('callback from the queue', 'documented', [], 'callers wait, overflow or leave a voicemail'),
  noPhone('warm transfer, conference, outbound calls', 'documented', [], 'an agent answers and hangs up'),
  noPhone('REST API under /api/v2/channels/voice', 'documented', [], 'answers 501; lines are made by the seed'),
  sipIn('the line by user and host; any user of a domain with one line', 'documented', REFUSALS),
  sipIn('allow list: 403 with X-Twilio-Error 32201 (the status is inferred)', 'documented', REFUSALS),
  sipIn('unknown host or user: 404', 'inferred', REFUSALS),
  sipIn('no PCMU or PCMA: 488', 'inferred', REFUSALS),
  sipIn('100, 180, then 200 as soon as the greeting starts', 'documented', CALLS),
  sipIn('delayed offer', 'inferred', CALLS),
  sipIn('queue, agents, voicemail, overflow with an outbound number', 'documented', CALLS),
  sipIn('hold by re-INVITE, INFO, OPTIONS, CANCEL', 'inferred', CALLS),
  sipIn('REFER: 405 with Allow; REGISTER: 403', 'inferred', CALLS),
  sipIn('X-Zendesk-Ticket-Id binds the call to a via_id 34 ticket', 'documented', [...HEADER, ...TRANSFER]),
  sipIn('a ticket header that cannot be used makes a new ticket and a diagnostic', 'inferred', HEADER),
  sipIn('the caller is read from From; P-Asserted-Identity is ignored', 'documented', HEADER),
  sipInPartly('secure media', 'documented', REFUSALS, 'no TLS, no SRTP: a line that asks for them refuses every call'),
];
