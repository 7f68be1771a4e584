import { talkErrors } from '../errors.ts';
import type { PhoneLinePatch, SipInLinePatch } from './drafts.ts';
import { type Line, type PhoneLine, type SipInLine, lineName } from './entities.ts';
import { checkLine } from './check.ts';

/** Ids of groups by name; makes those that are missing. */
export type GroupIds = (names: readonly string[]) => readonly number[];

const BASE: Omit<PhoneLine, 'id' | 'type' | 'number' | 'forwardingCallerId'> = {
  nickname: '',
  enabled: true,
  groupIds: [],
  priority: 0,
  schedule: null,
  voicemail: true,
  overflow: { inside: null, outside: null },
  abandonedTicket: false,
  offeringLimitSeconds: 30,
  wrapUp: 'none',
  recorded: false,
  greetingMs: null,
};

export function freshPhoneLine(id: number, number: string): PhoneLine {
  return { ...BASE, id, type: 'phone', number, nickname: number, forwardingCallerId: 'caller' };
}

export function freshSipInLine(id: number, user: string, host: string): SipInLine {
  return {
    ...BASE,
    id,
    type: 'sip',
    user,
    host: host.toLowerCase(),
    nickname: user,
    allowedCidrs: [],
    secureMedia: false,
    outboundNumber: null,
    unknownUser: '404',
    responses: {},
    noTicketPolicy: 'new_ticket',
    answerMode: 'early_200',
    assertedIdentity: false,
  };
}

/** The line with the changes. @throws TalkError (422) for what Zendesk's own form would refuse. */
export function applyPatch<L extends Line>(
  line: L,
  patch: L extends PhoneLine ? PhoneLinePatch : SipInLinePatch,
  o: { known: readonly string[]; groupIds: GroupIds },
): L {
  const unknown = Object.keys(patch).find((name) => !o.known.includes(name));
  if (unknown !== undefined) throw talkErrors.unknownLineSetting(lineName(line), unknown, o.known);
  const { group, groups, overflowTo, overflowOutsideTo, ...plain } = patch;
  const names = groups ?? (group === undefined ? undefined : [group]);
  const overflow = {
    inside: overflowTo === undefined ? line.overflow.inside : overflowTo,
    outside: overflowOutsideTo ?? (overflowOutsideTo === null ? null : overflowTo === undefined ? line.overflow.outside : overflowTo),
  };
  const overflowGiven = overflowTo != null || overflowOutsideTo != null;
  const next = {
    ...line,
    ...(overflowGiven && patch.voicemail === undefined ? { voicemail: false } : {}),
    ...plain,
    ...(names === undefined ? {} : { groupIds: o.groupIds(names) }),
    overflow,
  } as L;
  checkLine(next);
  return next;
}
