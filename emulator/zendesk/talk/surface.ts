import type { BehaviourRow } from '../../core/coverage-row.ts';

const PHONE = ['emulator/zendesk/talk/phone-line.test.ts'];
const SIP_IN = ['emulator/zendesk/talk/sip-in.test.ts'];
const LINES = ['emulator/zendesk/talk/lines/lines.test.ts'];

const row = (what: string, evidence: BehaviourRow['evidence'], tests: readonly string[], note?: string): BehaviourRow => ({
  what,
  status: 'full',
  evidence,
  tests,
  ...(note === undefined ? {} : { note }),
});
const none = (what: string, evidence: BehaviourRow['evidence'], note: string): BehaviourRow => ({
  what,
  status: 'none',
  evidence,
  tests: [],
  note,
});

/** How phone lines treat their callers. */
export const phoneSurface: readonly BehaviourRow[] = [
  row('one agent after the other, the longest idle first, nobody twice', 'documented', PHONE),
  row('queue limits: longest wait, greatest length', 'documented', PHONE),
  row('priority lines', 'documented', PHONE),
  row('wrap-up', 'documented', PHONE),
  row('overflow: nobody there, all declined or missed, queue full, waited too long', 'documented', PHONE),
  row('overflow numbers inside and outside business hours', 'documented', PHONE),
  row('overflow to a Zendesk number is an ordinary call of that line', 'documented', PHONE),
  row('voicemail', 'documented', PHONE, 'no recording is kept'),
  row('ticket at queue entry (omnichannel routing)', 'documented', PHONE, 'that it holds for calls that overflow is inferred'),
  row('ticket when the overflowed call ends, tag call_overflow', 'documented', PHONE),
  row('requester by exact E.164 number; new user per anonymous call', 'documented', PHONE),
  row('voice comment at the end of the call', 'inferred', PHONE),
  none('IVR', 'documented', 'lines greet and queue'),
  none('callback from queue', 'documented', ''),
  none('warm transfer, conference, outbound calls', 'documented', ''),
  none('REST API /api/v2/channels/voice', 'documented', 'answers 501'),
];

/** How SIP-IN lines treat the bridge. */
export const sipInSurface: readonly BehaviourRow[] = [
  row('user@host of the line, any user of a domain with one line, the listener’s own address', 'documented', SIP_IN, 'the last is ours'),
  row('allow list: 403 with X-Twilio-Error 32201', 'documented', SIP_IN, 'the code is inferred'),
  row('unknown host or user: 404', 'inferred', SIP_IN),
  row('no PCMU or PCMA: 488', 'inferred', SIP_IN),
  row('100, 180, then 200 as soon as the greeting starts', 'documented', SIP_IN),
  row('delayed offer', 'inferred', SIP_IN),
  row('X-Zendesk-Ticket-Id binds the call to a via_id 34 ticket', 'documented', SIP_IN),
  row('ticket header that cannot be used: new ticket and a diagnostic', 'inferred', SIP_IN),
  row('caller read from From; P-Asserted-Identity ignored', 'documented', SIP_IN, 'a line setting lets it win'),
  row('queue, agents, voicemail, overflow as on phone lines', 'documented', SIP_IN, 'overflow needs an outbound number'),
  row('re-INVITE, INFO, OPTIONS, CANCEL', 'inferred', SIP_IN),
  row('REFER: 405 with Allow; REGISTER: 403', 'inferred', SIP_IN),
  row('lines change while they run', 'inferred', LINES),
  none('secure media: TLS and SRTP', 'documented', 'a line that asks for it refuses every call'),
];
