import type { JournalEntry } from '../emulator/journal-entry.ts';
import type { JourneyView } from '../emulator/journey-view.ts';

/** One expectation of a scenario and how it came out. */
export interface ExpectationRecord {
  /** In words: "the call of +14155550100 to be bound to ticket 35". */
  readonly text: string;
  readonly outcome: 'met' | 'missed';
  /** What was seen instead, or what showed it; one finding a line. */
  readonly seen: readonly string[];
  /** Sequence number of the last journal entry at that moment. */
  readonly seq: number;
  /** The journey that it is about; undefined when it is about no one of them. */
  readonly journey?: string;
}

/** Everything that a scenario leaves for the report. */
export interface Trace {
  readonly account: string;
  /** The journeys that began in the scenario, the oldest first, as they stood at its end. */
  readonly journeys: readonly JourneyView[];
  /** Every journal entry from its start to its end, of all journeys and of none. */
  readonly entries: readonly JournalEntry[];
  readonly expectations: readonly ExpectationRecord[];
}
