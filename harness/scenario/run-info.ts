import type { PresentationDraft } from '../emulator/drafts.ts';
import type { UpJson } from '../emulator/up-json.ts';

/** What the main process hands to the workers (vitest `provide`). */
export interface RunInfo {
  readonly up: UpJson;
  /** URL of the desk: the main process, which owns the bridge. */
  readonly desk: string;
  /** Whether the bridge can be asked for its sessions. */
  readonly readsSessions: boolean;
  /** Who calls unless the scenario says otherwise. */
  readonly caller: PresentationDraft;
  /** Where each scenario leaves its trace for the report. */
  readonly traceDir: string;
  readonly expectMs: number;
  readonly settleMs: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    ringback: RunInfo;
  }
  interface TaskMeta {
    /** File with what happened in this scenario (report/trace.ts). */
    ringbackTrace?: string;
  }
}
