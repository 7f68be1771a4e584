import type { Clock } from '../../core/clock.ts';

/** Runs something that must not throw out of the stack; what it throws is reported. */
export type Guard = (run: () => void) => void;

export function createGuard(report: (problem: string) => void): Guard {
  return (run) => {
    try {
      run();
    } catch (error) {
      report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  };
}

/** A clock whose timers run under the guard. */
export function guardedClock(clock: Clock, guard: Guard): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    setTimeout: (callback, milliseconds) => clock.setTimeout(() => guard(callback), milliseconds),
  };
}
