import type { CarrierHeader } from './carrier-profile.ts';

/** How a caller without a number is written nearly everywhere (RFC 3323 §4.1.1.3). */
export const ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>';

/**
 * The trunk's own Diversion, on every call, naming the DID itself even when nothing was forwarded: seen in every public trace
 * of Twilio origination in which both numbers are legible. It names neither the caller nor the line that forwarded.
 */
export const TRUNK_DIVERSION: CarrierHeader = { name: 'Diversion', value: '<sip:{did}@twilio.com>;reason=unconditional' };

/** Privacy is absent unless the caller asked for it: a caller whom the network cannot name did not. */
export const PRIVACY_WHEN_WITHHELD: CarrierHeader = { name: 'Privacy', value: 'id', when: 'withheld' };
