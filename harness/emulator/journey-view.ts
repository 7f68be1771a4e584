export type LegKind = 'caller' | 'overflow' | 'trunk' | 'sip-in' | 'agent';

/** One party's side of a call. Times are milliseconds since the epoch. */
export interface LegView {
  readonly id: string;
  readonly kind: LegKind;
  /** Number, SIP URI or agent's name. */
  readonly party: string;
  readonly state: 'dialling' | 'ringing' | 'answered' | 'ended';
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: string | null;
  readonly cause: string | null;
  readonly callId?: string | null;
  /** Of the leg to the bridge: where it is, as far as that is known. */
  readonly hosts?: HostsView;
}

/** Where a bridge is: names and addresses, by how they are known. */
export interface HostsView {
  /** Where the trunk called it. */
  readonly calledAt?: string;
  /** The addresses of that name. */
  readonly resolvedTo?: readonly string[];
  /** Where its SIP messages come from. */
  readonly source?: string;
  /** Of the topmost Via of its INVITE. */
  readonly via?: string;
  readonly contact?: string;
  /** Of the c= line of its SDP. */
  readonly media?: string;
}

/** Who hears whom, measured at the listener's decoder; `caller`, `bridge`, or an agent by name. */
export interface HearingView {
  readonly listener: string;
  readonly speaker: string;
  readonly hears: boolean;
  /** How far the speaker's tone stands above the rest. */
  readonly dominanceDb: number | null;
  /** Share of the 100 ms windows in which it does, 0 to 1. */
  readonly share: number | null;
}

/** A REST request of the bridge that concerns the journey's ticket, requester or organization. */
export interface ReadView {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly at: number;
}

/** One delivery attempt of an event of the journey. */
export interface WebhookView {
  readonly event: string;
  readonly ticket: number | null;
  readonly status: number | null;
  readonly attempt: number;
  readonly at: number;
}

/** Identity headers of the INVITE that the bridge was sent, as text. */
export interface OnTrunkView {
  readonly callId: string;
  readonly from: string;
  readonly pAssertedIdentity: string | null;
  readonly privacy: string | null;
  readonly diversion: string | null;
  readonly originationUri: string | null;
  readonly state: string;
  readonly status: number | null;
}

/** Headers of the INVITE that the bridge sent to the SIP-IN line. */
export interface OnSipInView {
  readonly callId: string;
  readonly from: string | null;
  /** The caller that Zendesk reads from it, E.164. */
  readonly number: string | null;
  readonly ticketHeader: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number | null;
}

/** `GET /journeys/{id}`: where a journey stands, in domain words. */
export interface JourneyView {
  readonly id: string;
  readonly account: string;
  readonly state: 'live' | 'finished';
  readonly origin: string;
  readonly startedAt: number;
  readonly call: {
    readonly from: string | null;
    readonly to: string;
    readonly carrier: string;
    readonly state: 'dialling' | 'ringing' | 'answered' | 'ended';
    readonly endedBy: 'caller' | 'callee' | 'network' | null;
    readonly cause: string | null;
    /** The tone that the caller speaks. */
    readonly toneHz?: number | null;
    readonly digits?: string;
    readonly script?: { readonly state: 'running' | 'done' | 'failed'; readonly step: number; readonly problem: string | null } | null;
  } | null;
  readonly presentation: {
    readonly dialled: { readonly number: string | null; readonly withheld: boolean; readonly asserted: string | null } | null;
    readonly onTrunk: OnTrunkView | null;
    readonly onSipIn: OnSipInView | null;
  };
  /** The ticket that Talk opened for the caller's call. */
  readonly ticket: number | null;
  readonly tickets: readonly number[];
  readonly requester: number | null;
  readonly legs: readonly LegView[];
  readonly correlation: {
    readonly webhooks: readonly WebhookView[];
    readonly reads: readonly ReadView[];
    readonly ticketHeader: string | null;
    readonly rule: 'ticket-header' | 'from-number' | 'only-live-leg' | 'new-journey' | null;
    /** What that rule saw; `why` says, of a new journey, why the transfer is none of the live calls' at a bridge. */
    readonly evidence: { readonly why?: string; readonly [fact: string]: unknown } | null;
  };
  readonly binding: {
    readonly result: 'bound' | 'duplicated' | 'none';
    readonly ticketId: number | null;
    readonly diagnostics: readonly string[];
  };
  readonly hearing: readonly HearingView[];
}
