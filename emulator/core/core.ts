import { type Clock, realClock } from './clock.ts';
import { Faults } from './faults.ts';
import { createIds, type Ids } from './ids.ts';
import { JournalShelf } from './journal-shelf.ts';
import { Journal } from './journal.ts';
import { Journeys } from './journeys.ts';
import { anySeed, Random } from './random.ts';
import { Redactor } from './redact.ts';
import { SteerableClock } from './steerable-clock.ts';
import { Store } from './store.ts';

export interface CoreOptions {
  /** The world's seed; a random one by default. */
  seed?: number;
  /** SQLite file for the state; evicted journal entries go to `<file>.journal.jsonl`. In memory by default. */
  dataFile?: string;
  /** The wire clock. Only tests without sockets steer it. */
  clock?: Clock;
  /** Bound of the journal in bytes. */
  journalBytes?: number;
}

/** Everything that the rooms are given instead of reaching for it: time, ids, randomness, state, journal, faults. */
export interface Core {
  /** The wire clock. */
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly store: Store;
  readonly journal: Journal;
  readonly shelf: JournalShelf;
  readonly journeys: Journeys;
  readonly faults: Faults;
  readonly redactor: Redactor;
  /** The account's own clock: queue limits, wrap-up, retry schedules, rate windows, timestamps of records. */
  businessClock(account: string): SteerableClock;
  close(): void;
}

/** Whose sequences are the emulator's own. No account has this name. */
const NO_ACCOUNT = '';
/** Sequence numbers of the journal that are set aside for each start with a file: none is given again, whatever was lost with a killed process. */
const ENTRIES_OF_A_LIFE = 1e10;

export function createCore(options: CoreOptions = {}): Core {
  const clock = options.clock ?? realClock;
  const store = new Store(options.dataFile);
  const life = options.dataFile === undefined ? 1 : store.next(NO_ACCOUNT, 'life');
  const random = new Random(options.seed ?? anySeed(), life);
  const ids = createIds(random.fork('ids'), clock);
  const shelf = new JournalShelf({
    ...(options.journalBytes === undefined ? {} : { bytes: options.journalBytes }),
    ...(options.dataFile === undefined ? {} : { file: `${options.dataFile}.journal.jsonl` }),
  });
  const journal = new Journal({ clock, store, shelf, after: (life - 1) * ENTRIES_OF_A_LIFE });
  const journeys = new Journeys({ ids, journal, now: () => clock.now() });
  const faults = new Faults({ ids, journal, random: random.fork('faults') });
  const businessClocks = new Map<string, SteerableClock>();
  return {
    clock,
    random,
    ids,
    store,
    journal,
    shelf,
    journeys,
    faults,
    redactor: new Redactor(),
    businessClock(account) {
      let business = businessClocks.get(account);
      if (!business) businessClocks.set(account, (business = new SteerableClock({ base: clock })));
      return business;
    },
    close() {
      for (const business of businessClocks.values()) business.reset();
      store.close();
    },
  };
}
