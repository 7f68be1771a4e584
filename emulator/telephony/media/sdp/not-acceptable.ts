/** Warn codes of RFC 3261 §20.43 that an SDP can earn. */
export type WarnCode = 300 | 301 | 302 | 304 | 305 | 399;

/** An offer or answer that leaves nothing to talk with. Answered with 488 Not Acceptable Here. */
export class NotAcceptable extends Error {
  readonly status = 488;
  /** For a Warning header. */
  readonly warnCode: WarnCode;

  constructor(message: string, warnCode: WarnCode = 305) {
    super(message);
    this.name = 'NotAcceptable';
    this.warnCode = warnCode;
  }
}
