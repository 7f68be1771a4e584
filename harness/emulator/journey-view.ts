/** What the emulator knows of one leg: one party's side of a call. Times are milliseconds since the epoch. */
export interface LegView {
  readonly id: string;
  /** `caller`, `overflow`, `trunk`, `sip-in`, `agent` */
  readonly kind: string;
  readonly party: string;
  readonly state: string;
  readonly startedAt?: number;
  readonly answeredAt?: number | null;
  readonly endedAt?: number | null;
  readonly endedBy?: string | null;
  readonly cause?: string | null;
  readonly callId?: string;
}

/** Who hears whom, measured at the listener's decoder. */
export interface HearingView {
  readonly listener: string;
  readonly speaker: string;
  readonly hears: boolean;
  /** How far the speaker's tone stands above the rest. */
  readonly dominanceDb: number | null;
  /** Share of the 100 ms windows in which it does, 0 to 1. */
  readonly share: number | null;
}

/** A REST read of something that belongs to the journey. */
export interface ReadView {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** One delivery attempt of a webhook that tells of the journey's ticket. */
export interface WebhookView {
  readonly webhook?: string;
  readonly name?: string;
  readonly event?: string;
  readonly type?: string;
  readonly status?: number | string | null;
  readonly attempt?: number;
  readonly ticket?: number | null;
}

/** `GET /control/journeys/{id}`: where a journey stands, in domain words. */
export interface JourneyView {
  readonly id: string;
  readonly account: string;
  readonly state: 'live' | 'finished';
  readonly startedAt: number;
  readonly call?: {
    readonly from?: string | null;
    readonly to?: string;
    readonly carrier?: string;
    readonly state?: string;
    readonly endedBy?: string | null;
    readonly cause?: string | null;
  } | null;
  readonly presentation?: {
    readonly dialled?: { readonly number?: string | null; readonly withheld?: boolean; readonly asserted?: string | null } | null;
    readonly onTrunk?: {
      readonly from?: string | null;
      readonly pAssertedIdentity?: string | null;
      readonly privacy?: string | null;
      readonly diversion?: string | null;
    } | null;
  } | null;
  /** The first ticket of the journey: the one that Talk opened for the caller. */
  readonly ticket: number | null;
  readonly tickets: readonly number[];
  readonly legs: readonly LegView[];
  readonly correlation: {
    readonly webhooks: readonly WebhookView[];
    readonly reads: readonly ReadView[];
    /** `X-Zendesk-Ticket-Id` of the transfer leg, as sent. */
    readonly ticketHeader: string | null;
    /** How the transfer leg joined the journey. */
    readonly rule: string | null;
    readonly bridge: string | null;
  };
  readonly binding?: {
    readonly result: 'bound' | 'duplicated' | 'none';
    readonly ticketId: number | null;
    readonly diagnostics?: readonly string[];
  } | null;
  readonly hearing: readonly HearingView[];
}
