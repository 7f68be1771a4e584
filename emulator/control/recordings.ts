import type { JourneyId } from '../core/ids.ts';
import type { JournalEntry } from '../core/journal.ts';
import { type Voice, WavRecorder } from '../telephony/media/index.ts';
import type { LegRecord } from '../telephony/pstn/index.ts';
import type { Rooms } from './rooms.ts';

/** How many recorded journeys are kept; the oldest gives way. */
const KEPT = 20;

/** Recordings of the calls that asked for it (`record`): what the caller heard and what each agent heard, leg by leg. */
export class Recordings {
  readonly #rooms: Rooms;
  readonly #journeys = new Map<JourneyId, Map<string, WavRecorder>>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    rooms.core.journal.subscribe((entry) => this.#followAgent(entry));
  }

  /** Records a journey: its caller's leg from now on, and each agent's from their answer. */
  start(journey: JourneyId, caller: Voice): void {
    this.#journeys.set(journey, new Map());
    this.#record(journey, 'caller', caller);
    for (const oldest of this.#journeys.keys()) {
      if (this.#journeys.size <= KEPT) break;
      this.#journeys.delete(oldest);
    }
  }

  /** Party (`caller`, or an agent's name) to recording; empty for a journey that was not recorded. */
  of(journey: JourneyId): ReadonlyMap<string, WavRecorder> {
    return this.#journeys.get(journey) ?? new Map<string, WavRecorder>();
  }

  #record(journey: JourneyId, party: string, voice: Voice): void {
    voice.recording = new WavRecorder();
    this.#journeys.get(journey)?.set(party, voice.recording);
  }

  #followAgent({ kind, account, journey, data }: JournalEntry): void {
    if (!journey || !account || !this.#journeys.has(journey) || (kind !== 'leg.answered' && kind !== 'leg.ended')) return;
    const leg = data as LegRecord;
    if (leg.kind !== 'agent') return;
    const { workspace } = this.#rooms;
    // Names need not be unique: who answers has this call, who is done has its recorder.
    const named = workspace.list(account).filter((each) => each.name === leg.party);
    if (kind === 'leg.answered') {
      const agent = named.find((each) => each.call?.journey === journey) ?? named[0];
      if (agent) this.#record(journey, leg.party, workspace.voice(account, agent.id));
      return;
    }
    const recorder = this.of(journey).get(leg.party);
    for (const { id } of named) {
      const voice = workspace.voice(account, id);
      if (voice.recording === recorder) voice.recording = undefined;
    }
  }
}
