import type { Rooms } from './rooms.ts';

/**
 * Moves the account's business clock so many milliseconds forward, from one thing that falls due to the next. Webhooks are sent and
 * answered before the clock moves on, those that were under way at the beginning included. Ends early when the account is reset meanwhile.
 */
export async function advanceClock(
  { core, webhooks }: Pick<Rooms, 'core' | 'webhooks'>,
  account: string,
  milliseconds: number,
): Promise<void> {
  const clock = core.businessClock(account);
  let ahead = clock.ahead;
  for (let left = milliseconds; ;) {
    await webhooks.settled(account);
    // The clock fell back: a reset, or a restore, ended what was to come.
    if (clock.ahead < ahead || left <= 0) return;
    const step = Math.min(left, clock.nextIn ?? left);
    clock.advance(step);
    ahead = clock.ahead;
    left -= step;
  }
}
