import type { SurfaceRow } from '../account/surface.ts';
import { OPEN_DOMAINS } from './events/event-types.ts';

const ROUTES = 'emulator/zendesk/webhooks/routes/webhooks.test.ts';
const CONTRACT = 'emulator/zendesk/webhooks/routes/contract.test.ts';
const both = [ROUTES, CONTRACT];
const activity = ['emulator/zendesk/webhooks/routes/activity.test.ts', CONTRACT];

/** The webhooks API. Zendesk publishes no description of it; shapes are those of recorded traffic, errors are inferred. */
export const surface: readonly SurfaceRow[] = [
  { method: 'GET', path: '/webhooks', status: 'full', evidence: 'recorded', tests: both },
  { method: 'POST', path: '/webhooks', status: 'full', evidence: 'recorded', tests: both },
  { method: 'GET', path: '/webhooks/{webhook_id}', status: 'full', evidence: 'recorded', tests: both },
  { method: 'PUT', path: '/webhooks/{webhook_id}', status: 'full', evidence: 'recorded', tests: both },
  { method: 'PATCH', path: '/webhooks/{webhook_id}', status: 'full', evidence: 'recorded', tests: both },
  { method: 'DELETE', path: '/webhooks/{webhook_id}', status: 'full', evidence: 'recorded', tests: both },
  { method: 'GET', path: '/webhooks/{webhook_id}/signing_secret', status: 'full', evidence: 'recorded', tests: both },
  { method: 'POST', path: '/webhooks/{webhook_id}/signing_secret', status: 'full', evidence: 'recorded', tests: both },
  { method: 'POST', path: '/webhooks/test', status: 'full', evidence: 'recorded', tests: both },
  { method: 'GET', path: '/webhooks/{webhook_id}/invocations', status: 'full', evidence: 'recorded', tests: activity },
  {
    method: 'GET',
    path: '/webhooks/{webhook_id}/invocations/{invocation_id}/attempts',
    status: 'full',
    evidence: 'recorded',
    tests: activity,
  },
];

/** How faithfully an event type is sent. Every type of `events/event-types.ts` can be subscribed to. */
export interface EventRow {
  /** Short: `ticket.created`; `community_post.*` for a domain of whose types the names are not known. */
  readonly event: string;
  readonly status: 'full' | 'partial' | 'none';
  readonly evidence: SurfaceRow['evidence'];
  readonly tests: readonly string[];
  readonly note?: string;
}

/** Why some events are never sent. */
export const UNMADE = 'taken as a subscription, never sent: there is nothing here that it could tell of';
const UNKNOWN = 'taken as a subscription, never sent: its body is not known';
const UNCAUSED = 'nothing that is emulated brings it about';
const REDACTED_ALONE = 'only a redaction changes a description, which `comment_redacted` tells of';
/** Why some are sent in part. */
const UNEXPLAINED = 'an agent has one state, that on Talk; why it changed is `UNKNOWN`';
const RATED = 'of its body only score and comment are known';
const OFFERED = 'of its body only that is known which all ticket events have';

const TICKET_EVENTS = 'emulator/zendesk/webhooks/events/ticket-events.test.ts';
const PERSON_EVENTS = 'emulator/zendesk/webhooks/events/person-events.test.ts';
const MESSAGING_EVENTS = 'emulator/zendesk/webhooks/events/messaging-events.test.ts';
const ARTICLE_EVENTS = 'emulator/zendesk/webhooks/events/article-events.test.ts';
const AGENT_EVENTS = 'emulator/zendesk/webhooks/events/agent-events.test.ts';

