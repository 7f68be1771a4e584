/** Why a call ended, as ISDN and ISUP say it: values of ITU-T Q.850 table 1. */
export const CAUSES = {
  'unallocated-number': { q850: 1, text: 'Unallocated (unassigned) number' },
  'no-route': { q850: 3, text: 'No route to destination' },
  normal: { q850: 16, text: 'Normal call clearing' },
  busy: { q850: 17, text: 'User busy' },
  'no-response': { q850: 18, text: 'No user responding' },
  'no-answer': { q850: 19, text: 'No answer from user (user alerted)' },
  'subscriber-absent': { q850: 20, text: 'Subscriber absent' },
  rejected: { q850: 21, text: 'Call rejected' },
  'number-changed': { q850: 22, text: 'Number changed' },
  'exchange-routing-error': { q850: 25, text: 'Exchange routing error' },
  'destination-out-of-order': { q850: 27, text: 'Destination out of order' },
  'invalid-number-format': { q850: 28, text: 'Invalid number format' },
  unspecified: { q850: 31, text: 'Normal, unspecified' },
  'no-circuit': { q850: 34, text: 'No circuit/channel available' },
  'network-out-of-order': { q850: 38, text: 'Network out of order' },
  'temporary-failure': { q850: 41, text: 'Temporary failure' },
  congestion: { q850: 42, text: 'Switching equipment congestion' },
  'not-implemented': { q850: 79, text: 'Service or option not implemented' },
  'incompatible-destination': { q850: 88, text: 'Incompatible destination' },
  'timer-expiry': { q850: 102, text: 'Recovery on timer expiry' },
  interworking: { q850: 127, text: 'Interworking, unspecified' },
} as const satisfies Record<string, { q850: number; text: string }>;

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
