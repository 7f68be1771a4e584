import { SAMPLE_RATE } from './audio.ts';

/**
 * Mean square of the one frequency within the samples (Goertzel). Exact where the samples hold whole periods: over
 * 100 ms at 8 kHz that is any multiple of 10 Hz.
 */
export function tonePower(samples: Int16Array, from: number, length: number, frequencyHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / SAMPLE_RATE);
  let last = 0;
  let before = 0;
  for (let index = from; index < from + length; index++) {
    const next = (samples[index] as number) + coefficient * last - before;
    before = last;
    last = next;
  }
  const magnitude = last * last + before * before - coefficient * last * before;
  return (2 * magnitude) / (length * length);
}

/** Mean square of all that is in the samples. */
export function totalPower(samples: Int16Array, from: number, length: number): number {
  let sum = 0;
  for (let index = from; index < from + length; index++) {
    const sample = samples[index] as number;
    sum += sample * sample;
  }
  return sum / length;
}
