/** Who the caller is to the network. Numbers are E.164; `number: null` is an anonymous caller. */
export interface PresentationDraft {
  readonly number: string | null;
  readonly name?: string;
  /** The caller asked for the number not to be shown. */
  readonly withheld?: boolean;
  /** What the network knows for sure, though it may be withheld; the number by default. */
  readonly asserted?: string | null;
  readonly diversions?: readonly { readonly number: string; readonly reason: string }[];
}

/** What a scripted caller does, one step after the other. */
export type CallStep =
  | { readonly pause: number }
  | { readonly await: 'ringing' | 'answered' | 'ended' | { readonly hears: string }; readonly withinMs?: number }
  | { readonly press: string }
  | { readonly hangUp: true };

/** Body of `POST /calls`. */
export interface CallDraft {
  readonly account?: string;
  readonly from: string | PresentationDraft;
  readonly to?: string;
  readonly carrier?: string;
  readonly script?: readonly CallStep[];
  readonly ringTimeoutMs?: number;
  readonly postDialDelayMs?: number;
}

export type AgentPresence = 'online' | 'offline' | 'away' | 'transfers_only';
export type AgentAnswers = 'automatically' | 'when-told' | 'declines' | 'ignores';

/** Body of `POST /agents`. */
export interface AgentDraft {
  readonly account?: string;
  readonly name: string;
  readonly email?: string;
  /** Names of groups; the group of the SIP-IN line by default. */
  readonly groups?: readonly string[];
  readonly presence?: AgentPresence;
  readonly answers?: AgentAnswers;
  readonly answerAfterMs?: number;
}

export interface AgentView {
  readonly id: number;
  readonly account: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly presence: AgentPresence;
  readonly answers: AgentAnswers;
  readonly answerAfterMs: number;
  /** The tone that the agent speaks; null while every tone is taken. */
  readonly toneHz: number | null;
  readonly state: 'idle' | 'ringing' | 'talking' | 'wrap_up';
  readonly journey: string | null;
}

/** Body of `POST /faults`: `match` says what it strikes, `until` which journal entry releases a `hold`. */
export interface FaultDraft {
  readonly account?: string;
  readonly target: 'webhook' | 'sip-in';
  readonly action: string;
  readonly match?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  readonly params?: Readonly<Record<string, unknown>>;
  /** How often it may strike; without limit by default. */
  readonly times?: number;
  readonly probability?: number;
  /** Properties of a journal entry, or `data.` and a property of its data. */
  readonly until?: Readonly<Record<string, string | number>>;
}

export interface FaultView {
  readonly id: string;
  readonly action: string;
  readonly remaining: number | null;
}

/** What of the trunk can be changed; it holds for the calls that come after. */
export interface TrunkPatch {
  /** Where the bridge answers; null for nowhere. */
  readonly originationUri?: string | null;
  /** Several, tried by priority, those of the same one drawn by weight. */
  readonly originationUris?: readonly {
    readonly sipUrl: string;
    readonly priority?: number;
    readonly weight?: number;
    readonly enabled?: boolean;
  }[];
  readonly failoverOn?: readonly (number | '5xx' | 'timeout' | 'transport')[];
  readonly ringTimeoutMs?: number;
  readonly firstResponseMs?: number;
  /** Null for no end. */
  readonly maxDurationMs?: number | null;
  readonly transferMode?: 'disable-all' | 'sip-only' | 'enable-all';
  readonly cnamLookupEnabled?: boolean;
  readonly symmetricRtpEnabled?: boolean;
  /** Value of X-Twilio-VerStat; null leaves it out. */
  readonly verStat?: string | null;
}

export type TicketTiming = 'queue_entry' | 'overflow_start' | 'call_end';

/** Body of `PUT /accounts/{name}/settings`; what is absent stays. Without `number` or `user`, the first line is meant. */
export interface SettingsPatch {
  /** The tone that the bridge speaks, in Hz; null when nobody knows it. */
  readonly bridgeToneHz?: number | null;
  /** A fixed delay, or a range from which each is drawn. */
  readonly webhookDelayMs?: number | readonly [number, number];
  readonly talk?: { readonly omnichannel?: boolean; readonly ticketTiming?: TicketTiming | null; readonly [name: string]: unknown };
  readonly lines?: readonly {
    readonly number?: string;
    readonly group?: string;
    readonly overflowTo?: string | null;
    readonly voicemail?: boolean;
    readonly forwardingCallerId?: string;
    readonly [name: string]: unknown;
  }[];
  readonly sipIn?: readonly {
    readonly user?: string;
    readonly allowedCidrs?: readonly string[];
    readonly group?: string;
    readonly [name: string]: unknown;
  }[];
  readonly trunk?: TrunkPatch;
  readonly [name: string]: unknown;
}
