/**
 * Why a call ended, as ISDN and ISUP say it. Values: ITU-T Q.850 table 1; `sipStatus`: the response that stands for the
 * cause towards SIP (RFC 3398 §7.2.4.1; where it names none, inferred).
 */
export const CAUSES = {
  'unallocated-number': { q850: 1, text: 'Unallocated (unassigned) number', sipStatus: 404 },
  'no-route': { q850: 3, text: 'No route to destination', sipStatus: 404 },
  normal: { q850: 16, text: 'Normal call clearing', sipStatus: 487 },
  busy: { q850: 17, text: 'User busy', sipStatus: 486 },
  'no-response': { q850: 18, text: 'No user responding', sipStatus: 408 },
  'no-answer': { q850: 19, text: 'No answer from user (user alerted)', sipStatus: 480 },
  'subscriber-absent': { q850: 20, text: 'Subscriber absent', sipStatus: 480 },
  rejected: { q850: 21, text: 'Call rejected', sipStatus: 403 },
  'number-changed': { q850: 22, text: 'Number changed', sipStatus: 410 },
  'exchange-routing-error': { q850: 25, text: 'Exchange routing error', sipStatus: 483 },
  'destination-out-of-order': { q850: 27, text: 'Destination out of order', sipStatus: 502 },
  'invalid-number-format': { q850: 28, text: 'Invalid number format', sipStatus: 484 },
  unspecified: { q850: 31, text: 'Normal, unspecified', sipStatus: 480 },
  'no-circuit': { q850: 34, text: 'No circuit/channel available', sipStatus: 503 },
  'network-out-of-order': { q850: 38, text: 'Network out of order', sipStatus: 503 },
  'temporary-failure': { q850: 41, text: 'Temporary failure', sipStatus: 503 },
  congestion: { q850: 42, text: 'Switching equipment congestion', sipStatus: 503 },
  'not-implemented': { q850: 79, text: 'Service or option not implemented', sipStatus: 501 },
  'incompatible-destination': { q850: 88, text: 'Incompatible destination', sipStatus: 488 },
  'timer-expiry': { q850: 102, text: 'Recovery on timer expiry', sipStatus: 504 },
  interworking: { q850: 127, text: 'Interworking, unspecified', sipStatus: 500 },
} as const satisfies Record<string, { q850: number; text: string; sipStatus: number }>;

export type PstnCause = keyof typeof CAUSES;

const BY_VALUE = new Map<number, PstnCause>(
  (Object.keys(CAUSES) as PstnCause[]).map((cause): [number, PstnCause] => [CAUSES[cause].q850, cause]),
);

/** The cause of a Q.850 value; `unspecified` for one that we have no name for. */
export function causeOfQ850(value: number): PstnCause {
  return BY_VALUE.get(value) ?? 'unspecified';
}

/** The value of a SIP Reason header (RFC 3326, RFC 6432): `Q.850;cause=16;text="Normal call clearing"`. */
export function reasonHeader(cause: PstnCause): string {
  return `Q.850;cause=${CAUSES[cause].q850};text="${CAUSES[cause].text}"`;
}

/** The cause that a Reason header names with protocol Q.850; undefined when it names none. */
export function causeOfReason(value: string | undefined): PstnCause | undefined {
  const match = /(?:^|,)\s*Q\.850\s*;[^,]*?\bcause\s*=\s*(\d{1,3})\b/i.exec(value ?? '');
  return match?.[1] === undefined ? undefined : causeOfQ850(Number(match[1]));
}
