import type { Router } from 'express';
import type { Core } from '../../core/core.ts';
import type { JourneyId } from '../../core/ids.ts';
import type { Accounts } from '../account/index.ts';
import type { Support } from '../support/index.ts';
import type { CircuitState } from './delivery/circuit-breaker.ts';
import type { InvocationId } from './entities.ts';
import type { WebhookService } from './webhook-service.ts';

/** What a trigger or automation sends through a webhook that is subscribed to `conditional_ticket_events`. */
export interface Notification {
  /** The rendered body, for POST, PUT and PATCH with JSON or XML. */
  readonly body?: string;
  /** The rendered pairs, for GET and DELETE (as query) and for form-encoded bodies. */
  readonly parameters?: readonly (readonly [name: string, value: string])[];
  readonly ticket?: number;
  readonly journey?: JourneyId;
}

export interface WebhooksOptions {
  readonly core: Core;
  readonly accounts: Accounts;
  /** Asked for the names of comment authors, and for the custom fields of people. */
  readonly support: { readonly users: Pick<Support['users'], 'get'>; readonly fields: Pick<Support['fields'], 'get'> };
}

/** Zendesk's webhooks: the management API, and the deliveries that follow from what the journal tells. */
export interface Webhooks {
  /** The webhooks themselves, for rooms that make some without HTTP (a seed, an app). */
  readonly service: WebhookService;
  /** `/webhooks…`, to be mounted under the account's `/api/v2`, before Support's router. */
  router(): Router;
  /** Drops what the account still has to deliver, requests under way included (reset, restore, removal of an account). */
  stop(account: string): void;
  /** Takes up what a data file says is still to be delivered; of every account unless one is named. */
  resume(account?: string): void;
  /** Deliveries not yet settled. */
  pending(account: string): number;
  /**
   * Resolves once no delivery of those begun so far is being sent or about to be: each has ended, or waits for its time, a release or its
   * turn. An endpoint that does not answer is waited for until its time limit. False when the account's deliveries were stopped meanwhile
   * (reset, restore, removal, the end of the emulator).
   */
  settled(account: string): Promise<boolean>;
  /** Whether the webhook's endpoint is paused for failing. */
  circuit(account: string, webhook: string): CircuitState;
  /** Sends a trigger's call. @throws RangeError when the webhook does not exist or is not meant for triggers. */
  notify(account: string, webhook: string, notification: Notification): InvocationId | undefined;
  /** Ends all requests and stops listening; what is pending stays in the store for `resume`. */
  close(): void;
}
