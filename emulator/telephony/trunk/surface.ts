import type { BehaviourRow } from '../../core/coverage-row.ts';

const CALL = ['emulator/telephony/trunk/trunk-call.test.ts'];
const INVITE = ['emulator/telephony/trunk/invite.test.ts', 'emulator/telephony/trunk/trunk-call.test.ts'];
const URIS = ['emulator/telephony/trunk/origination-uri.test.ts'];
const FAILOVER = ['emulator/telephony/trunk/failover.test.ts', 'emulator/telephony/trunk/trunk-call.test.ts'];

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

/** What of Twilio Elastic SIP Trunking there is. */
export const surface: readonly BehaviourRow[] = [
  row('INVITE: headers, order, addresses of Twilio', 'recorded', INVITE),
  row('identity headers as the carrier profile says', 'recorded', INVITE),
  row('X-Twilio-AccountSid, X-Twilio-CallSid', 'recorded', INVITE),
  row('X-Twilio-VerStat, CNAM in From', 'documented', INVITE, 'off unless the settings of the trunk say otherwise'),
  row('SDP: PCMU, PCMA, telephone-event 0-16', 'recorded', CALL),
  row('180, and early media by 183', 'inferred', CALL),
  row('digits by RFC 4733, both ways', 'recorded', CALL),
  row('hold and resume by re-INVITE, with and without an offer', 'inferred', CALL),
  row('BYE with Reason', 'recorded', CALL),
  row('origination URIs by priority and weight', 'documented', URIS),
  row('failover on 5xx, 408, timeout, unreachable; not on 486', 'recorded', FAILOVER, '503 and 486 are recorded, the others inferred'),
  row('no enabled URI: error 32010', 'documented', CALL),
  row('ring timeout, time to the first response, longest call', 'inferred', CALL, 'set with the trunk'),
  row('REFER refused with 603 (transfer mode disable-all)', 'inferred', CALL, 'the mode is documented, the status a public report'),
  none('REFER moves the call (transfer mode enable-all, sip-only)', 'documented', 'REFER answers 501, with a Warning header that says so'),
  none('termination: calls from the bridge to the telephone network', 'documented', 'INVITE answers 404'),
  none('secure trunking: TLS and SRTP', 'documented', 'UDP and RTP only'),
  none('REST API of trunks', 'documented', 'trunks are made by the seed and changed by the control plane'),
];