/** Every type that can be subscribed to, whether it is sent or not. */
export const eventSurface: readonly EventRow[] = [
  ...rows('ticket', 'created status_changed custom_status_changed agent_assignment_changed comment_added', 'recorded', TICKET_EVENTS),
  ...rows(
    'ticket',
    `brand_changed external_id_changed form_changed group_assignment_changed marked_as_spam organization_changed
     permanently_deleted priority_changed problem_link_changed requester_changed soft_deleted subject_changed
     task_due_at_changed type_changed undeleted`,
    'inferred',
    TICKET_EVENTS,
  ),
  ...rows('ticket', 'custom_field_changed email_ccs_changed followers_changed merged tags_changed', 'reference', TICKET_EVENTS),
  ...rows('ticket', 'attachment_linked_to_comment', 'documented', TICKET_EVENTS),
  ...rows('ticket', 'attachment_redacted_from_comment comment_made_private comment_redacted', 'inferred', TICKET_EVENTS),
  ...unsent('ticket', 'submitter_changed', 'inferred', TICKET_EVENTS),
  ...unsent('ticket', 'description_changed', 'inferred', TICKET_EVENTS, REDACTED_ALONE),
  ...formless('ticket', 'next_sla_breach_changed ola_policy_changed schedule_changed sla_policy_changed', TICKET_EVENTS),
  ...inPart('ticket', 'csat_received', 'reference', TICKET_EVENTS, RATED),
  ...inPart('ticket', 'csat_requested', 'inferred', TICKET_EVENTS, OFFERED),
  ...rows('messaging_ticket', 'message_added', 'documented', MESSAGING_EVENTS),
  ...rows('user', 'deleted', 'recorded', PERSON_EVENTS),
  ...rows('user', 'active_changed group_membership_created', 'documented', PERSON_EVENTS),
  ...rows(
    'user',
    `custom_field_changed group_membership_deleted identity_changed identity_created identity_deleted merged
     organization_membership_created organization_membership_deleted password_changed tags_changed`,
    'reference',
    PERSON_EVENTS,
  ),
  ...rows(
    'user',
    `alias_changed created last_login_changed custom_role_changed default_group_changed details_changed external_id_changed
     name_changed notes_changed only_private_comments_changed photo_changed role_changed suspended_changed time_zone_changed`,
    'inferred',
    PERSON_EVENTS,
  ),
  ...rows('organization', 'created', 'documented', PERSON_EVENTS),
  ...rows('organization', 'custom_field_changed deleted external_id_changed name_changed tags_changed', 'inferred', PERSON_EVENTS),
  ...rows('agent', 'state_changed', 'documented', AGENT_EVENTS),
  ...inPart('agent', 'unified_state_changed', 'reference', AGENT_EVENTS, UNEXPLAINED),
  ...formless('agent', 'work_item_added work_item_updated work_item_removed groups_updated', AGENT_EVENTS, UNKNOWN),
  ...rows('article', 'author_changed published unpublished', 'documented', ARTICLE_EVENTS),
  ...formless('article', 'subscription_created vote_created vote_changed vote_removed comment_created comment_changed', ARTICLE_EVENTS, UNKNOWN), // prettier-ignore
  ...formless('article', 'comment_published comment_unpublished', ARTICLE_EVENTS),
  ...OPEN_DOMAINS.flatMap((domain) => formless(domain, '*', TICKET_EVENTS)),
  ...formless('agent', 'max_capacity_changed channel_created channel_deleted', AGENT_EVENTS),
];

function rows(domain: string, names: string, evidence: SurfaceRow['evidence'], test: string): EventRow[] {
  return names.split(/\s+/).map((name) => ({ event: `${domain}.${name}`, status: 'full', evidence, tests: [test] }));
}

function inPart(...[domain, names, evidence, test, note]: [...Parameters<typeof rows>, note: string]): EventRow[] {
  return rows(domain, names, evidence, test).map((row) => ({ ...row, status: 'partial', note }));
}

/** Events that can be subscribed to and are never sent: what they tell of is not emulated yet. */
function formless(domain: string, names: string, test: string, note = UNMADE): EventRow[] {
  return rows(domain, names, 'documented', test).map((row) => ({ ...row, status: 'none', note }));
}

/** Events whose form is there and that nothing which is emulated brings about. */
function unsent(domain: string, names: string, evidence: SurfaceRow['evidence'], test: string, note = UNCAUSED): EventRow[] {
  return rows(domain, names, evidence, test).map((row) => ({ ...row, status: 'none', note }));
}
