import type { SipHeaders } from './headers.ts';

/** A SIP request: what was read from the wire, or what will be written to it. Mutable on purpose. */
export interface SipRequest {
  kind: 'request';
  /** As on the wire; methods are case-sensitive (RFC 3261 7.1). */
  method: string;
  /** The Request-URI, raw. */
  uri: string;
  /** `SIP/2.0`. */
  version: string;
  headers: SipHeaders;
  body: Uint8Array;
}

/** A SIP response. */
export interface SipResponse {
  kind: 'response';
  /** 100 to 699. */
  status: number;
  reason: string;
  version: string;
  headers: SipHeaders;
  body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

export const NO_BODY: Uint8Array = new Uint8Array(0);
export const SIP_VERSION = 'SIP/2.0';
