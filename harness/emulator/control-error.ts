/** The control plane refused a request, or could not be reached. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Short code of the error: `unknown_agent`, `live_calls`, `unreachable` … */
  readonly code: string;

  constructor(options: { request: string; status: number; code: string; message: string; hint?: string; cause?: unknown }) {
    const hint = options.hint ? ` (${options.hint})` : '';
    super(`${options.request}: ${options.message}${hint}`, options.cause === undefined ? {} : { cause: options.cause });
    this.status = options.status;
    this.code = options.code;
  }
}
