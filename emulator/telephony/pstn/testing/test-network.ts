import { createCore, type Core } from '../../../core/core.ts';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { deaf, silence } from '../../media/index.ts';
import type { PstnArrival } from '../arrival.ts';
import type { DialOptions } from '../call-types.ts';
import type { PstnCall } from '../call.ts';
import { clean } from '../carriers/clean.ts';
import { createPstn, type PstnNetwork } from '../network.ts';
import { presentationOf } from '../presentation.ts';

/** A network on a clock that stands still, and what one call of it did. For tests of this room. */
export interface TestNetwork {
  readonly core: Core;
  readonly clock: SteerableClock;
  readonly pstn: PstnNetwork;
  dial(o?: Partial<DialOptions>): { call: PstnCall; seen: string[] };
}

/** Lets the microtasks run that a call with no post-dial delay waits for. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

/** Events in words: `ended callee busy 486`. */
export function observe(side: PstnCall | PstnArrival): string[] {
  const seen: string[] = [];
  const call = side as PstnCall;
  for (const event of ['ringing', 'progress', 'answered'] as const) call.on(event, () => seen.push(event));
  call.on('digit', (digit) => seen.push(`digit ${digit}`));
  call.on('ended', (end) => seen.push(['ended', end.by, end.cause, ...(end.sipStatus === undefined ? [] : [end.sipStatus])].join(' ')));
  return seen;
}

export function testNetwork(): TestNetwork {
  const clock = new SteerableClock();
  const core = createCore({ seed: 1, clock });
  const pstn = createPstn({ core });
  return {
    core,
    clock,
    pstn,
    dial(o = {}) {
      const call = pstn.dial({
        account: 'acme',
        journey: core.journeys.open('acme', 'dialled').id,
        from: presentationOf('+14155550100'),
        to: '+14155550150',
        carrier: clean,
        audio: { source: silence, sink: deaf },
        ...o,
      });
      return { call, seen: observe(call) };
    },
  };
}
