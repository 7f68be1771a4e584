import type { CodecName } from '../sdp/formats.ts';
import type { RtpAddress } from './address.ts';
import type { RtpStats } from './rtp-stats.ts';

interface Common {
  /** What the opener called the endpoint: the journal's thread, such as `call-id:…`. */
  readonly label: string | undefined;
  /** Ladder column of the endpoint's owner. */
  readonly party: string;
  readonly local: RtpAddress;
  readonly remote: RtpAddress | undefined;
}

/** The first packet of a direction went out or came in. */
export interface RtpStarted extends Common {
  readonly kind: 'started';
  readonly direction: 'in' | 'out';
  readonly codec: CodecName;
}

/** The endpoint was closed after audio had flowed. */
export interface RtpStopped extends Common {
  readonly kind: 'stopped';
  readonly stats: Readonly<RtpStats>;
}

/** A DTMF digit began, by RFC 4733. */
export interface RtpDigit extends Common {
  readonly kind: 'digit';
  readonly direction: 'in' | 'out';
  readonly digit: string;
}

/** A source, sink or listener of the endpoint threw. */
export interface RtpProblem extends Common {
  readonly kind: 'problem';
  readonly problem: string;
}

export type RtpEvent = RtpStarted | RtpStopped | RtpDigit | RtpProblem;
