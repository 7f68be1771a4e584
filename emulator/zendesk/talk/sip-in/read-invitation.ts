import type { Core } from '../../../core/core.ts';
import { openLeg } from '../../../telephony/pstn/index.ts';
import { type IncomingCall, parseNameAddr, type SipHeaders, type SipUri } from '../../../telephony/sip/index.ts';
import type { SipInFacts } from '../journeys/facts.ts';
import type { JourneyJoiner } from '../journeys/join.ts';
import { lineName, type SipInLine } from '../lines/entities.ts';
import { callerOf } from './caller.ts';
import { endLeg, type Invitation } from './invitation.ts';
import { readTicketHeader } from './ticket-header.ts';

/** Reads an INVITE for a line, and joins it to a journey; its leg and its facts begin here. */
export function readInvitation(
  rooms: { core: Core; joiner: JourneyJoiner },
  o: { account: string; line: SipInLine; call: IncomingCall; uri: SipUri },
): Invitation {
  const { core, joiner } = rooms;
  const { account, line, call } = o;
  const { headers } = call.request;
  const caller = callerOf(headers, line);
  const header = readTicketHeader(headers, o.uri);
  const joined = joiner.join(account, { ticketId: header.ticketId, number: caller.number, call });
  const { journey, rule, evidence } = joined;
  const thread = `call-id:${call.id}`;
  core.journal.bind(thread, journey.id, account);
  core.journal.append({
    kind: 'journey.joined',
    from: 'ringback',
    account,
    journey: journey.id,
    thread,
    label: `a call to ${lineName(line)} joins by ${rule}${evidence.why === undefined ? '' : `: ${evidence.why}`}`,
    data: { rule, evidence, callId: call.id },
  });
  const facts: SipInFacts = {
    callId: call.id,
    remote: `${call.remote.host}:${call.remote.port}`,
    line: lineName(line),
    from: fromText(headers),
    number: caller.shown,
    ticketHeader: header.raw,
    headers: extensionHeaders(headers),
    status: null,
    rule,
    evidence,
    binding: 'none',
    ticketId: null,
    diagnostics: header.diagnostics,
    talkCallId: null,
    state: 'arrived',
    agent: null,
    completion: null,
  };
  journey.facts['sipIn'] = facts;
  const leg = openLeg(core, journey.id, { kind: 'sip-in', party: caller.shown ?? facts.remote, callId: call.id });
  return { account, line, call, caller, header, joined, facts, leg, thread, end: (ended) => endLeg({ leg, facts }, ended) };
}

/** White space is looked at from its beginning alone: a display name may be nothing else. */
const TAG = /(?<!\s)\s*;\s*tag\s*=\s*[^;\s]+/i;

/** From without its tag, as on the wire otherwise. */
export function fromText(headers: Pick<SipHeaders, 'get'>): string | null {
  const from = headers.get('From');
  if (from === undefined) return null;
  return parseNameAddr(from).params.has('tag') ? from.replace(TAG, '') : from;
}

/** The X- headers, the first of each name. */
function extensionHeaders(headers: SipHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, value } of headers.entries()) if (/^x-/i.test(name)) found[name] ??= value;
  return found;
}
