/** npm passes Ctrl-C on to a child that the terminal has told already: what follows so quickly is the same request. */
const SAME_REQUEST_MS = 500;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Calls `stop` on the first SIGINT or SIGTERM; a second one ends the process at once. */
export function whenToldToStop(stop: () => void): void {
  let toldAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const now = Number(process.hrtime.bigint() / 1_000_000n);
      if (toldAt === undefined) {
        toldAt = now;
        stop();
      } else if (now - toldAt > SAME_REQUEST_MS) {
        process.exit(EXIT_CODES[signal]);
      }
    });
  }
}
