import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../emulator/telephony/index.ts';

/** Milliseconds between two looks. */
const EVERY = 1_000;
/** Share of that time in which a process that is at rest may have been busy. */
const AT_REST = 0.1;
/** Bytes that may have gathered before it is worth the pause. */
const WORTH = 100 * 2 ** 20;

/**
 * Keeps V8's young generation as small as it begins: what is read and compiled until the emulator is ready would let it grow by
 * some 12 MB that nobody needs afterwards (measured). What comes back lets it grow with the load from then on.
 */
export function startSmall(): () => void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  return () => v8.setFlagsFromString('--semi-space-growth-factor=2');
}

/**
 * Gives memory back when there is nothing else to do. Almost all that a busy emulator allocates is dropped soon, and V8 rather
 * takes another few hundred MB than to collect it, which is right while it is busy: limits on the heap's growth cost a third
 * of the speed (measured).
 */
export function collectWhenIdle(clock: Clock): void {
  v8.setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let before = process.cpuUsage();
  let kept = process.memoryUsage.rss();
  const look = (): void => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    if ((user + system) / 1_000 < EVERY * AT_REST && process.memoryUsage.rss() - kept > WORTH) {
      collect();
      kept = process.memoryUsage.rss();
    }
    clock.setTimeout(look, EVERY);
  };
  clock.setTimeout(look, EVERY);
}
