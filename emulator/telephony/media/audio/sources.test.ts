import { describe, expect, it } from 'vitest';
import { AudioPipe } from './audio-pipe.ts';
import { type AudioSource, FRAME_SAMPLES } from './audio.ts';
import { tonePower } from './goertzel.ts';
import { mixSource } from './mix-source.ts';
import { toneSource } from './tone-source.ts';

const constant = (value: number): AudioSource => ({ read: () => new Int16Array(FRAME_SAMPLES).fill(value) });

function collect(source: AudioSource, frames: number): Int16Array {
  const samples = new Int16Array(frames * FRAME_SAMPLES);
  for (let frame = 0; frame < frames; frame++) samples.set(source.read(), frame * FRAME_SAMPLES);
  return samples;
}

describe('toneSource', () => {
  it.each([440, 1_000, 433.3])('is one unbroken sine of %d Hz', (frequency) => {
    const samples = collect(toneSource(frequency, { levelDb: 0 }), 50);
    samples.forEach((sample, index) => {
      expect(Math.abs(sample - 32_767 * Math.sin((2 * Math.PI * frequency * index) / 8_000))).toBeLessThan(1);
    });
  });

  it('has the level that was asked for', () => {
    const samples = collect(toneSource(500, { levelDb: -20 }), 5);
    const peak = Math.sqrt(2 * tonePower(samples, 0, 800, 500));
    expect(20 * Math.log10(peak / 32_767)).toBeCloseTo(-20, 1);
  });

  it('refuses what 8 kHz cannot carry', () => {
    expect(() => toneSource(4_000)).toThrow(/4000 Hz/);
    expect(() => toneSource(Number.NaN)).toThrow(RangeError);
  });
});

describe('mixSource', () => {
  it('adds up and stops at full scale', () => {
    expect(mixSource([constant(100), constant(-30)]).read()[0]).toBe(70);
    expect(mixSource([constant(30_000), constant(30_000)]).read()[5]).toBe(32_767);
    expect(mixSource([constant(-30_000), constant(-30_000)]).read()[5]).toBe(-32_768);
  });
});

describe('AudioPipe', () => {
  it('gives back what was written, in order, then silence', () => {
    const pipe = new AudioPipe();
    pipe.write(constant(1).read());
    pipe.write(constant(2).read());
    expect([pipe.read()[0], pipe.read()[0], pipe.read()[0]]).toEqual([1, 2, 0]);
  });

  it('drops the oldest when nobody reads', () => {
    const pipe = new AudioPipe();
    for (let value = 1; value <= 6; value++) pipe.write(constant(value).read());
    expect([3, 4, 5, 6].map(() => pipe.read()[0])).toEqual([3, 4, 5, 6]);
  });

  it('keeps its own copy', () => {
    const pipe = new AudioPipe();
    const frame = new Int16Array(FRAME_SAMPLES).fill(9);
    pipe.write(frame);
    frame.fill(0);
    expect(pipe.read()[0]).toBe(9);
  });
});
