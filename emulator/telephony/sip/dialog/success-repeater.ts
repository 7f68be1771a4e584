import type { Timer } from '../../../core/clock.ts';
import type { TransactionContext, Route } from '../transaction/context.ts';
import type { Sent } from '../transport/wire.ts';

/** Repeats a 2xx to an INVITE until its ACK comes, T1 doubling to T2, for 64 T1 (RFC 3261 13.3.1.4). */
export class SuccessRepeater {
  readonly #context: Pick<TransactionContext, 'clock' | 'timers' | 'wire'>;
  #sent: Sent | undefined;
  readonly #route: Route;
  #interval: number;
  #timer: Timer | undefined;
  readonly #deadline: Timer;

  constructor(context: Pick<TransactionContext, 'clock' | 'timers' | 'wire'>, sent: Sent, route: Route, gaveUp: () => void) {
    const { clock, timers } = context;
    this.#context = context;
    this.#sent = sent;
    this.#route = route;
    this.#interval = timers.t1;
    this.#arm();
    this.#deadline = clock.setTimeout(() => {
      this.stop();
      gaveUp();
    }, 64 * timers.t1);
  }

  stop(): void {
    this.#sent = undefined;
    this.#timer?.clear();
    this.#deadline.clear();
  }

  #arm(): void {
    const { clock, timers, wire } = this.#context;
    this.#timer = clock.setTimeout(() => {
      if (!this.#sent) return;
      wire.resend(this.#sent, this.#route);
      this.#interval = Math.min(2 * this.#interval, timers.t2);
      this.#arm();
    }, this.#interval);
  }
}
