import type { Rooms } from './rooms.ts';

/**
 * Moves the account's business clock so many milliseconds forward, from one thing that falls due to the next. Webhooks are sent and
 * answered before the clock moves on, those that were under way at the beginning included; what begins while they are waited for is not
 * waited for in turn. Ends early when the account is reset, restored or removed meanwhile, and when the emulator stops.
 */
export async function advanceClock(
  { core, webhooks }: Pick<Rooms, 'core' | 'webhooks'>,
  account: string,
  milliseconds: number,
): Promise<void> {
  const clock = core.businessClock(account);
  for (let left = milliseconds; ;) {
    const goesOn = await webhooks.settled(account);
    if (!goesOn || left <= 0) return;
    const step = Math.min(left, clock.nextIn ?? left);
    clock.advance(step);
    left -= step;
  }
}
