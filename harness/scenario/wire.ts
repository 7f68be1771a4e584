import { askDesk, watchForDeath } from '../bridge/desk-client.ts';
import { ControlClient } from '../emulator/control-client.ts';
import type { JournalLog } from '../emulator/journal-log.ts';
import { openJournalStream } from '../emulator/journal-stream.ts';
import { isOwnRead } from '../own-reads.ts';
import { within } from '../time.ts';
import type { RunInfo } from './run-info.ts';

/** One worker's connections to emulator and main process, kept for all of its scenarios. */
export interface Wire {
  readonly run: RunInfo;
  readonly control: ControlClient;
  readonly log: JournalLog;
  close(): void;
}

export async function openWire(run: RunInfo): Promise<Wire> {
  const control = ControlClient.of(run.up);
  const stream = await openJournalStream(run.up.controlUrl, { keep: (entry) => !isOwnRead(entry) });
  const stopWatching = watchForDeath(run.desk, (message) => stream.log.breakOff(new GoneError(message)));
  return {
    run,
    control,
    log: stream.log,
    close() {
      stopWatching();
      stream.close();
    },
  };
}

/** The bridge or the emulator ended while scenarios ran. The message is complete and meant to be shown alone. */
export class GoneError extends Error {
  override readonly name = 'GoneError';

  constructor(message: string) {
    super(message);
    // Where the harness noticed it is of no interest to anybody.
    this.stack = `${this.name}: ${message}`;
  }
}

/** How long the main process may take to notice what a worker noticed first, in milliseconds. */
const NOTICED_WITHIN = 1_000;

/**
 * Why no scenario can run any more; null while they can. `first` is true for the first that asks; `patiently` waits a
 * little for the main process to notice.
 */
export function askForDeath(run: RunInfo, { patiently = false } = {}): Promise<{ message: string; first: boolean } | null> {
  return within(askDesk(run.desk, '/death', { wait: patiently, claim: true }), NOTICED_WITHIN, null);
}
