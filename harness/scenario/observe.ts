import type { Stage } from './stage.ts';

/** What a look at the world found. */
export interface Finding {
  readonly holds: boolean;
  /** It does not hold, and waiting for it is of no use. A negative waits all the same: a bridge may change its mind. */
  readonly final?: boolean;
  /** What was seen, in words; the nearest miss first. */
  readonly seen: readonly string[];
}

/** One look. `over` tells whether nothing more can happen to what is looked at (its journeys are finished). */
export type Look = () => Promise<Finding & { readonly over: boolean }>;

export interface ObserveOptions {
  /** The expectation is that it does not come to hold. */
  readonly negated: boolean;
  /**
   * `event`: once true, always true. `state`: may change back, so its absence must last.
   * `exact`: says that there is no more and no less, so it counts only when things have settled.
   */
  readonly nature: 'event' | 'state' | 'exact';
  /** In milliseconds; the run's `expectMs` by default. */
  readonly withinMs?: number;
}

/** Between two looks when the journal says nothing, in milliseconds: read-outs and hearing do not announce themselves. */
const TICK = 50;
/** How long a state may have lasted before it can be seen, in milliseconds: hearing takes half a second of sound. */
const SHOWS_AFTER = 600;
/** How long nothing may happen after everything is over, in milliseconds. */
const QUIET_AFTER_END = 150;

/**
 * Looks again with every journal entry until it is decided: it holds; it cannot hold any more; things have settled
 * (nothing happened for a while) where that decides; or time is up. A negative never passes before things have settled.
 * @throws what broke the journal off (emulator or bridge ended)
 */
export async function observe(stage: Stage, look: Look, options: ObserveOptions): Promise<Finding> {
  const settleMs = stage.run.settleMs + stage.longestDelayMs + (options.nature === 'state' ? SHOWS_AFTER : 0);
  const patient = options.negated || options.nature === 'exact';
  const deadline = AbortSignal.timeout(Math.max(options.withinMs ?? stage.run.expectMs, patient ? 2 * settleMs : 0));
  const stillness = (): { long: AbortSignal; short: AbortSignal } => ({
    long: AbortSignal.timeout(settleMs),
    short: AbortSignal.timeout(Math.min(settleMs, QUIET_AFTER_END + stage.longestDelayMs)),
  });
  let quiet = stillness();
  let absent = AbortSignal.timeout(settleMs);
  for (;;) {
    // Asked before the look: what comes in between is seen by the next look.
    const settled = { long: quiet.long.aborted, short: quiet.short.aborted, absent: absent.aborted, timeUp: deadline.aborted };
    const finding = await look();
    if (finding.holds) absent = AbortSignal.timeout(settleMs);
    if (settled.timeUp || decided(finding, options, { ...settled, settled: finding.over ? settled.short : settled.long })) return finding;
    if (await stage.log.next(TICK)) quiet = stillness();
  }
}

function decided(finding: Finding & { over: boolean }, options: ObserveOptions, so: { settled: boolean; absent: boolean }): boolean {
  const { nature, negated } = options;
  if (finding.final && !negated) return true;
  if (nature === 'exact') return so.settled && (finding.holds !== negated || finding.over);
  if (!negated) return finding.holds || (so.settled && finding.over);
  if (nature === 'state') return !finding.holds && (so.absent || (so.settled && finding.over));
  return finding.holds || so.settled;
}
