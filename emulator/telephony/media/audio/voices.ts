import type { Clock } from '../../../core/clock.ts';
import type { Hearing, ListenOptions } from './ear.ts';
import { freeFrequencies, freeFrequency, unfitFrequency } from './voice-frequencies.ts';
import { Voice } from './voice.ts';

/** Who can be heard by a tone: a voice, or the account's bridge. */
export interface Speaker {
  readonly name: string;
  readonly frequencyHz: number;
}

/** Whether a voice hears a speaker, and how clearly. */
export interface HearingReport extends Hearing {
  readonly account: string;
  readonly listener: string;
  readonly speaker: string;
  /** Whether the listener hears anything at all. */
  readonly audible: boolean;
}

export interface VoicesOptions {
  clock: Clock;
  /** Called when a voice begins or ceases to hear another speaker of its account; looked at every 100 ms. */
  onHearing?(report: HearingReport): void;
  /** What the account's bridge speaks, in Hz, where somebody told it: no voice gets that tone. */
  bridgeToneHz?(account: string): number | undefined;
}

/** Every tone that can be told from the others has a voice already. */
export class NoToneLeft extends Error {
  override readonly name = 'NoToneLeft';
}

const FRAMES_PER_LOOK = 5;

/** Who speaks in which tone, per account, and who hears whom. */
export class Voices {
  readonly #clock: Clock;
  readonly #onHearing: VoicesOptions['onHearing'];
  readonly #bridgeToneHz: NonNullable<VoicesOptions['bridgeToneHz']>;
  /** One object as long as the tone is the same: whoever hears it goes on hearing the same speaker. */
  readonly #bridges = new Map<string, Speaker>();
  readonly #voices = new Map<string, Set<Voice>>();
  readonly #forget = new Map<Voice, () => void>();
  readonly #onFree = new Set<(account: string) => void>();

  constructor(options: VoicesOptions) {
    this.#clock = options.clock;
    this.#onHearing = options.onHearing;
    this.#bridgeToneHz = options.bridgeToneHz ?? (() => undefined);
  }

  /** A voice with a tone that neither another live voice of the account nor its bridge has. @throws NoToneLeft when all are taken. */
  create(account: string, name: string): Voice {
    const voices = this.#voices.get(account) ?? new Set();
    const frequency = freeFrequency(this.#taken(account));
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
    return freeFrequencies(this.#taken(account)).length;
  }

  /** Calls the listener whenever a tone of an account has become free. */
  onFree(listener: (account: string) => void): void {
    this.#onFree.add(listener);
  }

  list(account: string): Voice[] {
    return [...(this.#voices.get(account) ?? [])];
  }

  /** The account's bridge as a speaker; undefined where nobody told its tone. */
  bridge(account: string): Speaker | undefined {
    const frequencyHz = this.#bridgeToneHz(account);
    if (frequencyHz === undefined) return undefined;
    const known = this.#bridges.get(account);
    if (known?.frequencyHz === frequencyHz) return known;
    const bridge = { name: 'bridge', frequencyHz };
    this.#bridges.set(account, bridge);
    return bridge;
  }

  /** Why the account's bridge cannot have this tone; undefined when it can. */
  refusal(account: string, frequencyHz: number): string | undefined {
    const speaker = this.list(account).find((voice) => voice.frequencyHz === frequencyHz);
    return (
      unfitFrequency(frequencyHz) ??
      (speaker && `"${speaker.name}" speaks it; told before anybody speaks (in the seed), it is given to nobody`)
    );
  }

  hears(listener: Voice, speaker: Speaker, options: ListenOptions = {}): HearingReport {
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
  untilHears(listener: Voice, speaker: Speaker, options: ListenOptions & { withinMs?: number } = {}): Promise<HearingReport> {
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
    this.#bridges.delete(account);
  }

  /** Whoever has a tone of their own in the account. */
  #speakers(account: string): Speaker[] {
    const bridge = this.bridge(account);
    return bridge ? [...this.list(account), bridge] : this.list(account);
  }

  #taken(account: string): Set<number> {
    return new Set(this.#speakers(account).map((speaker) => speaker.frequencyHz));
  }

  #watch(listener: Voice, onHearing: (report: HearingReport) => void): () => void {
    const heard = new Set<Speaker>();
    let frames = 0;
    return listener.ear.subscribe(() => {
      if (++frames % FRAMES_PER_LOOK !== 0) return;
      if (heard.size === 0 && !listener.ear.audible()) return;
      const speakers = this.#speakers(listener.account);
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
