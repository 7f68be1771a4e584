import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { SAME_REQUEST_MS, whenToldToStop } from './signals.ts';

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'the first signal stops; what follows within half a second is the same request, %s after that exits at once',
  async ([again, code]) => {
    const stop = vi.fn<() => void>();
    const exit = vi.fn<(code: number) => void>();
    let pass!: () => void;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    const pause = vi.fn<(milliseconds: number) => Promise<void>>(() => passed);
    const process = Object.assign(new EventEmitter(), { exit });
    whenToldToStop(stop, { process, pause });
    expect(stop).not.toHaveBeenCalled();
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM']) process.emit(signal);
    expect([stop.mock.calls.length, exit.mock.calls, pause.mock.calls]).toEqual([1, [], [[SAME_REQUEST_MS]]]);
    pass();
    await passed;
    process.emit(again);
    expect([stop.mock.calls.length, exit.mock.calls, SAME_REQUEST_MS]).toEqual([1, [[code]], 500]);
  },
);
