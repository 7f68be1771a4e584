/**
 * Waiting in the harness. It works on real sockets and processes, so it waits in real time; the emulated world's clocks
 * are the emulator's own business.
 */

/** Resolves after the delay in milliseconds. Does not keep the process alive by itself. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    AbortSignal.timeout(milliseconds).addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Resolves to the promise's value, or to `late` when that takes longer than the given milliseconds. */
export function within<T, L>(promise: Promise<T>, milliseconds: number, late: L): Promise<T | L> {
  return Promise.race([promise, pause(milliseconds).then(() => late)]);
}
