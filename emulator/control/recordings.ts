import type { JourneyId } from '../core/ids.ts';
import type { JournalEntry } from '../core/journal.ts';
import { type Voice, WavRecorder } from '../telephony/media/index.ts';
import { type LegKind, type LegRecord, legsOf } from '../telephony/pstn/index.ts';
import type { Rooms } from './rooms.ts';

/** How many recorded journeys are kept; the oldest gives way. */
const KEPT = 20;

/** The legs that are RTP with the bridge, by the party whose end of it the emulator keeps. */
const BRIDGED: Readonly<Record<string, LegKind>> = { trunk: 'trunk', talk: 'sip-in' };

const BY_CALL_ID = 'call-id:';

/** What came in on one leg of a journey. */
export interface Recording {
  /** The leg's id, as the journey lists it. */
  readonly leg: string | null;
  readonly wav: WavRecorder;
}

/**
 * Recordings of the calls that asked for it (`record`), leg by leg: what the caller heard, what came back from where the call
 * overflowed to, what the bridge said on the trunk and on SIP-IN, and what each agent heard. They end with their leg: nothing is heard after it, and nothing is left to be written.
 */
export class Recordings {
  readonly #rooms: Rooms;
  readonly #journeys = new Map<JourneyId, Map<string, Recording>>();
  /** The agents' voices that are being recorded, by leg. */
  readonly #agents = new Map<string, Voice>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    rooms.core.journal.subscribe((entry) => this.#follow(entry));
  }

  /** Records a journey: its caller's leg from now on, those with the bridge from their first audio, each agent's from their answer. */
  start(journey: JourneyId, caller: Voice): void {
    const { journeys } = this.#rooms.core;
    for (const id of this.#journeys.keys()) if (!journeys.get(id)) this.#journeys.delete(id);
    this.#journeys.set(journey, new Map());
    const leg = legsOf(journeys.get(journey)?.facts ?? {}).find(({ kind }) => kind === 'caller');
    caller.recording = this.#add(journey, 'caller', leg?.id ?? null);
    for (const oldest of this.#journeys.keys()) {
      if (this.#journeys.size <= KEPT) break;
      this.#journeys.delete(oldest);
    }
  }

  /**
   * Name to recording; empty for a journey that was not recorded. Names are `caller`, `overflow`, `trunk`, `sip-in` and the agents'; a
   * further leg of the same name has its number behind it (`trunk-2`).
   */
  of(journey: JourneyId): ReadonlyMap<string, Recording> {
    return this.#journeys.get(journey) ?? new Map<string, Recording>();
  }

  #follow({ kind, account, journey, thread, from, to, data }: JournalEntry): void {
    if (kind === 'leg.ended') return this.#leave(data as LegRecord);
    if (!journey || !account || !this.#journeys.has(journey)) return;
    if (kind === 'leg.opened') return this.#followOverflow(account, journey, data as LegRecord);
    if (kind === 'leg.answered') return this.#followAgent(account, journey, data as LegRecord);
    if (kind !== 'rtp.started' || !thread?.startsWith(BY_CALL_ID)) return;
    const party = (data as { direction: 'in' | 'out' }).direction === 'in' ? to : from;
    this.#followBridge(journey, thread, party);
  }

  /** Both directions start, and a 183 may have done so before the answer: the first one counts. */
  #followBridge(journey: JourneyId, thread: string, party: string): void {
    const { core, media } = this.#rooms;
    const callId = thread.slice(BY_CALL_ID.length);
    const legs = legsOf(core.journeys.get(journey)?.facts ?? {});
    const leg = legs.findLast((each) => each.callId === callId && each.kind === BRIDGED[party]);
    if (!leg || [...this.of(journey).values()].some((each) => each.leg === leg.id)) return;
    media.find(thread, party)?.sinks.add(this.#add(journey, leg.kind, leg.id));
  }

  /** From the first that comes in: a leg that nobody answers, and that brings no early media, has none. */
  #followOverflow(account: string, journey: JourneyId, leg: LegRecord): void {
    if (leg.kind !== 'overflow') return;
    let wav: WavRecorder | undefined;
    const write = (frame: Int16Array): void => (wav ??= this.#add(journey, leg.kind, leg.id)).write(frame);
    this.#rooms.talk.hearOverflow(account, leg.id, { write });
  }

  #followAgent(account: string, journey: JourneyId, leg: LegRecord): void {
    if (leg.kind !== 'agent') return;
    const { workspace } = this.#rooms;
    // Names need not be unique: who answers has this call.
    const named = workspace.list(account).filter((each) => each.name === leg.party);
    const agent = named.find((each) => each.call?.journey === journey) ?? named[0];
    if (!agent) return;
    const voice = workspace.voice(account, agent.id);
    voice.recording = this.#add(journey, leg.party, leg.id);
    this.#agents.set(leg.id, voice);
  }

  #leave({ id }: LegRecord): void {
    const voice = this.#agents.get(id);
    if (!voice) return;
    voice.recording = undefined;
    this.#agents.delete(id);
  }

  #add(journey: JourneyId, party: string, leg: string | null): WavRecorder {
    const wav = new WavRecorder();
    const recordings = this.#journeys.get(journey);
    let name = party;
    for (let number = 2; recordings?.has(name); number++) name = `${party}-${number}`;
    recordings?.set(name, { leg, wav });
    return wav;
  }
}
