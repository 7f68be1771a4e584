export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Largest number that is accepted: 32 bits (RFC 3261 8.1.1.5 asks senders to stay below 2^31). */
const LARGEST = 2 ** 32 - 1;

export function parseCSeq(value: string | undefined): CSeq | undefined {
  const match = value === undefined ? null : /^(\d{1,20})\s+(\S+)$/.exec(value);
  if (!match) return undefined;
  const number = Number(match[1]);
  return number > LARGEST ? undefined : { number, method: match[2] as string };
}
