import type { ForwardingCallerId, PhoneLine, SipInLine } from './entities.ts';

/** What a seed or a settings change says of any line. `null` takes away. */
interface LineDraftBase {
  nickname?: string;
  /** Name of a group; made when there is none. */
  group?: string;
  groups?: readonly string[];
  /** Overflow number, E.164; without `overflowOutsideTo` it holds outside the schedule too. */
  overflowTo?: string | null;
  overflowOutsideTo?: string | null;
  /** Default: on, unless the line has an overflow number (overflow needs voicemail off, zendesk-talk §8). */
  voicemail?: boolean;
  enabled?: boolean;
  priority?: 0 | 1;
  schedule?: PhoneLine['schedule'];
  abandonedTicket?: boolean;
  offeringLimitSeconds?: number;
  wrapUp?: PhoneLine['wrapUp'];
  recorded?: boolean;
  greetingMs?: number | null;
}

export interface PhoneLinePatch extends LineDraftBase {
  forwardingCallerId?: ForwardingCallerId;
}

export interface PhoneLineDraft extends PhoneLinePatch {
  number: string;
}

export interface SipInLinePatch extends LineDraftBase {
  allowedCidrs?: readonly string[];
  secureMedia?: boolean;
  outboundNumber?: string | null;
  unknownUser?: SipInLine['unknownUser'];
  responses?: SipInLine['responses'];
  noTicketPolicy?: SipInLine['noTicketPolicy'];
  answerMode?: SipInLine['answerMode'];
  assertedIdentity?: boolean;
}

export interface SipInLineDraft extends SipInLinePatch {
  user: string;
  /** Default `<subdomain>.zendesk.sip.twilio.com`. */
  host?: string;
}

export const LINE_SETTINGS = [
  'nickname',
  'group',
  'groups',
  'overflowTo',
  'overflowOutsideTo',
  'voicemail',
  'enabled',
  'priority',
  'schedule',
  'abandonedTicket',
  'offeringLimitSeconds',
  'wrapUp',
  'recorded',
  'greetingMs',
] as const satisfies readonly (keyof LineDraftBase)[];

export const PHONE_LINE_SETTINGS: readonly string[] = [...LINE_SETTINGS, 'number', 'forwardingCallerId'];

export const SIP_IN_SETTINGS: readonly string[] = [
  ...LINE_SETTINGS,
  'user',
  'host',
  'allowedCidrs',
  'secureMedia',
  'outboundNumber',
  'unknownUser',
  'responses',
  'noTicketPolicy',
  'answerMode',
  'assertedIdentity',
];
