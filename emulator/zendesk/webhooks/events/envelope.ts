import type { EventDraft, JsonObject } from './event-draft.ts';
import { eventJson } from './event-json.ts';

/** The schema version of every recorded sample (older documents print 2022-06-20). */
const EVENT_VERSION = '2022-11-06';

export interface EnvelopeContext {
  readonly accountId: number;
  /** UUID; the same for all webhooks that get the event. */
  readonly id: string;
  /** ISO 8601 with up to nine fractional digits. */
  readonly time: string;
  /** Ticket events only: which action, and the how-manieth of its events. */
  readonly sequence: { readonly id: string; readonly position: number } | null;
}

/** The exact body of an event's delivery. */
export function envelope(draft: EventDraft, context: EnvelopeContext): string {
  const meta: JsonObject = context.sequence ? { meta: { sequence: { ...context.sequence } } } : {};
  return eventJson({
    account_id: context.accountId,
    detail: draft.detail(),
    event: { ...draft.event(), ...meta },
    id: context.id,
    subject: draft.subject,
    time: context.time,
    type: draft.type,
    zendesk_event_version: EVENT_VERSION,
  });
}
