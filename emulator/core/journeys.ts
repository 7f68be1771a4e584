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
  readonly #all = new Map<JourneyId, Journey>();
  /** Account and key to the journeys linked, the newest last. */
  readonly #links = new Map<string, JourneyId[]>();
  readonly #keys = new Map<JourneyId, string[]>();
  readonly #finished: JourneyId[] = [];

  constructor(options: { ids: Ids; journal: Journal; now: () => number }) {
    this.#ids = options.ids;
    this.#journal = options.journal;
    this.#now = options.now;
  }

  open(account: string, origin: string): Journey {
    const id = this.#ids.journey();
    const journey: Journey = { id, account, startedAt: this.#now(), state: 'live', origin, facts: {} };
    this.#all.set(id, journey);
    return journey;
  }

  get(id: string): Journey | undefined {
    return this.#all.get(id as JourneyId);
  }

  live(account: string): Journey[] {
    return [...this.#all.values()].filter((journey) => journey.account === account && journey.state === 'live');
  }

  all(account: string): Journey[] {
    return [...this.#all.values()].filter((journey) => journey.account === account);
  }

  link(journey: JourneyId, key: string): void {
    const account = this.#all.get(journey)?.account;
    if (account === undefined) return;
    const full = `${account}/${key}`;
    const linked = this.#links.get(full) ?? [];
    if (linked.includes(journey)) return;
    this.#links.set(full, [...linked, journey]);
    this.#keys.set(journey, [...(this.#keys.get(journey) ?? []), full]);
  }

  /** The journeys that the key is linked to, the newest last. */
  linked(account: string, key: string): JourneyId[] {
    return this.#links.get(`${account}/${key}`) ?? [];
  }

  /** The newest journey that the key is linked to, live ones before finished ones. */
  find(account: string, key: string): JourneyId | undefined {
    const linked = this.linked(account, key);
    return linked.findLast((id) => this.#all.get(id)?.state === 'live') ?? linked.at(-1);
  }

  finish(id: JourneyId): void {
    const journey = this.#all.get(id);
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
    for (const key of this.#keys.get(id) ?? []) {
      const rest = (this.#links.get(key) ?? []).filter((other) => other !== id);
      if (rest.length > 0) this.#links.set(key, rest);
      else this.#links.delete(key);
    }
    this.#keys.delete(id);
    this.#all.delete(id);
  }
}
