import { beforeEach, describe, expect, test } from 'vitest';
import type { PstnArrival } from './arrival.ts';
import { observe, settle, testNetwork, type TestNetwork } from './testing/test-network.ts';

const LINE = '+14155550150';

describe('the telephone network', () => {
  let world: TestNetwork;
  let arrivals: PstnArrival[];
  let heard: string[];

  beforeEach(() => {
    world = testNetwork();
    arrivals = [];
  });

  function subscribe(take: (arrival: PstnArrival) => void = () => undefined): void {
    world.pstn.attach(LINE, (arrival) => {
      arrivals.push(arrival);
      heard = observe(arrival);
      take(arrival);
    });
  }

  test('a number that nobody has is unallocated', async () => {
    const { call, seen } = world.dial();
    expect(call.state).toBe('dialling');
    await settle();
    expect(seen).toEqual(['ended network unallocated-number']);
    expect(world.pstn.calls('acme')).toEqual([]);
  });

  test('rings, is answered and carries digits both ways', async () => {
    subscribe((arrival) => arrival.ringing());
    const { call, seen } = world.dial();
    await settle();
    expect(call.sendDigits('1')).toBe(false);
    arrivals[0]?.answer();
    expect(call.sendDigits('0#')).toBe(true);
    expect(arrivals[0]?.sendDigits('A')).toBe(true);
    call.hangup();
    expect(seen).toEqual(['ringing', 'answered', 'digit A', 'ended caller normal']);
    expect(heard).toEqual(['digit 0', 'digit #', 'ended caller normal']);
    expect(() => call.sendDigits('x')).toThrow('"x" cannot be pressed on a telephone');
  });

  const endings: [name: string, expected: string, end: (arrival: PstnArrival) => void][] = [
    ['rejects', 'ended callee busy 486', (arrival) => arrival.reject('busy', { sipStatus: 486 })],
    ['hangs up', 'ended callee normal', (arrival) => arrival.hangup()],
    ['fails', 'ended network temporary-failure', (arrival) => arrival.fail('temporary-failure')],
    ['never answers', 'ended network no-answer', () => world.clock.advance(120_000)],
    ['belongs to an account that is reset', 'ended network normal', () => world.pstn.endAll('acme')],
  ];

  for (const [name, expected, end] of endings) {
    for (const before of ['offered', 'ringing', 'answered'] as const) {
      if (name === 'never answers' && before === 'answered') continue;
      test(`ended fires once on each side when an ${before} call's subscriber ${name}`, async () => {
        subscribe((arrival) => {
          if (before === 'ringing') arrival.ringing();
          if (before === 'answered') arrival.answer();
        });
        const { call, seen } = world.dial();
        await settle();
        end(arrivals[0] as PstnArrival);
        for (const again of endings) again[2](arrivals[0] as PstnArrival);
        call.hangup('busy');
        expect(heard).toEqual([expected]);
        expect(seen.filter((event) => event.startsWith('ended'))).toEqual([expected]);
        expect(world.pstn.calls('acme')).toEqual([]);
      });
    }
  }

  test('a listener that throws or ends the call again keeps neither side from its ended', async () => {
    subscribe((arrival) => {
      arrival.on('ended', () => {
        arrival.hangup();
        throw new Error('listener');
      });
    });
    const { call, seen } = world.dial();
    await settle();
    expect(() => call.hangup()).toThrow('listener');
    expect(heard).toEqual(['ended caller normal']);
    expect(seen).toEqual(['ended caller normal']);
  });

  test('a caller who hangs up during the post-dial delay never reaches the subscriber', async () => {
    subscribe();
    const { call, seen } = world.dial({ postDialDelayMs: 1500 });
    world.clock.advance(1499);
    call.hangup();
    world.clock.advance(10_000);
    expect(seen).toEqual(['ended caller normal']);
    expect(arrivals).toEqual([]);
  });

  test('the ring limit of the dialling party counts from the offer', () => {
    subscribe((arrival) => arrival.ringing());
    const { seen } = world.dial({ postDialDelayMs: 1500, ringTimeoutMs: 10_000 });
    world.clock.advance(11_499);
    expect(seen).toEqual(['ringing']);
    world.clock.advance(1);
    expect(seen).toEqual(['ringing', 'ended network no-answer']);
  });

  test('a subscriber that throws loses the call, and the journal says why', async () => {
    subscribe(() => {
      throw new Error('no tone left');
    });
    const { seen } = world.dial();
    await settle();
    expect(seen).toEqual(['ended network temporary-failure']);
    expect(heard).toEqual(['ended network temporary-failure']);
    expect(world.core.journal.read({ kind: 'call.failed' })[0]?.label).toBe(
      'the subscriber of +14155550150 could not take the call: no tone left',
    );
  });

  test('illegal transitions name both states', async () => {
    subscribe((arrival) => arrival.answer());
    const { call } = world.dial();
    await settle();
    expect(() => arrivals[0]?.ringing()).toThrow(`call ${call.id} is answered and cannot ring; possible now: end`);
    call.hangup();
    expect(() => arrivals[0]?.answer()).toThrow('is ended and cannot answer');
  });

  test('a number belongs to one subscriber until it is detached', () => {
    const attached = world.pstn.attach(LINE, () => undefined);
    expect(() => world.pstn.attach(LINE, () => undefined)).toThrow('+14155550150 belongs to somebody already');
    attached.detach();
    world.pstn.attach(LINE, () => undefined);
    attached.detach();
    expect(world.pstn.attached(LINE)).toBe(true);
  });

  test('endAll touches only its own account', async () => {
    subscribe();
    const mine = world.dial();
    const other = world.dial({ account: 'other' });
    await settle();
    expect(world.pstn.endAll('acme')).toBe(1);
    expect(mine.call.state).toBe('ended');
    expect(other.call.state).toBe('offered');
  });
});
