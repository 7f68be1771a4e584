import type { PresentationDraft } from '../emulator/drafts.ts';
import type { UpJson } from '../emulator/up-json.ts';

/** What the functions of a bridge's configuration are given. */
export interface BridgeContext {
  /** Addresses and credentials, exactly as `ringback up --json` prints them. */
  readonly emulator: UpJson;
}

/** Where a started bridge is reached; addresses as `host:port`, `http` as a base URL. */
export interface BridgeAddress {
  readonly sip: string;
  readonly http?: string;
}

/** What a bridge says of one call, where it can be asked. Only what it really knows: unknown things are left out. */
export interface BridgeSession {
  readonly id: string;
  /** Call-ID of the trunk's INVITE. */
  readonly callId?: string;
  /** The caller's number as the bridge understood it; null when it knows none. */
  readonly caller?: string | null;
  /** The Zendesk ticket that the bridge linked to the call; null when none. */
  readonly ticketId?: number | null;
  /** What the bridge learnt of the caller: flat names, organization fields prefixed `org_`. */
  readonly enrichment?: Readonly<Record<string, unknown>> | null;
  readonly state?: string;
  /** The tone that it hears from the caller now, in Hz; null when it hears none. */
  readonly heardHz?: number | null;
}

/** How the harness asks the bridge about itself, beyond what the wire shows. Every part is optional. */
export interface BridgeAdapter {
  /** The bridge's calls, ended ones included as long as it remembers them. */
  sessions?(context: BridgeContext & { bridge: BridgeAddress }): Promise<readonly BridgeSession[]>;
  /**
   * Makes the bridge save its connection, its webhook above all, in the account; resolves when it is saved. For bridges that do
   * not do it by themselves before they are ready. Run when the trunk leads to the bridge, before the first scenario and after
   * each restart: all scenarios begin with the account as it is then.
   */
  connect?(context: BridgeContext & { bridge: BridgeAddress }): Promise<void>;
  /** Makes the bridge hang up the call with this Call-ID. */
  hangUp?(context: BridgeContext & { bridge: BridgeAddress; callId: string }): Promise<void>;
  /** Makes the bridge forget its calls; run between scenarios. */
  reset?(context: BridgeContext & { bridge: BridgeAddress }): Promise<void>;
}

/**
 * How the harness learns that the bridge is ready: a URL that answers 2xx, a line of its output, or one line of JSON on
 * standard output (`{"ready":true,"sip":"127.0.0.1:5080","http":"http://127.0.0.1:8080"}`).
 */
export type Readiness = { readonly url: string } | { readonly log: RegExp } | { readonly json: true };

/** The default of `readyWithinMs`. */
export const READY_WITHIN_MS = 15_000;

interface Common {
  readonly adapter?: BridgeAdapter;
  /**
   * The tone that it speaks to its callers, in Hz, for a bridge that speaks one: hearing it is then measured as with every party. Of a
   * bridge that really talks it is left out: any sound counts that is no caller's or agent's.
   */
  readonly toneHz?: number;
  /**
   * Whether to wait, before the first scenario, until the account has a webhook and the bridge saves nothing more. Default: true for a
   * bridge that is already running and whose adapter has no `connect()`; false for one that Ringback starts: that one has saved it when
   * it is ready.
   */
  readonly savesWebhook?: boolean;
  /** How long it may take to become ready, then to save its webhook, and then what else it saves; 15,000 ms by default. */
  readonly readyWithinMs?: number;
}

/** A bridge that the harness starts as a process of its own and stops with all that it started. */
export interface CommandBridge extends Common {
  /** A shell line, or program and arguments. `node` is the Node that runs Ringback. */
  readonly command: string | readonly [string, ...string[]];
  readonly cwd?: string;
  /** Added to the environment of `ringback`; `undefined` takes a variable away. */
  env?(context: BridgeContext): Readonly<Record<string, string | undefined>>;
  readonly readiness: Readiness;
  /** `host:port` of its SIP listener over UDP; not needed when the ready line says it. */
  readonly sip?: string;
  /** Base URL of its HTTP side, for the adapter; not needed when the ready line says it. */
  readonly http?: string;
  /** How long it may take to stop before it is killed; 3,000 ms by default. */
  readonly stopWithinMs?: number;
}

/** A bridge that runs inside the harness's main process. */
export interface InProcessBridge extends Common {
  /** `env` is what a scenario wants of it besides (`bridgeEnv`, `bridge.restarts({ … })`); empty otherwise. */
  start(context: BridgeContext & { env: Readonly<Record<string, string>> }): Promise<BridgeAddress & { stop(): Promise<void> | void }>;
}

/**
 * A bridge that somebody else started, and that already knows where the emulator listens (see `emulator.args`). Each run has a
 * fresh account, so that it must save its webhook when the emulator is up: by itself, or told by `adapter.connect()`.
 */
export interface RunningBridge extends Common, BridgeAddress {}

export type BridgeConfig = CommandBridge | InProcessBridge | RunningBridge;

/** `ringback.config.ts`. Paths are relative to that file. */
export interface RingbackConfig {
  readonly bridge: BridgeConfig;
  /** Globs of the scenario files; every `*.scenario.ts` under `scenarios` by default. */
  readonly scenarios?: readonly string[];
  /** Who calls in scenarios that do not say otherwise; Ada Lovelace of the demo account, +14155550100, by default. */
  readonly caller?: string | PresentationDraft;
  readonly emulator?: {
    /** Seed file (`--seed`); the demo account by default. */
    readonly seed?: string;
    /** More flags for `ringback up`: `['--port', '4500', '--sip-port', '5070']` for a bridge that is already running. */
    readonly args?: readonly string[];
  };
  readonly timeouts?: {
    /** How long an expectation waits for what it expects; 5,000 ms by default. */
    readonly expectMs?: number;
    /** How long nothing may happen before a thing that was not seen counts as not happening; 400 ms by default. */
    readonly settleMs?: number;
    /** How long one scenario may take; 30,000 ms by default. */
    readonly scenarioMs?: number;
  };
  readonly report?: {
    /** Directory of `index.html`; `ringback-report` by default. The environment's `RINGBACK_REPORT_DIR` goes before it. */
    readonly dir?: string;
  };
}

/**
 * Types the configuration; returns it unchanged.
 * @example
 * export default defineConfig({
 *   bridge: {
 *     command: 'node dist/bridge.js',
 *     env: ({ emulator }) => ({ ZENDESK_BASE_URL: emulator.account.url }),
 *     readiness: { url: 'http://127.0.0.1:8080/health' },
 *     sip: '127.0.0.1:5080',
 *   },
 * });
 */
export function defineConfig(config: RingbackConfig): RingbackConfig {
  return config;
}
