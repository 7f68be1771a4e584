import { knownMethod } from './methods.ts';

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Largest number that is accepted: 32 bits (RFC 3261 8.1.1.5 asks senders to stay below 2^31). */
const LARGEST = 2 ** 32 - 1;
const MOST_DIGITS = 20;

/** Read by hand: every message is asked for it three times. */
export function parseCSeq(value: string | undefined): CSeq | undefined {
  if (value === undefined) return undefined;
  let at = 0;
  let number = 0;
  for (let code = value.charCodeAt(0); code >= 48 && code <= 57; code = value.charCodeAt(++at)) number = number * 10 + code - 48;
  const method = value.slice(at).trimStart();
  const spaced = at + method.length < value.length;
  if (at === 0 || at > MOST_DIGITS || number > LARGEST || !spaced) return undefined;
  const known = knownMethod(method);
  if (known === undefined && (method === '' || /\s/.test(method))) return undefined;
  return { number, method: known ?? method };
}
