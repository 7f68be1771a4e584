import { PerformanceObserver } from 'node:perf_hooks';
import v8 from 'node:v8';

/** Percent by which the old generation may grow before it is collected; V8 lets a small one multiply. */
const GROWTH = 30;
/** Bytes of the young generation, all of it, beyond which it is large enough: V8 goes on to three times as much. */
const YOUNG = 32 * 2 ** 20;

/**
 * For a process that does nothing else: keeps the heap near what lives in it. Almost all that a busy emulator allocates is dropped
 * soon, and V8 would rather take another 200 MB than collect it. Both are flags of V8 that it reads as it goes.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  const observer = new PerformanceObserver(() => {
    const young = v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    if (young && young.space_size < YOUNG) return;
    v8.setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
