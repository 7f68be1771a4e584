import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from 'ringback/sip';

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

/** How far the engine's threads give way (nice value). */
const GIVES_WAY = 15;

/**
 * Lets the threads on which V8 marks what is alive give way to the one that answers. On a single core they take half of it for as
 * long as a large heap takes to be marked: at 1,000 calls a second all waited for 400 to 750 ms every ten seconds or so, which
 * makes SIP peers repeat themselves after 500; now for 170 at most (measured). With two cores, the peer on the other, too.
 */
export function giveWay(): void {
  // Only Linux has a priority for each thread.
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task')) {
    try {
      if (readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === 'V8Worker') setPriority(Number(thread), GIVES_WAY);
    } catch {
      // It has ended since, or the system forbids it: all that is lost is speed.
    }
  }
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
