import type { Branded, JourneyId } from '../../core/ids.ts';

/** 26 characters (ULID). */
export type WebhookId = Branded<string, 'WebhookId'>;
/** 26 characters (ULID); the same for every attempt of one delivery. */
export type InvocationId = Branded<string, 'InvocationId'>;

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export const REQUEST_FORMATS = ['json', 'xml', 'form_encoded'] as const;
export type RequestFormat = (typeof REQUEST_FORMATS)[number];

/** How a webhook proves who it is, besides its signature. Only the position `header` is documented. */
export type Authentication =
  | { readonly type: 'basic_auth'; readonly data: { readonly username: string; readonly password: string } }
  | { readonly type: 'bearer_token'; readonly data: { readonly token: string } }
  | { readonly type: 'api_key'; readonly data: { readonly name: string; readonly value: string } };

/** Set by apps, never by admins; admins can neither clone nor delete such a webhook. */
export interface ExternalSource {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

/** A webhook as stored. Times are milliseconds on the account's business clock. */
export interface Webhook {
  readonly id: WebhookId;
  readonly name: string;
  readonly description?: string;
  readonly status: 'active' | 'inactive';
  /** Full event types, or exactly `conditional_ticket_events`. */
  readonly subscriptions: readonly string[];
  readonly endpoint: string;
  readonly httpMethod: HttpMethod;
  readonly requestFormat: RequestFormat;
  readonly authentication?: Authentication;
  readonly customHeaders?: Readonly<Record<string, string>>;
  readonly signingSecret: string;
  readonly createdAt: number;
  /** Nanoseconds below the millisecond, 0 to 999999: shown once, in the answer to the creation. */
  readonly createdAtFraction: number;
  /** User id, or -1 for the system. */
  readonly createdBy: number;
  readonly updatedAt?: number;
  readonly updatedBy?: number;
  readonly externalSource?: ExternalSource;
}

/** How an attempt or an invocation ended, in the words of the activity log. */
export type ActivityStatus = 'success' | 'failed' | 'terminated' | 'throttled' | 'circuit broken';

/** What the ending means for the outbox row. `queued` is the only state in which it still has to be sent. */
export type DeliveryState = 'queued' | 'delivered' | 'failed' | 'broken' | 'dropped' | 'cancelled';

/** The latest attempt, as the list of invocations shows it. */
export interface LatestAttempt {
  readonly status: ActivityStatus;
  readonly statusCode: number | null;
  readonly completedAt: number;
}

/** An outbox row: one event (or one trigger's call) on its way to one webhook. Zendesk calls it an invocation. */
export interface Delivery {
  readonly id: InvocationId;
  readonly webhook: WebhookId;
  /** `zen:event-type:ticket.created`; `conditional_ticket_events` for a trigger's call. */
  readonly event: string;
  readonly ticket: number | null;
  readonly journey: JourneyId | null;
  /** Set on a duplicate that somebody asked for: the invocation that it repeats, whose id it carries on the wire. */
  readonly duplicateOf: InvocationId | null;
  /** The exact body; empty for GET and DELETE. */
  readonly body: string;
  /** Query to add to the endpoint (GET and DELETE of a trigger). */
  readonly query: string;
  readonly createdAt: number;
  readonly state: DeliveryState;
  /** Attempts made, throttled ones included. */
  readonly attempts: number;
  /** How many of them count against the retry table. */
  readonly retries: number;
  /** When the next attempt is due, on the business clock. */
  readonly dueAt: number;
  readonly latest: LatestAttempt | null;
}

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** One request made (or not made: throttled, circuit broken) for a delivery. */
export interface Attempt {
  readonly id: string;
  readonly invocation: InvocationId;
  readonly webhook: WebhookId;
  readonly number: number;
  readonly status: ActivityStatus;
  readonly statusCode: number | null;
  readonly completedAt: number;
  readonly request: { readonly headers: HeaderList; readonly body: string } | null;
  readonly response: { readonly headers: HeaderList; readonly body: string } | null;
}
