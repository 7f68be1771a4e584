import { pause } from '../time.ts';

/** npm passes Ctrl-C on to a child that the terminal has told already: what follows so quickly is the same request. */
const SAME_REQUEST_MS = 500;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Calls `stop` on the first SIGINT or SIGTERM; a second one ends the process at once. */
export function whenToldToStop(stop: () => void): void {
  let times: 'never' | 'just now' | 'once' = 'never';
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (times === 'once') process.exit(EXIT_CODES[signal]);
      if (times === 'just now') return;
      times = 'just now';
      void pause(SAME_REQUEST_MS).then(() => (times = 'once'));
      stop();
    });
  }
}
