import type { SipInCondition, SipInLine } from '../lines/entities.ts';

interface Refusal {
  readonly status: number;
  /** Value of X-Twilio-Error, where Twilio is known to send one. */
  readonly twilioError?: string;
  readonly because: string;
}

/** Codes of zendesk-talk §12.3. All are inferred, unless the text of X-Twilio-Error is given (recorded at Twilio). */
const REFUSALS: Readonly<Record<SipInCondition, Refusal>> = {
  source_not_allowed: {
    status: 403,
    twilioError: '32201 Authentication failure - source IP Address not in ACL',
    because: "the source address is not in the line's allow list",
  },
  talk_off: { status: 603, because: 'Talk is off in this account' },
  number_blocked: { status: 603, because: 'the number is blocked' },
  insecure_signalling: { status: 403, twilioError: '32209', because: 'the line takes TLS only' },
  insecure_media: { status: 488, because: 'the line takes SRTP only' },
  no_codec: { status: 488, because: 'PCMU and PCMA are all that SIP-IN speaks' },
  register: { status: 403, because: 'SIP-IN lines take no registrations' },
  refer: { status: 405, because: 'SIP-IN lines take no REFER' },
};

/** The five methods that a captured Twilio INVITE lists. */
export const ALLOW: readonly [string, string] = ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS'];

/** What a line answers in this condition: its own code, or the default. */
export function refusalOf(condition: SipInCondition, line?: Pick<SipInLine, 'responses'>): Refusal {
  const standard = REFUSALS[condition];
  const status = line?.responses[condition];
  return status === undefined ? standard : { ...standard, status };
}

export function refusalHeaders(refusal: Refusal): (readonly [name: string, value: string])[] {
  return refusal.twilioError === undefined ? [] : [['X-Twilio-Error', refusal.twilioError]];
}
