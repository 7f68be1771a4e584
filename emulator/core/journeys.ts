import type { Ids, JourneyId } from './ids.ts';
import type { Journal } from './journal.ts';

export type JourneyState = 'live' | 'finished';

/** What is known of one journey without asking the rooms that take part in it. */
export interface Journey {
  readonly id: JourneyId;
  readonly account: string;
  readonly startedAt: number;
  state: JourneyState;
  /** How it began: `dialled`, `sip-in`, … */
  readonly origin: string;
  /** Domain facts for `GET /journeys/{id}`, added by the rooms; JSON. */
  readonly facts: Record<string, unknown>;
}

/** A journey, and the keys that it is linked to. */
interface Known {
  readonly journey: Journey;
  readonly keys: string[];
}

/** How many finished journeys stay readable. */
const KEPT_FINISHED = 500;

/**
 * Which journeys there are and what belongs to each. Rooms link keys (`ticket:35`, `user:7`, `number:+1415…`) to a
 * journey; whoever later sees the key finds the journey. No marker is ever put on the wire for this.
 */
export class Journeys {
  readonly #ids: Ids;
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #all = new Map<JourneyId, Known>();
  /** By account and key the journeys linked, the newest last. */
  readonly #links = new Map<string, Map<string, readonly JourneyId[]>>();
  readonly #finished: JourneyId[] = [];

  constructor(options: { ids: Ids; journal: Journal; now: () => number }) {
    this.#ids = options.ids;
    this.#journal = options.journal;
    this.#now = options.now;
  }

  open(account: string, origin: string): Journey {
    const id = this.#ids.journey();
    const journey: Journey = { id, account, startedAt: this.#now(), state: 'live', origin, facts: {} };
    this.#all.set(id, { journey, keys: [] });
    return journey;
  }

  get(id: string): Journey | undefined {
    return this.#all.get(id as JourneyId)?.journey;
  }

  live(account: string): Journey[] {
    return this.all(account).filter(({ state }) => state === 'live');
  }

  all(account: string): Journey[] {
    return [...this.#all.values()].flatMap(({ journey }) => (journey.account === account ? [journey] : []));
  }

  link(id: JourneyId, key: string): void {
    const known = this.#all.get(id);
    if (!known) return;
    const { account } = known.journey;
    const linked = this.linked(account, key);
    if (linked.includes(id)) return;
    const links = this.#links.get(account) ?? new Map<string, readonly JourneyId[]>();
    this.#links.set(account, links.set(key, [...linked, id]));
    known.keys.push(key);
  }

  /** The journeys that the key is linked to, the newest last. */
  linked(account: string, key: string): readonly JourneyId[] {
    return this.#links.get(account)?.get(key) ?? NONE;
  }

  /** The newest journey that the key is linked to, live ones before finished ones. */
  find(account: string, key: string): JourneyId | undefined {
    const linked = this.linked(account, key);
    return linked.findLast((id) => this.get(id)?.state === 'live') ?? linked.at(-1);
  }

  finish(id: JourneyId): void {
    const journey = this.get(id);
    if (!journey || journey.state === 'finished') return;
    journey.state = 'finished';
    this.#journal.finish(id);
    this.#finished.push(id);
    while (this.#finished.length > KEPT_FINISHED) this.#forget(this.#finished.shift() as JourneyId);
  }

  /** Forgets all journeys of an account (reset). */
  clear(account: string): void {
    for (const journey of this.all(account)) {
      this.finish(journey.id);
      this.#forget(journey.id);
    }
  }

  #forget(id: JourneyId): void {
    const known = this.#all.get(id);
    if (!known) return;
    this.#all.delete(id);
    const links = this.#links.get(known.journey.account);
    for (const key of known.keys) {
      const rest = links?.get(key)?.filter((other) => other !== id) ?? NONE;
      if (rest.length > 0) links?.set(key, rest);
      else links?.delete(key);
    }
    if (links?.size === 0) this.#links.delete(known.journey.account);
  }
}

const NONE: readonly JourneyId[] = [];
