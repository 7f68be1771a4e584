import type { Clock } from '../../../core/clock.ts';
import { type AudioSink, FRAME_SAMPLES } from './audio.ts';
import { tonePower, totalPower } from './goertzel.ts';

/** 100 ms, so that every multiple of 10 Hz has whole periods in it. */
const WINDOW_SAMPLES = 800;
const WINDOWS = 5;
const SPAN = WINDOW_SAMPLES * WINDOWS;
const SPAN_MS = 500;
/** Mean square below which a window counts as silence: about -56 dB of full scale (inferred). */
const AUDIBLE_POWER = 50 * 50;
const DOMINANT_DB = 20;
const DOMINANT_SHARE = 0.8;
/** Stands for "nothing of it" and "nothing but it"; keeps reports JSON. */
const LIMIT_DB = 99;

/** How one tone stood out over the last 500 ms. */
export interface Hearing {
  readonly frequencyHz: number;
  /** The tone at least 20 dB above the rest in at least 80 % of the windows, over full 500 ms. */
  readonly hears: boolean;
  /** Median over the windows of tone against rest, in dB, within ±99. */
  readonly dominanceDb: number;
  /** Part of the windows in which the tone dominates, 0 to 1. */
  readonly share: number;
  /** How many windows of 100 ms there were to look at: 0 to 5. */
  readonly windows: number;
}

export interface ListenOptions {
  /** Only what was heard from this position on counts (an earlier `ear.position`). */
  since?: number;
}

/**
 * Listens for tones. "Hears f" means: the tone f at least 20 dB above the rest in 80 % of the 100 ms windows over the
 * last 500 ms. The windows end with the newest frame.
 */
export class Ear implements AudioSink {
  /** Twice the span, written once at each half, so that the last 500 ms always lie in one piece. */
  readonly #samples = new Int16Array(2 * SPAN);
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock | undefined;
  #lastWrite = 0;
  #position = 0;
  #since = 0;

  /** @param clock lets what was heard fade 500 ms after the last frame, as when a call has ended; else it stays. */
  constructor(clock?: Clock) {
    this.#clock = clock;
  }

  write(frame: Int16Array): void {
    const at = this.#position % SPAN;
    this.#samples.set(frame, at);
    this.#samples.set(frame, at + SPAN);
    this.#position += FRAME_SAMPLES;
    this.#lastWrite = this.#clock?.monotonic() ?? 0;
    for (const listener of this.#listeners) listener();
  }

  /** Samples heard so far: a mark for `since`. */
  get position(): number {
    return this.#position;
  }

  /** Calls the listener after every frame. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets what was heard. */
  reset(): void {
    this.#since = this.#position;
  }

  /** How the tone stands out, heard or not. */
  measure(frequencyHz: number, options: ListenOptions = {}): Hearing {
    const dominances = this.#windows(options).map(([samples, from]) => dominance(samples, from, frequencyHz));
    const windows = dominances.length;
    const share = windows === 0 ? 0 : dominances.filter((db) => db >= DOMINANT_DB).length / windows;
    const median = dominances.toSorted((a, b) => a - b)[windows >> 1] ?? -LIMIT_DB;
    const hears = windows === WINDOWS && share >= DOMINANT_SHARE;
    return { frequencyHz, hears, dominanceDb: Math.round(median * 10) / 10, share, windows };
  }

  /** The one of these tones that is heard. */
  hearing(frequencies: readonly number[], options: ListenOptions = {}): Hearing | undefined {
    if (!this.audible(options)) return undefined;
    return frequencies.map((frequency) => this.measure(frequency, options)).find((heard) => heard.hears);
  }

  /** Whether there was any sound within the last 500 ms. */
  audible(options: ListenOptions = {}): boolean {
    return this.#windows(options).some(([samples, from]) => totalPower(samples, from, WINDOW_SAMPLES) >= AUDIBLE_POWER);
  }

  /** Whether there was sound, of whatever kind, in at least 80 % of the windows over full 500 ms. */
  sounding(options: ListenOptions = {}): boolean {
    const windows = this.#windows(options);
    const loud = windows.filter(([samples, from]) => totalPower(samples, from, WINDOW_SAMPLES) >= AUDIBLE_POWER).length;
    return windows.length === WINDOWS && loud / WINDOWS >= DOMINANT_SHARE;
  }

  /** The complete windows of the last 500 ms, the oldest first. */
  #windows(options: ListenOptions): [Int16Array, number][] {
    if (this.#clock && this.#clock.monotonic() - this.#lastWrite > SPAN_MS) return [];
    const heard = this.#position - Math.max(this.#since, options.since ?? 0);
    const count = Math.min(WINDOWS, Math.floor(heard / WINDOW_SAMPLES));
    const end = (this.#position % SPAN) + SPAN;
    return Array.from({ length: Math.max(0, count) }, (_, index) => [this.#samples, end - (count - index) * WINDOW_SAMPLES]);
  }
}

function dominance(samples: Int16Array, from: number, frequencyHz: number): number {
  const total = totalPower(samples, from, WINDOW_SAMPLES);
  if (total < AUDIBLE_POWER) return -LIMIT_DB;
  const tone = Math.min(total, tonePower(samples, from, WINDOW_SAMPLES, frequencyHz));
  const db = 10 * Math.log10(tone / (total - tone));
  return Math.max(-LIMIT_DB, Math.min(LIMIT_DB, Number.isNaN(db) ? -LIMIT_DB : db));
}
