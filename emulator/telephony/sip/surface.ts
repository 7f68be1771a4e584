import type { BehaviourRow } from '../../core/coverage-row.ts';

const AT = 'emulator/telephony/sip';
const MESSAGE = [`${AT}/message/parse-message.test.ts`, `${AT}/message/headers.test.ts`, `${AT}/sipjs-agreement.test.ts`];
const RULES = [`${AT}/user-agent.test.ts`];
const CALLS = [`${AT}/dialog/calls.test.ts`];
const SESSION = [`${AT}/dialog/session.test.ts`];

const row = (what: string, tests: readonly string[], note?: string): BehaviourRow => ({
  what,
  status: 'full',
  evidence: 'documented',
  tests,
  ...(note === undefined ? {} : { note }),
});
const none = (what: string, note: string): BehaviourRow => ({ what, status: 'none', evidence: 'documented', tests: [], note });

/** What of SIP (RFC 3261 and its companions) there is. */
export const surface: readonly BehaviourRow[] = [
  row('messages: order, case and raw text kept; compact and folded headers, bare LF, leading CRLF, comma-joined Via', MESSAGE),
  row('validation apart from parsing; torture messages of RFC 4475', [`${AT}/message/validate-message.test.ts`, `${AT}/torture.test.ts`]),
  row('sip:, sips: and tel: URIs; name-addr as carriers write it', [`${AT}/message/uri.test.ts`, `${AT}/message/name-addr.test.ts`]),
  row('INVITE client transaction: timers A, B, D, M', [`${AT}/transaction/invite-client.test.ts`]),
  row('non-INVITE client transaction: timers E, F, K', [`${AT}/transaction/non-invite-client.test.ts`]),
  row('INVITE server transaction: timers G, H, I, L', [`${AT}/transaction/invite-server.test.ts`]),
  row('non-INVITE server transaction: timer J', [`${AT}/transaction/non-invite-server.test.ts`]),
  row('transaction matching by branch, sent-by and method; RFC 2543 peers', [`${AT}/transaction/transaction-key.test.ts`, ...RULES]),
  row('responses by Via: received, rport (RFC 3581), maddr', [`${AT}/message/via.test.ts`]),
  row('2xx repeated until ACK; BYE when none comes', CALLS),
  row('CANCEL both ways; its race with the answer', [...CALLS, ...RULES]),
  row('delayed offer: description in the ACK', CALLS),
  row('dialogs: route sets, strict routers, target refresh, forked answers', [`${AT}/dialog/routes.test.ts`, ...SESSION]),
  row('re-INVITE both ways, with and without an offer, glare 491, 500 for overlapping ones', SESSION),
  row('405, 406, 415, 416, 420, 481, 482 (merged, loop), 483, 500 (CSeq), 501, 505, 513', RULES),
  row('OPTIONS, inside and outside dialogs', [...RULES, ...SESSION]),
  row('bounds: header bytes, calls, transactions, unanswered calls', [...RULES, `${AT}/fuzz.test.ts`]),
  {
    what: 'next hop',
    status: 'partial',
    evidence: 'documented',
    tests: [`${AT}/dialog/routes.test.ts`],
    note: 'address records only; no NAPTR or SRV',
  },
  none('reliable provisional responses (RFC 3262), UPDATE (RFC 3311), session timers (RFC 4028)', 'Require gets 420, the methods 405'),
  none('digest authentication', 'neither asked for nor answered'),
  none('TCP, TLS, WebSocket', 'UDP only'),
];
