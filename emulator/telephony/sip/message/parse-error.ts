import type { SipMessage } from './message.ts';

/** Bytes that are no SIP message, or too much of one. */
export class SipParseError extends Error {
  override readonly name = 'SipParseError';
  /** What could be read, enough to answer a request whose header section is too long. */
  readonly partial: SipMessage | undefined;
  /** The response that it deserves, where it can be answered: 400 or 513. */
  readonly status: number;

  constructor(problem: string, options: { status?: number; partial?: SipMessage } = {}) {
    super(problem);
    this.status = options.status ?? 400;
    this.partial = options.partial;
  }
}
