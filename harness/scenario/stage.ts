import type { BridgeSession } from '../bridge/config.ts';
import { askDesk } from '../bridge/desk-client.ts';
import type { ControlClient } from '../emulator/control-client.ts';
import type { JournalEntry } from '../emulator/journal-entry.ts';
import type { JournalLog } from '../emulator/journal-log.ts';
import type { ExpectationRecord } from '../report/trace.ts';
import type { RunInfo } from './run-info.ts';

/** What the actors and matchers of one scenario share: the wires to emulator and bridge, and what happened so far. */
export class Stage {
  readonly run: RunInfo;
  readonly control: ControlClient;
  readonly log: JournalLog;
  /** The journal's last sequence number before the scenario. */
  readonly since: number;
  readonly expectations: ExpectationRecord[] = [];
  /** Ids of the journeys that the scenario's callers began. */
  readonly dialled: string[] = [];
  /** The longest delay of webhooks that was asked for, in milliseconds: nothing is settled before it is over. */
  longestDelayMs = 0;

  constructor(options: { run: RunInfo; control: ControlClient; log: JournalLog; since: number }) {
    this.run = options.run;
    this.control = options.control;
    this.log = options.log;
    this.since = options.since;
  }

  /** Entries of the scenario, of one journey if given. */
  entries(journey?: string): readonly JournalEntry[] {
    return this.log.read({ since: this.since, ...(journey === undefined ? {} : { journey }) });
  }

  /** What the bridge says of its calls; undefined when it cannot be asked. */
  async sessions(): Promise<readonly BridgeSession[] | undefined> {
    return this.run.readsSessions ? askDesk(this.run.desk, '/sessions') : undefined;
  }
}
