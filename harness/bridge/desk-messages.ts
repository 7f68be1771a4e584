import type { BridgeAddress, BridgeSession } from './config.ts';

/** What the workers may ask the main process, which owns the bridge: path to request body and answer. */
export interface DeskRoutes {
  '/address': { body: undefined; answer: BridgeAddress };
  '/sessions': { body: undefined; answer: readonly BridgeSession[] };
  '/hang-up': { body: { callId: string }; answer: null };
  /** Makes the bridge forget its calls, where its adapter can. */
  '/forget': { body: undefined; answer: null };
  /** Stops and starts the bridge in the account as it is; this in its environment besides. */
  '/restart': { body: { env: Readonly<Record<string, string>> }; answer: BridgeAddress };
  /** Returns the account to the start and connects a fresh bridge to it. */
  '/renew': { body: undefined; answer: BridgeAddress };
  /** Waits some time for the bridge or the emulator to end; null when neither did. `first` is true for one asker only. */
  '/death': { body: { wait: boolean; claim: boolean }; answer: { message: string; first: boolean } | null };
}

export type DeskPath = keyof DeskRoutes;
