import type { JournalEntry } from '../../emulator/journal-entry.ts';
import type { JourneyView } from '../../emulator/journey-view.ts';
import { waitForEntry, type Wanted } from '../../emulator/wait-for-entry.ts';
import type { Stage } from '../stage.ts';

/** One caller's whole way through the system. */
export class Journey {
  readonly id: string;
  readonly stage: Stage;
  /** In words, for messages: "the call of +14155550100". */
  readonly title: string;

  constructor(stage: Stage, id: string, title: string) {
    this.stage = stage;
    this.id = id;
    this.title = title;
  }

  /** Where it stands now, in domain words. */
  view(): Promise<JourneyView> {
    return this.stage.control.journey(this.id);
  }

  /** What happened so far in the journey, the oldest first. */
  entries(): readonly JournalEntry[] {
    return this.stage.entries(this.id);
  }

  /**
   * Waits for something to happen in the journey, looking at what happened already.
   * @throws Error that explains the nearest miss
   */
  waitFor(what: string, conditions: Wanted['conditions'], withinMs?: number): Promise<JournalEntry> {
    const { log, since, run } = this.stage;
    return waitForEntry(log, { what: `${what} in ${this.title}`, conditions, journey: this.id, since, withinMs: withinMs ?? run.expectMs });
  }

  /** Id of the ticket that Talk opened for the call; waits for it. @throws Error when none comes in time */
  async ticket(): Promise<number> {
    const there = (await this.view()).ticket;
    if (there !== null) return there;
    await this.waitFor('a ticket', { 'a ticket is created': (entry) => entry.kind === 'ticket.created' });
    const { ticket } = await this.view();
    if (ticket === null) throw new Error(`${this.title} made a ticket, but not one of its own`);
    return ticket;
  }
}
