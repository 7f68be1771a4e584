import { startEmulator, type EmulatorOptions, type UpJson } from 'ringback/emulator';
import { ControlClient } from '../../harness/emulator/control-client.ts';
import type { JournalEntry, SipMessageData } from '../../harness/emulator/journal-entry.ts';
import type { JournalLog } from '../../harness/emulator/journal-log.ts';
import { type JournalStream, openJournalStream } from '../../harness/emulator/journal-stream.ts';
import type { JourneyView } from '../../harness/emulator/journey-view.ts';
import { waitForEntry } from '../../harness/emulator/wait-for-entry.ts';

/** An emulator as whoever drives it from outside sees it: control plane and journal. */
export class PeerWorld implements AsyncDisposable {
  readonly up: UpJson;
  readonly control: ControlClient;
  readonly #stream: JournalStream;
  readonly #stop: () => Promise<void>;

  constructor(up: UpJson, stream: JournalStream, stop: () => Promise<void>) {
    this.up = up;
    this.control = ControlClient.of(up);
    this.#stream = stream;
    this.#stop = stop;
  }

  get log(): JournalLog {
    return this.#stream.log;
  }

  /** Waits for an entry of this kind. @throws Error that names the nearest miss. */
  entry(what: string, kind: string, holds: (entry: JournalEntry) => boolean, options: { journey?: string; withinMs?: number } = {}) {
    return waitForEntry(this.log, { what, conditions: { [`kind ${kind}`]: (entry) => entry.kind === kind, [what]: holds }, ...options });
  }

  /** Waits until the journey is as wanted, looking at it after every entry. @throws Error with the journey when it does not come. */
  async until(journey: string, what: string, wanted: (view: JourneyView) => boolean, withinMs = 10_000): Promise<JourneyView> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const next = this.log.next(250);
      const view = await this.control.journey(journey);
      if (wanted(view)) return view;
      if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}; the journey is ${JSON.stringify(view)}`);
      await next;
    }
  }

  /** The SIP messages so far, the oldest first. */
  sip(wanted: (data: SipMessageData) => boolean = () => true): SipMessageData[] {
    return this.log
      .read()
      .filter((entry) => entry.kind === 'sip.message')
      .map((entry) => entry.data as unknown as SipMessageData)
      .filter(wanted);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.close();
    await this.#stop();
  }
}

/** Starts an emulator in this process. */
export async function startWorld(options: EmulatorOptions = {}): Promise<PeerWorld> {
  const emulator = await startEmulator({ randomSeed: 1, ...options });
  return openWorld(emulator.describe(), () => emulator.stop());
}

/** Takes up an emulator that runs. */
export async function openWorld(up: UpJson, stop: () => Promise<void>): Promise<PeerWorld> {
  return new PeerWorld(up, await openJournalStream(up.controlUrl, { since: 0 }), stop);
}
