import type { Journey } from '../../core/journeys.ts';
import type { LegRecord, Presentation } from '../../telephony/pstn/index.ts';

/** What the rooms leave on a journey for its view. Every part may be missing: a journey grows. */
export interface JourneyFacts {
  readonly call?: {
    readonly from?: string | null;
    readonly to?: string;
    readonly carrier?: string;
    readonly state?: string;
    readonly endedBy?: string | null;
    readonly cause?: string | null;
    readonly toneHz?: number;
    readonly digits?: string;
    readonly script?: { readonly state: string; readonly step: number; readonly problem: string | null } | null;
  };
  readonly presentation?: { readonly dialled?: Presentation };
  readonly trunk?: {
    readonly callId: string;
    readonly from: string;
    readonly pAssertedIdentity?: string | null;
    readonly privacy?: string | null;
    readonly diversion?: string | null;
    readonly originationUri?: string | null;
    readonly state: string;
    readonly status?: number | null;
  };
  readonly talk?: { readonly ticketId?: number | null; readonly requesterId?: number | null };
  readonly sipIn?: {
    readonly callId: string;
    readonly from?: string | null;
    readonly number?: string | null;
    readonly ticketHeader?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly status?: number | null;
    readonly rule?: string | null;
    readonly evidence?: object;
    readonly binding?: 'bound' | 'duplicated' | 'none';
    readonly ticketId?: number | null;
    readonly diagnostics?: readonly string[];
  };
  readonly legs?: readonly LegRecord[];
}

export function factsOf(journey: Journey): JourneyFacts {
  return journey.facts as JourneyFacts;
}
