import { askDesk, watchForDeath } from '../bridge/desk-client.ts';
import { ControlClient } from '../emulator/control-client.ts';
import type { JournalLog } from '../emulator/journal-log.ts';
import { openJournalStream } from '../emulator/journal-stream.ts';
import { isOwnRead } from '../own-reads.ts';
import type { RunInfo } from './run-info.ts';

/** One worker's connections to emulator and main process, kept for all of its scenarios. */
export interface Wire {
  readonly run: RunInfo;
  readonly control: ControlClient;
  readonly log: JournalLog;
  /** The bridge that runs is no longer the one that the account's snapshot knows. */
  bridgeChanged: boolean;
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
    bridgeChanged: false,
    close() {
      stopWatching();
      stream.close();
    },
  };
}

/** The bridge or the emulator ended while scenarios ran. The message is complete and meant to be shown alone. */
export class GoneError extends Error {
  override readonly name = 'GoneError';
}

/** Why no scenario can run any more; `first` is true for the first that asks. */
export function askForDeath(run: RunInfo): Promise<{ message: string; first: boolean } | null> {
  return askDesk(run.desk, '/death', { wait: false, claim: true });
}
