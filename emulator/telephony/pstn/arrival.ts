import { CallSide, type CallSideEvents } from './call-side.ts';
import type { CallSetup } from './call-types.ts';
import type { PstnCause } from './causes.ts';

/** A call, seen by the subscriber that it arrives at. */
export class PstnArrival extends CallSide<CallSideEvents> {
  get presentation(): CallSetup['from'] {
    return this.connection.setup.from;
  }

  /** Alerting. Ringing again changes nothing. @throws Error when the call is answered or over. */
  ringing(): void {
    this.connection.ring();
  }

  /** The caller hears this party from now on, before any answer. */
  progress(): void {
    this.connection.progress();
  }

  /** @throws Error when the call is answered already or over. */
  answer(): void {
    this.connection.answer();
  }

  /** Turns the call down before it is answered (afterwards: as `hangup`). */
  reject(cause: PstnCause, o: { sipStatus?: number } = {}): void {
    this.connection.finish({ by: 'callee', cause, ...o });
  }

  /** The call cannot be carried on, by nobody's wish: the next hop is out of order. */
  fail(cause: PstnCause, o: { sipStatus?: number } = {}): void {
    this.connection.finish({ by: 'network', cause, ...o });
  }

  /** Ends the call; nothing happens when it is over. */
  hangup(cause: PstnCause = 'normal'): void {
    this.connection.finish({ by: 'callee', cause });
  }

  /** Presses keys; see `PstnCall.sendDigits`. */
  sendDigits(digits: string): boolean {
    return this.connection.digits('callee', digits);
  }
}
