import { afterEach, describe, expect, it } from 'vitest';
import { createCore } from '../../../core/core.ts';
import { openLeg } from '../../../telephony/pstn/index.ts';
import { JourneyJoiner } from './join.ts';

const cores: ReturnType<typeof createCore>[] = [];
afterEach(() => {
  for (const core of cores.splice(0)) core.close();
});

/** An account with one live call at each of these bridges. */
function callsAt(...parties: string[]) {
  const core = createCore({ seed: 1 });
  cores.push(core);
  const joiner = new JourneyJoiner(core);
  const journeys = parties.map((party) => {
    const journey = core.journeys.open('acme', 'dialled');
    openLeg(core, journey.id, { kind: 'trunk', party });
    return journey;
  });
  const join = (host: string, port: number) => joiner.join('acme', { ticketId: null, number: null, remote: { host, port } });
  return { journeys, join };
}

describe('a call from the bridge that says neither ticket nor number', () => {
  it('joins the only call at the bridge, wherever the bridge sends from', () => {
    const { journeys, join } = callsAt('sip:bridge.test');
    expect(join('192.0.2.1', 40_000)).toMatchObject({
      journey: journeys[0],
      rule: 'only-live-leg',
      evidence: { calledAt: 'sip:bridge.test', comesFrom: '192.0.2.1:40000' },
    });
  });

  it('joins the only call at that bridge, when there are several bridges', () => {
    const { journeys, join } = callsAt('sip:127.0.0.1:5070', 'sip:127.0.0.1:5080', 'sip:192.0.2.1;region=us1');
    expect(join('127.0.0.1', 5080).journey).toBe(journeys[1]);
    expect(join('192.0.2.1', 40_000).journey).toBe(journeys[2]);
    expect(join('127.0.0.1', 40_000).rule).toBe('new-journey');
    expect(join('192.0.2.9', 5060).rule).toBe('new-journey');
  });

  it('joins none of two calls at one bridge', () => {
    expect(callsAt('sip:127.0.0.1:5070', 'sip:127.0.0.1:5070').join('127.0.0.1', 5070).rule).toBe('new-journey');
  });
});
