import type { BridgeAddress, BridgeSession } from './config.ts';

/** A bridge that runs and is reachable. */
export interface StartedBridge {
  /** Where it is reached now; changes when it is started anew. */
  readonly address: BridgeAddress;
  /** Whether the adapter can be asked for sessions. */
  readonly readsSessions: boolean;
  /** @throws Error when the adapter offers no read-out, or the read-out fails. */
  sessions(): Promise<readonly BridgeSession[]>;
  /** Whether Ringback can start it anew. */
  readonly restartable: boolean;
  /** Lets the adapter make the bridge save its connection, if it can. */
  connect(): Promise<void>;
  /** @throws Error when the adapter cannot hang up. */
  hangUp(callId: string): Promise<void>;
  /** Lets the adapter forget the calls so far, if it can. */
  reset(): Promise<void>;
  /** Stops it and starts it anew, with this in its environment besides. @throws StartupError; Error when it is not restartable */
  restart(env?: Readonly<Record<string, string>>): Promise<BridgeAddress>;
  /** The listener hears once, in a complete message, when the bridge ends by itself. */
  onDeath(listener: (message: string) => void): void;
  stop(): Promise<void>;
}
