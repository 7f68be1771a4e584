import { describe, expect, it } from 'vitest';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { type AudioSource, FRAME_SAMPLES, silence } from './audio.ts';
import { Ear } from './ear.ts';
import { mixSource } from './mix-source.ts';
import { toneSource } from './tone-source.ts';

const WINDOW = 5;

function listen(ear: Ear, source: AudioSource, frames: number): void {
  for (let count = 0; count < frames; count++) ear.write(source.read());
}

describe('Ear', () => {
  it('hears a steady tone after 500 ms, and not before', () => {
    const ear = new Ear();
    const tone = toneSource(1_000);
    listen(ear, tone, 24);
    expect(ear.hearing([440, 1_000])).toBeUndefined();
    listen(ear, tone, 1);
    expect(ear.hearing([440, 1_000])).toMatchObject({ frequencyHz: 1_000, hears: true, share: 1, windows: 5 });
  });

  it.each([
    { level: -31, hears: false },
    { level: -33, hears: true },
  ])('needs the tone 20 dB above the rest: another one at $level dB against -12 dB', ({ level, hears }) => {
    const ear = new Ear();
    listen(ear, mixSource([toneSource(1_000, { levelDb: -12 }), toneSource(1_370, { levelDb: level })]), 25);
    const heard = ear.measure(1_000);
    expect(heard.hears).toBe(hears);
    expect(heard.dominanceDb).toBeCloseTo(-12 - level, 0);
  });

  it.each([
    { silent: 1, hears: true },
    { silent: 2, hears: false },
  ])('needs it in 80 % of the windows: $silent of 5 silent', ({ silent, hears }) => {
    const ear = new Ear();
    const tone = toneSource(500);
    listen(ear, tone, 10);
    listen(ear, silence, silent * WINDOW);
    listen(ear, tone, (3 - silent) * WINDOW);
    expect(ear.measure(500)).toMatchObject({ hears, share: (5 - silent) / 5 });
  });

  it('counts a window in which one packet was lost as missed', () => {
    const ear = new Ear();
    const tone = toneSource(500);
    listen(ear, tone, 12);
    listen(ear, silence, 1);
    tone.read();
    listen(ear, tone, 12);
    expect(ear.measure(500).share).toBe(0.8);
  });

  it('forgets the tone of 500 ms ago, wherever its buffer wraps', () => {
    const ear = new Ear();
    for (let frame = 0; frame < 60; frame += 7) {
      listen(ear, toneSource(900), 25 + frame);
      expect(ear.hearing([900, 1_500])?.frequencyHz).toBe(900);
      listen(ear, toneSource(1_500), 25);
      expect(ear.hearing([900, 1_500])?.frequencyHz).toBe(1_500);
    }
  });

  it('only counts what came since a mark', () => {
    const ear = new Ear();
    const tone = toneSource(700);
    listen(ear, tone, 50);
    const since = ear.position;
    expect(ear.measure(700, { since })).toMatchObject({ hears: false, windows: 0 });
    listen(ear, tone, 24);
    expect(ear.measure(700, { since })).toMatchObject({ hears: false, windows: 4 });
    listen(ear, tone, 1);
    expect(ear.measure(700, { since }).hears).toBe(true);
    ear.reset();
    expect(ear.measure(700)).toMatchObject({ hears: false, windows: 0 });
  });

  it('hears nothing any more 500 ms after the frames ceased, when it has a clock', () => {
    const clock = new SteerableClock();
    const ear = new Ear(clock);
    listen(ear, toneSource(700), 25);
    clock.advance(500);
    expect(ear.measure(700).hears).toBe(true);
    clock.advance(1);
    expect(ear.measure(700)).toMatchObject({ hears: false, windows: 0 });
    expect(ear.audible()).toBe(false);
  });

  it('tells silence from sound', () => {
    const ear = new Ear();
    expect(ear.audible()).toBe(false);
    listen(ear, silence, 25);
    expect(ear.audible()).toBe(false);
    // What A-law decodes its silence to.
    listen(ear, { read: () => new Int16Array(FRAME_SAMPLES).fill(8) }, 25);
    expect(ear.audible()).toBe(false);
    listen(ear, toneSource(600, { levelDb: -40 }), 5);
    expect(ear.audible()).toBe(true);
  });
});
