import { pause } from '../time.ts';

/** npm passes Ctrl-C on to a child that the terminal has told already: what follows so quickly is the same request. */
export const SAME_REQUEST_MS = 500;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

type Signal = keyof typeof EXIT_CODES;

/** What is told to stop: the process, and how time passes for it. */
interface Told {
  readonly process: { on(signal: Signal, listener: () => void): unknown; exit(code: number): void };
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Calls `stop` on the first SIGINT or SIGTERM; one that comes more than half a second after it ends the process at once. */
export function whenToldToStop(stop: () => void, told: Told = { process, pause }): void {
  let times: 'never' | 'just now' | 'once' = 'never';
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    told.process.on(signal, () => {
      if (times === 'once') told.process.exit(EXIT_CODES[signal]);
      if (times !== 'never') return;
      times = 'just now';
      void told.pause(SAME_REQUEST_MS).then(() => (times = 'once'));
      stop();
    });
  }
}
