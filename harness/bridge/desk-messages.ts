import type { BridgeAddress, BridgeSession } from './config.ts';

/** What the workers may ask the main process, which owns the bridge: path to request body and answer. */
export interface DeskRoutes {
  '/address': { body: undefined; answer: BridgeAddress };
  '/sessions': { body: undefined; answer: readonly BridgeSession[] };
  '/hang-up': { body: { callId: string }; answer: null };
  /** Stops and starts the bridge in the account as it is; this in its environment besides. */
  '/restart': { body: { env: Readonly<Record<string, string>> }; answer: BridgeAddress };
  /**
   * Brings account and bridge back to how they were after they had connected: the bridge forgets its calls, where its adapter
   * can, and is started afresh if it was started anew meanwhile.
   */
  '/prepare': { body: undefined; answer: null };
  /** Waits some time for the bridge or the emulator to end; null when neither did. `first` is true for one asker only. */
  '/death': { body: { wait: boolean; claim: boolean }; answer: { message: string; first: boolean } | null };
}

export type DeskPath = keyof DeskRoutes;
