/**
 * The harness, as scenario files and ringback.config.ts import it: `import { defineConfig, expect, scenario } from 'ringback'`.
 */
export type {
  BridgeAdapter,
  BridgeAddress,
  BridgeConfig,
  BridgeContext,
  BridgeSession,
  CommandBridge,
  InProcessBridge,
  Readiness,
  RingbackConfig,
  RunningBridge,
} from './bridge/config.ts';
export { defineConfig } from './bridge/config.ts';
export { ControlClient } from './emulator/control-client.ts';
export { ControlError } from './emulator/control-error.ts';
export type {
  AgentDraft,
  AgentView,
  CallDraft,
  CallStep,
  FaultDraft,
  PresentationDraft,
  SettingsPatch,
  TicketTiming,
} from './emulator/drafts.ts';
export type { JournalEntry } from './emulator/journal-entry.ts';
export { JournalLog } from './emulator/journal-log.ts';
export { type JournalStream, openJournalStream } from './emulator/journal-stream.ts';
export type { HearingView, HostsView, JourneyView, LegView } from './emulator/journey-view.ts';
export type { AccountView, UpJson } from './emulator/up-json.ts';
export { waitForEntry, type Wanted } from './emulator/wait-for-entry.ts';
export type { AccountActor } from './scenario/actors/account.ts';
export type { Agent } from './scenario/actors/agent.ts';
export type { Bridge } from './scenario/actors/bridge.ts';
export type { Caller, DialOptions } from './scenario/actors/caller.ts';
export type { Journey } from './scenario/actors/journey.ts';
export type { Line, SipInLine } from './scenario/actors/line.ts';
export type { Disturbance, Until, WebhookControl, WebhookMatch } from './scenario/actors/webhook.ts';
export type { DomainMatchers } from './scenario/matchers/types.ts';
export type { ScenarioOptions } from './scenario/options.ts';
export { scenario } from './scenario/scenario.ts';
export type { World } from './scenario/world.ts';
export { describe, expect } from 'vitest';
