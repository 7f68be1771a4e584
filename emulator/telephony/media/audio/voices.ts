import type { Clock } from '../../../core/clock.ts';
import type { Hearing, ListenOptions } from './ear.ts';
import { freeFrequency, TONES } from './voice-frequencies.ts';
import { Voice } from './voice.ts';

/** Whether one voice hears another, and how clearly. */
export interface HearingReport extends Hearing {
  readonly account: string;
  readonly listener: string;
  readonly speaker: string;
  /** Whether the listener hears anything at all. */
  readonly audible: boolean;
}

export interface VoicesOptions {
  clock: Clock;
  /** Called when a voice begins or ceases to hear another voice of its account; looked at every 100 ms. */
  onHearing?(report: HearingReport): void;
}

/** Every tone that can be told from the others has a voice already. */
export class NoToneLeft extends Error {
  override readonly name = 'NoToneLeft';
}

const FRAMES_PER_LOOK = 5;

/** Who speaks in which tone, per account, and who hears whom. */
export class Voices {
  readonly #clock: Clock;
  readonly #onHearing: ((report: HearingReport) => void) | undefined;
  readonly #voices = new Map<string, Set<Voice>>();
  readonly #forget = new Map<Voice, () => void>();
  readonly #onFree = new Set<(account: string) => void>();

  constructor(options: VoicesOptions) {
    this.#clock = options.clock;
    this.#onHearing = options.onHearing;
  }

  /** A voice with a tone that no other live voice of the account has. @throws NoToneLeft when all are taken. */
  create(account: string, name: string): Voice {
    const voices = this.#voices.get(account) ?? new Set();
    const frequency = freeFrequency(new Set([...voices].map((voice) => voice.frequencyHz)));
    if (frequency === undefined) {
      throw new NoToneLeft(
        `no tone is left for the voice "${name}" in account "${account}": ${voices.size} voices are live; end calls or use a second account`,
      );
    }
    this.#voices.set(account, voices);
    const voice = new Voice(account, name, frequency, this.#clock);
    voices.add(voice);
    if (this.#onHearing) this.#forget.set(voice, this.#watch(voice, this.#onHearing));
    return voice;
  }

  /** How many more voices the account can have now. */
  tonesLeft(account: string): number {
    return TONES - (this.#voices.get(account)?.size ?? 0);
  }

  /** Calls the listener whenever a tone of an account has become free. */
  onFree(listener: (account: string) => void): void {
    this.#onFree.add(listener);
  }

  list(account: string): Voice[] {
    return [...(this.#voices.get(account) ?? [])];
  }

  hears(listener: Voice, speaker: Voice, options: ListenOptions = {}): HearingReport {
    const heard = listener.ear.measure(speaker.frequencyHz, options);
    const names = { account: listener.account, listener: listener.name, speaker: speaker.name };
    return { ...names, ...heard, audible: listener.ear.audible(options) };
  }

  audible(listener: Voice, options: ListenOptions = {}): boolean {
    return listener.ear.audible(options);
  }

  /** Whether the listener hears somebody who is none of the account's voices: sound over 500 ms, and none of it a voice's tone. */
  hearsStranger(listener: Voice): boolean {
    return (
      listener.ear.sounding() && this.list(listener.account).every((voice) => voice === listener || this.hears(listener, voice).share === 0)
    );
  }

  /**
   * Waits until the listener hears the speaker.
   * @throws Error with the nearest miss when it does not within the time, 5 s by default.
   */
  untilHears(listener: Voice, speaker: Voice, options: ListenOptions & { withinMs?: number } = {}): Promise<HearingReport> {
    const { withinMs = 5_000, ...listen } = options;
    const now = this.hears(listener, speaker, listen);
    if (now.hears) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const stop = listener.ear.subscribe(() => {
        const report = this.hears(listener, speaker, listen);
        if (!report.hears) return;
        timer.clear();
        stop();
        resolve(report);
      });
      const timer = this.#clock.setTimeout(() => {
        stop();
        reject(new Error(describeMiss(this.hears(listener, speaker, listen), withinMs)));
      }, withinMs);
    });
  }

  /** The voice falls silent for the registry: its tone can be given to another. */
  release(voice: Voice): void {
    this.#forget.get(voice)?.();
    this.#forget.delete(voice);
    if (!this.#voices.get(voice.account)?.delete(voice)) return;
    for (const listener of this.#onFree) listener(voice.account);
  }

  /** Releases all voices of the account. */
  clear(account: string): void {
    for (const voice of this.list(account)) this.release(voice);
    this.#voices.delete(account);
  }

  #watch(listener: Voice, onHearing: (report: HearingReport) => void): () => void {
    const heard = new Set<Voice>();
    let frames = 0;
    return listener.ear.subscribe(() => {
      if (++frames % FRAMES_PER_LOOK !== 0) return;
      if (heard.size === 0 && !listener.ear.audible()) return;
      const speakers = this.list(listener.account);
      for (const gone of [...heard].filter((speaker) => !speakers.includes(speaker))) heard.delete(gone);
      for (const speaker of speakers) {
        if (speaker === listener) continue;
        const report = this.hears(listener, speaker);
        if (report.hears === heard.has(speaker)) continue;
        if (report.hears) heard.add(speaker);
        else heard.delete(speaker);
        onHearing(report);
      }
    });
  }
}

function describeMiss(report: HearingReport, withinMs: number): string {
  const what = report.audible
    ? `something, but its tone of ${report.frequencyHz} Hz stood ${report.dominanceDb} dB above the rest`
    : 'only silence';
  const share = Math.round(report.share * 100);
  return `"${report.listener}" did not hear "${report.speaker}" within ${withinMs} ms: it heard ${what} (${share} % of ${report.windows} windows; expected 20 dB in 80 % of 5)`;
}
