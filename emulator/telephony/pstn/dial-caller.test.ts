import { beforeEach, describe, expect, test } from 'vitest';
import { type AudioSource, toneSource, Voices } from '../media/index.ts';
import type { PstnArrival } from './arrival.ts';
import { dialCaller, type DialCallerOptions, type DialledCaller } from './dial-caller.ts';
import { legsOf, openLeg } from './legs.ts';
import { settle, testNetwork, type TestNetwork } from './testing/test-network.ts';

const LINE = '+14155550150';

describe('a scripted caller', () => {
  let world: TestNetwork;
  let voices: Voices;
  let arrival: PstnArrival | undefined;
  let pressed: string;
  let bridgeToneHz: number | undefined;

  beforeEach(() => {
    world = testNetwork();
    voices = new Voices({ clock: world.clock, bridgeToneHz: () => bridgeToneHz });
    bridgeToneHz = undefined;
    arrival = undefined;
    pressed = '';
  });

  function subscribe(): void {
    const take = (call: PstnArrival): void => {
      arrival = call;
      call.on('digit', (digit) => (pressed += digit));
      call.ringing();
    };
    world.pstn.attach(LINE, take);
  }

  async function dial(o: Partial<DialCallerOptions> = {}): Promise<DialledCaller> {
    const dialled = dialCaller({ core: world.core, pstn: world.pstn, voices }, { account: 'acme', from: '+14155550100', to: LINE, ...o });
    await settle();
    return dialled;
  }

  test('dials, and the journey tells how the call stands', async () => {
    subscribe();
    const { journey, call } = await dial({ from: { number: '+14155550100', name: 'Ada', withheld: true } });
    expect(journey.facts['call']).toMatchObject({ from: '+14155550100', to: LINE, carrier: 'clean', state: 'ringing', endedBy: null });
    expect(journey.facts['presentation']).toEqual({
      dialled: { number: '+14155550100', name: 'Ada', withheld: true, asserted: '+14155550100', diversions: [] },
    });
    expect(world.core.journeys.find('acme', 'number:+14155550100')).toBe(journey.id);
    expect(voices.list('acme').map((voice) => voice.name)).toEqual(['caller +14155550100']);
    arrival?.answer();
    call.hangup();
    expect(journey.facts['call']).toMatchObject({ state: 'ended', endedBy: 'caller', cause: 'normal' });
    expect(legsOf(journey.facts)).toMatchObject([{ kind: 'caller', party: '+14155550100', state: 'ended', endedBy: 'caller' }]);
    expect(voices.list('acme')).toEqual([]);
    expect(world.core.journal.read({ journey: journey.id }).map((entry) => entry.kind)).toEqual([
      'call.dialled',
      'leg.opened',
      'leg.ringing',
      'leg.answered',
      'leg.ended',
    ]);
  });

  test('takes its steps one after the other', async () => {
    subscribe();
    const { caller, call, journey } = await dial({
      script: [
        { await: 'ringing' },
        { await: 'answered' },
        { pause: 500 },
        { press: '0#' },
        { pause: 100 },
        { hangUp: true },
        { await: 'ended' },
      ],
    });
    expect(caller.progress.step).toBe(2);
    arrival?.answer();
    await settle();
    world.clock.advance(499);
    await settle();
    expect(pressed).toBe('');
    world.clock.advance(1);
    await settle();
    expect(pressed).toBe('0#');
    expect(journey.facts['call']).toMatchObject({ digits: '0#', script: { state: 'running', step: 5, problem: null } });
    world.clock.advance(100);
    expect(await caller.finished).toEqual({ state: 'done', step: 7, problem: null });
    expect(call.end).toEqual({ by: 'caller', cause: 'normal' });
  });

  test('an await in vain ends the script, not the call', async () => {
    subscribe();
    const { caller, call, journey } = await dial({ script: [{ await: 'answered', withinMs: 2000 }, { hangUp: true }] });
    world.clock.advance(2000);
    const problem = 'waited in vain for "answered": the call was still ringing after 2000 ms';
    expect(await caller.finished).toEqual({ state: 'failed', step: 1, problem });
    expect(call.state).toBe('ringing');
    await settle();
    expect(world.core.journal.read({ journey: journey.id, kind: 'note' })[0]?.label).toBe(
      `the caller's script failed at step 1: ${problem}`,
    );
  });

  test('the end of the call ends every wait at once', async () => {
    subscribe();
    const { caller } = await dial({ script: [{ await: { hears: 'agent' } }] });
    arrival?.reject('busy');
    expect(await caller.finished).toMatchObject({
      state: 'failed',
      problem: 'waited in vain for hearing "agent": the call ended (busy, by callee)',
    });
    const paused = await dial({ script: [{ pause: 60_000 }, { await: 'ended' }] });
    arrival?.hangup();
    expect(await paused.caller.finished).toMatchObject({ state: 'done' });
  });

  test('keys pressed before the answer fail the script', async () => {
    subscribe();
    const { caller } = await dial({ script: [{ press: '1' }] });
    expect(await caller.finished).toMatchObject({
      state: 'failed',
      step: 1,
      problem: 'the call is dialling and carries no keys (pressed: 1)',
    });
  });

  test('hears the bridge, when it has answered, as sound that is nobody’s voice, and the agent by tone', async () => {
    subscribe();
    const agent = voices.create('acme', 'Grace');
    const unknown = toneSource(agent.frequencyHz + 70);
    const say = (source: AudioSource, frames: number): void => {
      for (let frame = 0; frame < frames; frame++) voice.port.sink.write(source.read());
    };
    const { caller, voice, journey } = await dial({
      script: [{ await: { hears: 'bridge' } }, { await: { hears: 'Grace' } }, { await: { hears: 'agent' } }],
    });
    arrival?.answer();
    const trunk = openLeg(world.core, journey.id, { kind: 'trunk', party: 'sip:127.0.0.1:5070' });
    trunk.ring();
    say(unknown, 60);
    await settle();
    expect(caller.progress.step).toBe(1);
    trunk.answer();
    say(agent.port.source, 40);
    expect(caller.progress.step).toBe(1);
    say(unknown, 60);
    await settle();
    expect(caller.progress.step).toBe(2);
    say(agent.port.source, 19);
    await settle();
    expect(caller.progress.step).toBe(2);
    say(agent.port.source, 6);
    expect(await caller.finished).toMatchObject({ state: 'done', step: 3 });
  });

  test('hears a bridge whose tone is known by that, and by no other sound', async () => {
    subscribe();
    bridgeToneHz = 230;
    const { caller, voice, journey } = await dial({ script: [{ await: { hears: 'bridge' } }] });
    const say = (source: AudioSource, frames: number): void => {
      for (let frame = 0; frame < frames; frame++) voice.port.sink.write(source.read());
    };
    arrival?.answer();
    openLeg(world.core, journey.id, { kind: 'trunk', party: 'sip:127.0.0.1:5070' }).answer();
    say(toneSource(240), 60);
    await settle();
    expect(caller.progress.state).toBe('running');
    say(toneSource(230), 25);
    expect(await caller.finished).toMatchObject({ state: 'done' });
  });

  test('refuses what cannot be dialled before anything is begun', () => {
    const rooms = { core: world.core, pstn: world.pstn, voices };
    expect(() => dialCaller(rooms, { account: 'acme', from: '555', to: LINE })).toThrow('expected E.164');
    expect(() => dialCaller(rooms, { account: 'acme', from: '+14155550100', to: LINE, carrier: 'nobody' })).toThrow(
      'no carrier profile "nobody"',
    );
    expect(world.core.journeys.all('acme')).toEqual([]);
    expect(voices.list('acme')).toEqual([]);
  });

  test('leaves no timer behind', async () => {
    subscribe();
    const { call, caller } = await dial({ script: [{ await: 'answered' }, { await: { hears: 'agent' } }] });
    arrival?.answer();
    call.hangup();
    await caller.finished;
    const journal = world.core.journal.read().length;
    world.clock.advance(3_600_000);
    expect(world.core.journal.read().length).toBe(journal);
    expect(world.pstn.calls('acme')).toEqual([]);
  });
});
