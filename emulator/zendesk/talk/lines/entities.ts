import type { Schedule } from './schedule.ts';

/** Overflow numbers inside and outside the line's schedule (E.164); null for none. */
export interface OverflowNumbers {
  readonly inside: string | null;
  readonly outside: string | null;
}

/** Whose number an overflow call shows: the caller's (default), the line's, or a fixed one. */
export type ForwardingCallerId = 'caller' | 'line' | `+${string}`;

interface LineBase {
  readonly id: number;
  readonly nickname: string;
  readonly enabled: boolean;
  /** Groups whose agents are offered the calls. Empty: every agent of the account (inferred). */
  readonly groupIds: readonly number[];
  /** 1: its calls go to the head of the queue, and its tickets get priority high under omnichannel routing. */
  readonly priority: 0 | 1;
  /** Null: always open. */
  readonly schedule: Schedule | null;
  readonly voicemail: boolean;
  readonly overflow: OverflowNumbers;
  /** Whether an abandoned call makes a ticket without omnichannel routing. */
  readonly abandonedTicket: boolean;
  /** 15 to 120. */
  readonly offeringLimitSeconds: number;
  /** 10 to 1200 seconds, `no_limit`, or `none`. */
  readonly wrapUp: number | 'no_limit' | 'none';
  readonly recorded: boolean;
  /** Null: the account's length of the greeting. */
  readonly greetingMs: number | null;
}

/** A phone number of Talk. */
export interface PhoneLine extends LineBase {
  readonly type: 'phone';
  /** E.164. */
  readonly number: string;
  readonly forwardingCallerId: ForwardingCallerId;
}

/** Conditions to which a SIP-IN line answers with a code of its own (zendesk-talk §12.3). */
export type SipInCondition =
  'source_not_allowed' | 'talk_off' | 'number_blocked' | 'insecure_signalling' | 'insecure_media' | 'no_codec' | 'register' | 'refer';

/** A SIP-IN line: one user part of a SIP domain, or a whole domain. */
export interface SipInLine extends LineBase {
  readonly type: 'sip';
  readonly user: string;
  /** Lower case, no port. */
  readonly host: string;
  /**
   * When it was made, in milliseconds of the wire clock, and later than any other line that there was. Of several lines of one user
   * part the oldest is meant by the alias: `sip:USER@HOST` of our own listener. Lines of an older data file do not have it.
   */
  readonly madeAt?: number;
  /** Source addresses that may call; empty refuses everybody. */
  readonly allowedCidrs: readonly string[];
  /** TLS and SRTP only. */
  readonly secureMedia: boolean;
  /** What overflow calls show; without one there is no overflow. */
  readonly outboundNumber: string | null;
  /** What an unknown user part of a host with several lines gets. */
  readonly unknownUser: '404' | 'first_line';
  /** Response codes that differ from the default ones (all inferred). */
  readonly responses: Readonly<Partial<Record<SipInCondition, number>>>;
  /** What a call without a usable ticket header gets: documents differ over time. */
  readonly noTicketPolicy: 'new_ticket' | 'none';
  /** `early_200`: 200 when the greeting starts (documented by Twilio); `on_agent`: when an agent answers. */
  readonly answerMode: 'early_200' | 'on_agent';
  /** Whether P-Asserted-Identity wins over From. Documents speak of From only. */
  readonly assertedIdentity: boolean;
}

export type Line = PhoneLine | SipInLine;

/** A line as people name it in messages. */
export function lineName(line: Line): string {
  return line.type === 'phone' ? line.number : `${line.user}@${line.host}`;
}
