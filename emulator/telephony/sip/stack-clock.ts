import type { Clock, Timer } from '../../core/clock.ts';
import type { Guard } from './guard.ts';

/**
 * A clock whose timers run under the guard. Those of equal length share one timer of the clock beneath: every call sets three
 * or four, and nearly all of them are cleared within milliseconds. The one beneath stays until it fires, then waits for whoever
 * is next.
 */
export class StackClock implements Clock {
  readonly #clock: Clock;
  readonly #guard: Guard;
  readonly #queues = new Map<number, TimerQueue>();

  constructor(clock: Clock, guard: Guard) {
    this.#clock = clock;
    this.#guard = guard;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  setTimeout(callback: () => void, milliseconds: number): Timer {
    let queue = this.#queues.get(milliseconds);
    if (!queue) {
      queue = new TimerQueue(this.#clock, this.#guard, milliseconds, () => this.#queues.delete(milliseconds));
      this.#queues.set(milliseconds, queue);
    }
    return queue.add(callback);
  }

  /** Drops all timers. */
  stop(): void {
    for (const queue of this.#queues.values()) queue.stop();
    this.#queues.clear();
  }
}

class QueuedTimer implements Timer {
  readonly queue: TimerQueue;
  readonly callback: () => void;
  readonly due: number;
  /** Neighbours in the queue, while it is in one. */
  before: QueuedTimer | undefined;
  after: QueuedTimer | undefined;
  pending = true;

  constructor(queue: TimerQueue, callback: () => void, due: number, before: QueuedTimer | undefined) {
    this.queue = queue;
    this.callback = callback;
    this.due = due;
    this.before = before;
  }

  clear(): void {
    this.queue.remove(this);
  }
}

/** Timers of one length: the one that was set first falls due first. */
class TimerQueue {
  readonly #clock: Clock;
  readonly #guard: Guard;
  readonly #milliseconds: number;
  readonly #emptied: () => void;
  #first: QueuedTimer | undefined;
  #last: QueuedTimer | undefined;
  #timer: Timer | undefined;
  #firing = false;

  constructor(clock: Clock, guard: Guard, milliseconds: number, emptied: () => void) {
    this.#clock = clock;
    this.#guard = guard;
    this.#milliseconds = milliseconds;
    this.#emptied = emptied;
  }

  add(callback: () => void): QueuedTimer {
    const timer = new QueuedTimer(this, callback, this.#clock.monotonic() + this.#milliseconds, this.#last);
    if (this.#last) this.#last.after = timer;
    else this.#first = timer;
    this.#last = timer;
    if (!this.#timer && !this.#firing) this.#arm(this.#milliseconds);
    return timer;
  }

  remove(timer: QueuedTimer): void {
    if (!timer.pending) return;
    timer.pending = false;
    const { before, after } = timer;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    timer.before = timer.after = undefined;
  }

  stop(): void {
    this.#timer?.clear();
  }

  #arm(milliseconds: number): void {
    this.#timer = this.#clock.setTimeout(() => this.#fire(), milliseconds);
  }

  /** Those for which the clock's timer was set may have been cleared, and timers of the real clock fire a fraction early. */
  #fire(): void {
    this.#timer = undefined;
    this.#firing = true;
    const now = this.#clock.monotonic();
    try {
      for (let next = this.#first; next && next.due <= now; next = this.#first) {
        this.remove(next);
        this.#guard(next.callback);
      }
    } finally {
      // Also when the guard cannot report what was thrown: the other timers of this length are nobody's fault.
      this.#firing = false;
      if (this.#first) this.#arm(Math.max(1, Math.ceil(this.#first.due - this.#clock.monotonic())));
      else this.#emptied();
    }
  }
}
