import { describe, expect, it } from 'vitest';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { toneSource } from './tone-source.ts';
import { apart } from './voice-frequencies.ts';
import { type HearingReport, type Speaker, Voices } from './voices.ts';
import type { Voice } from './voice.ts';

function voicesFor(onHearing?: (report: HearingReport) => void) {
  const clock = new SteerableClock();
  return { clock, voices: new Voices({ clock, ...(onHearing ? { onHearing } : {}) }) };
}

function speak(speaker: Voice, listener: Voice, frames: number): void {
  for (let count = 0; count < frames; count++) listener.port.sink.write(speaker.port.source.read());
}

describe('Voices', () => {
  it('gives the live voices of an account tones that nothing confuses', () => {
    const { voices } = voicesFor();
    const tones = Array.from({ length: 12 }, (_, index) => voices.create('acme', `voice ${index}`).frequencyHz);
    for (const tone of tones) {
      expect(tone % 10).toBe(0);
      expect(Math.min(...[697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633].map((dtmf) => Math.abs(dtmf - tone)))).toBeGreaterThan(20);
      expect(tones.filter((other) => other !== tone && !apart(tone, other))).toEqual([]);
    }
  });

  it('knows neighbours and harmonics', () => {
    expect(apart(1_000, 1_020)).toBe(false);
    expect(apart(500, 1_000)).toBe(false);
    expect(apart(670, 1_000)).toBe(false);
    expect(apart(1_000, 1_130)).toBe(true);
  });

  it('keeps accounts apart and gives a released tone again', () => {
    const { voices } = voicesFor();
    const first = voices.create('acme', 'caller');
    expect(voices.create('other', 'caller').frequencyHz).toBe(first.frequencyHz);
    expect(voices.create('acme', 'agent').frequencyHz).not.toBe(first.frequencyHz);
    voices.release(first);
    expect(voices.create('acme', 'again').frequencyHz).toBe(first.frequencyHz);
    voices.clear('acme');
    expect(voices.list('acme')).toEqual([]);
    expect(voices.list('other')).toHaveLength(1);
  });

  it('still finds distinct tones for two hundred voices, and says so when there are no more', () => {
    const { voices } = voicesFor();
    const tones = Array.from({ length: 200 }, (_, index) => voices.create('acme', `voice ${index}`).frequencyHz);
    expect(new Set(tones).size).toBe(200);
    expect(() => {
      for (let count = 0; count < 200; count++) voices.create('acme', 'one more');
    }).toThrow(/no tone is left for the voice "one more" in account "acme"/);
  });

  it('knows a stranger by half a second of sound that is nobody’s voice', () => {
    const { voices } = voicesFor();
    const [caller, agent] = [voices.create('acme', 'caller'), voices.create('acme', 'agent')];
    const stranger = toneSource(350);
    const frames = (count: number): void => {
      for (let frame = 0; frame < count; frame++) caller.port.sink.write(stranger.read());
    };
    frames(24);
    expect(voices.hearsStranger(caller)).toBe(false);
    frames(1);
    expect(voices.hearsStranger(caller)).toBe(true);
    caller.port.sink.reset?.();
    expect(voices.hearsStranger(caller)).toBe(false);
    frames(20);
    speak(agent, caller, 5);
    expect(voices.hearsStranger(caller)).toBe(false);
  });

  it('gives nobody the tone of the bridge, and measures it as every other', () => {
    const reports: HearingReport[] = [];
    const { voices: plain } = voicesFor();
    const bridgeToneHz = plain.create('acme', 'the first').frequencyHz;
    const voices = new Voices({
      clock: new SteerableClock(),
      onHearing: (report) => reports.push(report),
      bridgeToneHz: (account) => (account === 'acme' ? bridgeToneHz : undefined),
    });
    const caller = voices.create('acme', 'caller');
    const bridge = toneSource(bridgeToneHz);
    for (let frame = 0; frame < 25; frame++) caller.port.sink.write(bridge.read());
    expect(voices.hears(caller, voices.bridge('acme') as Speaker)).toMatchObject({ hears: true, share: 1, frequencyHz: bridgeToneHz });
    for (let frame = 0; frame < 25; frame++) caller.port.sink.write(new Int16Array(160));
    expect(reports.map(({ listener, speaker, hears }) => [listener, speaker, hears])).toEqual([
      ['caller', 'bridge', true],
      ['caller', 'bridge', false],
    ]);
    const tones = new Set([caller.frequencyHz]);
    while (voices.tonesLeft('acme') > 0) tones.add(voices.create('acme', 'one more').frequencyHz);
    expect(tones.has(bridgeToneHz)).toBe(false);
    expect(() => voices.create('acme', 'one too many')).toThrow('no tone is left');
    expect(voices.bridge('globex')).toBeUndefined();
    expect(voices.create('globex', 'the first').frequencyHz).toBe(bridgeToneHz);
  });

  it('refuses a bridge what it could not be known by', () => {
    const { voices } = voicesFor();
    const { frequencyHz } = voices.create('acme', 'Grace');
    expect([100, 230, 3_400, frequencyHz + 10].map((tone) => voices.refusal('acme', tone))).toEqual(Array(4).fill(undefined));
    expect([90, 3_410, Number.NaN].map((tone) => voices.refusal('acme', tone))).toEqual(Array(3).fill('it is not between 100 and 3400 Hz'));
    expect(voices.refusal('acme', 235)).toBe('it is no multiple of 10 Hz');
    expect(voices.refusal('acme', 950)).toMatch(/^it is less than 25 Hz from 941 Hz/);
    expect(voices.refusal('acme', frequencyHz)).toMatch(/^"Grace" speaks it; /);
    expect(voices.refusal('globex', frequencyHz)).toBeUndefined();
  });

  it('reports who hears whom', () => {
    const { voices } = voicesFor();
    const [caller, agent, other] = [voices.create('acme', 'caller'), voices.create('acme', 'agent'), voices.create('acme', 'other')];
    speak(caller, agent, 25);
    expect(voices.hears(agent, caller)).toMatchObject({ listener: 'agent', speaker: 'caller', hears: true, share: 1, audible: true });
    expect(voices.hears(agent, other)).toMatchObject({ hears: false, audible: true });
    expect(voices.hears(caller, agent)).toMatchObject({ hears: false, audible: false, windows: 0 });
  });

  it('tells when a voice begins and ceases to hear another, once each', () => {
    const reports: HearingReport[] = [];
    const { voices } = voicesFor((report) => reports.push(report));
    const [caller, agent] = [voices.create('acme', 'caller'), voices.create('acme', 'agent')];
    speak(caller, agent, 100);
    agent.port.sink.write(new Int16Array(160));
    for (let count = 0; count < 60; count++) agent.port.sink.write(new Int16Array(160));
    expect(reports.map(({ listener, speaker, hears }) => ({ listener, speaker, hears }))).toEqual([
      { listener: 'agent', speaker: 'caller', hears: true },
      { listener: 'agent', speaker: 'caller', hears: false },
    ]);
  });

  it('waits for a voice to be heard', async () => {
    const { voices } = voicesFor();
    const [caller, agent] = [voices.create('acme', 'caller'), voices.create('acme', 'agent')];
    const heard = voices.untilHears(agent, caller);
    speak(caller, agent, 25);
    await expect(heard).resolves.toMatchObject({ hears: true });
  });

  it('names the nearest miss when it waits in vain', async () => {
    const { clock, voices } = voicesFor();
    const [caller, agent, other] = [voices.create('acme', 'caller'), voices.create('acme', 'agent'), voices.create('acme', 'other')];
    const silent = voices.untilHears(caller, agent, { withinMs: 800 });
    const wrong = voices.untilHears(agent, caller, { withinMs: 900 });
    clock.advance(850);
    speak(other, agent, 25);
    clock.advance(50);
    await expect(silent).rejects.toThrow(/"caller" did not hear "agent" within 800 ms: it heard only silence/);
    await expect(wrong).rejects.toThrow(/"agent" did not hear "caller" within 900 ms: it heard something, but its tone of \d+ Hz stood -/);
  });
});
