import type { AgentDraft, FaultDraft, PresentationDraft, SettingsPatch, TicketTiming } from '../emulator/drafts.ts';

/** How a scenario's world differs from the account as it is after the bridge connected. */
export interface ScenarioOptions {
  /** Who calls: E.164, or all that the network says of them. */
  readonly caller?: string | PresentationDraft;
  /** Carrier profile of the calls that do not name one. */
  readonly carrier?: string;
  /** When a call that overflows gets its ticket: `queue_entry` with omnichannel routing, `call_end` without. */
  readonly ticketTiming?: TicketTiming;
  /** Delay of every webhook delivery, fixed or drawn from a range. */
  readonly webhookDelayMs?: number | readonly [number, number];
  /** Any other settings of the account. */
  readonly settings?: SettingsPatch;
  /** Human agents besides those of the seed; `world.agent` is then the first of these. */
  readonly agents?: readonly AgentDraft[];
  /** Faults in force from the start. */
  readonly faults?: readonly FaultDraft[];
  /** Starts the bridge anew with this in its environment besides; not possible for one that runs elsewhere. */
  readonly bridgeEnv?: Readonly<Record<string, string>>;
  /** How long the scenario may take; milliseconds. */
  readonly timeoutMs?: number;
}
