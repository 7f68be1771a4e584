/** Who the caller is to the network. Numbers are E.164. */
export interface PresentationDraft {
  readonly number: string | null;
  readonly name?: string;
  /** The caller asked for the number not to be shown. */
  readonly withheld?: boolean;
  /** What the network asserts although the number is withheld. */
  readonly asserted?: string | null;
}

/** What a scripted caller does, one step after the other. */
export type CallStep =
  | { readonly pause: number }
  | { readonly await: 'ringing' | 'answered' | 'ended' | { readonly hears: string }; readonly withinMs?: number }
  | { readonly press: string }
  | { readonly hangUp: true };

export interface CallDraft {
  readonly account?: string;
  readonly from: string | PresentationDraft;
  readonly to: string;
  readonly carrier?: string;
  readonly script?: readonly CallStep[];
}

/** A human agent; `answers` says what the agent does with an offered call. */
export interface AgentDraft {
  readonly account?: string;
  readonly name: string;
  readonly email?: string;
  readonly groups?: readonly string[];
  readonly presence?: AgentPresence;
  readonly answers?: 'automatically' | 'when-told' | 'declines' | 'ignores';
  readonly answerAfterMs?: number;
}

export type AgentPresence = 'online' | 'offline' | 'away' | 'transfers_only';

export interface AgentView {
  readonly id: number;
  readonly name: string;
  readonly presence: AgentPresence;
  readonly answers?: string;
  readonly groups?: readonly string[];
  readonly email?: string;
}

/** A fault in the network or in a room; `match` says what it strikes, `until` which journal entry releases a `hold`. */
export interface FaultDraft {
  readonly account?: string;
  /** `webhook`, `sip`, `rest`, … */
  readonly target: string;
  /** `drop`, `delay`, `duplicate`, `hold`, `corrupt-signature`, `stale-timestamp`, … */
  readonly action: string;
  readonly match?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly remaining?: number;
  readonly probability?: number;
  readonly until?: Readonly<Record<string, string | number>>;
}

/** Settings of an account that are not Zendesk's own JSON; only what is given is changed. */
export interface SettingsPatch {
  readonly ticketTiming?: TicketTiming;
  readonly omnichannel?: boolean;
  /** A fixed delay, or one drawn between two bounds. */
  readonly webhookDelayMs?: number | readonly [number, number];
  readonly [name: string]: unknown;
}

export type TicketTiming = 'queue_entry' | 'overflow_start' | 'call_end';
