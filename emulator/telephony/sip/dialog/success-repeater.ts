import type { Timer } from '../../../core/clock.ts';
import type { TransactionContext, Route } from '../transaction/context.ts';

/** Repeats a 2xx to an INVITE until its ACK comes, T1 doubling to T2, for 64 T1 (RFC 3261 13.3.1.4). */
export class SuccessRepeater {
  readonly #context: Pick<TransactionContext, 'clock' | 'timers' | 'wire'>;
  #bytes: Uint8Array | undefined;
  readonly #route: Route;
  #interval: number;
  #timer: Timer | undefined;
  readonly #deadline: Timer;

  constructor(context: Pick<TransactionContext, 'clock' | 'timers' | 'wire'>, bytes: Uint8Array, route: Route, gaveUp: () => void) {
    const { clock, timers } = context;
    this.#context = context;
    this.#bytes = bytes;
    this.#route = route;
    this.#interval = timers.t1;
    this.#arm();
    this.#deadline = clock.setTimeout(() => {
      this.stop();
      gaveUp();
    }, 64 * timers.t1);
  }

  stop(): void {
    this.#bytes = undefined;
    this.#timer?.clear();
    this.#deadline.clear();
  }

  #arm(): void {
    const { clock, timers, wire } = this.#context;
    this.#timer = clock.setTimeout(() => {
      if (!this.#bytes) return;
      wire.resend(this.#bytes, this.#route);
      this.#interval = Math.min(2 * this.#interval, timers.t2);
      this.#arm();
    }, this.#interval);
  }
}
