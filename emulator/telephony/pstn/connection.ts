import type { Clock, Timer } from '../../core/clock.ts';
import { PstnArrival } from './arrival.ts';
import { type CallEvent, type CallState, canTransition, nextState } from './call-states.ts';
import { type CallSetup, type PstnEnd, requireDigits } from './call-types.ts';
import { PstnCall } from './call.ts';

/** How long a called party may ring when the dialling one sets no limit (inferred; T9 of ISUP is 90 to 180 s). */
const RING_TIMEOUT_MS = 120_000;

/** One call in the network: its state, its timer, and the two sides that see it. */
export class Connection {
  readonly setup: CallSetup;
  readonly call: PstnCall;
  readonly arrival: PstnArrival;
  readonly #clock: Clock;
  readonly #released: () => void;
  #state: CallState = 'dialling';
  #end: PstnEnd | undefined;
  #timer: Timer | undefined;
  #offered = false;

  /** `released` is called once, when the call is over and before its sides hear of it. */
  constructor(o: { setup: CallSetup; clock: Clock; released: () => void }) {
    this.setup = o.setup;
    this.#clock = o.clock;
    this.#released = o.released;
    this.call = new PstnCall(this);
    this.arrival = new PstnArrival(this);
  }

  get state(): CallState {
    return this.#state;
  }

  get end(): PstnEnd | undefined {
    return this.#end;
  }

  /** Runs `route` after the post-dial delay, and never in the same turn: the dialling party listens first. */
  start(delayMs: number, route: () => void): void {
    const proceed = (): void => {
      if (this.#state === 'dialling') route();
    };
    if (delayMs > 0) this.#timer = this.#clock.setTimeout(proceed, delayMs);
    else queueMicrotask(proceed);
  }

  /** Hands the call to a subscriber. One that throws loses the call. */
  offer(subscriber: (arrival: PstnArrival) => void): void {
    this.#to('offer');
    this.#offered = true;
    const limit = this.setup.ringTimeoutMs ?? RING_TIMEOUT_MS;
    this.#timer = this.#clock.setTimeout(() => this.finish({ by: 'network', cause: 'no-answer' }), limit);
    try {
      subscriber(this.arrival);
    } catch (error) {
      this.finish({ by: 'network', cause: 'temporary-failure' });
      throw error;
    }
  }

  ring(): void {
    if (this.#state === 'ringing') return;
    this.#to('ring');
    this.call.emit('ringing');
  }

  progress(): void {
    if (canTransition(this.#state, 'answer')) this.call.emit('progress');
  }

  answer(): void {
    this.#to('answer');
    this.#timer?.clear();
    this.call.emit('answered');
  }

  digits(from: 'caller' | 'callee', digits: string): boolean {
    requireDigits(digits);
    if (this.#state !== 'answered') return false;
    for (const digit of digits) (from === 'caller' ? this.arrival : this.call).emit('digit', digit);
    return true;
  }

  /** Ends the call, once: whoever comes later finds it ended. Both sides hear of it even when a listener throws. */
  finish(end: PstnEnd): void {
    if (this.#end) return;
    this.#to('end');
    this.#end = end;
    this.#timer?.clear();
    this.#released();
    try {
      if (this.#offered) this.arrival.emit('ended', end);
    } finally {
      this.call.emit('ended', end);
    }
  }

  #to(event: CallEvent): void {
    this.#state = nextState(this.setup.id, this.#state, event);
  }
}
