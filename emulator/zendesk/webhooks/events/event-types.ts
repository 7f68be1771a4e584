/** In front of every event type that is subscribed to. */
export const EVENT_PREFIX = 'zen:event-type:';

/** The one subscription of webhooks that triggers and automations call; it cannot be mixed with events. */
export const CONDITIONAL = 'conditional_ticket_events';

/** Event types by domain (vendor article "Webhook event types"; for tickets, users and organizations two connectors' lists agree). */
const BY_DOMAIN: Readonly<Record<string, string>> = {
  ticket: `agent_assignment_changed attachment_linked_to_comment attachment_redacted_from_comment brand_changed comment_added
    comment_made_private comment_redacted created csat_received csat_requested custom_field_changed custom_status_changed
    description_changed email_ccs_changed external_id_changed followers_changed form_changed group_assignment_changed
    marked_as_spam merged next_sla_breach_changed ola_policy_changed organization_changed permanently_deleted
    priority_changed problem_link_changed requester_changed schedule_changed sla_policy_changed soft_deleted status_changed
    subject_changed submitter_changed tags_changed task_due_at_changed type_changed undeleted`,
  messaging_ticket: 'message_added',
  user: `active_changed alias_changed created custom_field_changed custom_role_changed default_group_changed deleted
    details_changed external_id_changed group_membership_created group_membership_deleted identity_changed identity_created
    identity_deleted last_login_changed merged name_changed notes_changed only_private_comments_changed
    organization_membership_created organization_membership_deleted password_changed photo_changed role_changed
    suspended_changed tags_changed time_zone_changed`,
  organization: 'created custom_field_changed deleted external_id_changed name_changed tags_changed',
  agent: `state_changed work_item_added work_item_updated work_item_removed max_capacity_changed unified_state_changed
    channel_created channel_deleted groups_updated`,
  article: `author_changed published unpublished subscription_created vote_created vote_changed vote_removed comment_created comment_changed
    comment_published comment_unpublished`,
};

/** Domains that exist but whose event names are not listed here: any name is taken, none is ever sent. */
export const OPEN_DOMAINS: readonly string[] = ['community_post', 'omnichannel_config', 'messaging_live_metrics'];

/** Every type that is known by name: `ticket.created`. */
export const EVENT_NAMES: readonly string[] = Object.entries(BY_DOMAIN).flatMap(([domain, names]) =>
  names.split(/\s+/).map((name) => `${domain}.${name}`),
);

const KNOWN: ReadonlySet<string> = new Set(EVENT_NAMES.map((name) => EVENT_PREFIX + name));

/** A domain's types in full, by name: made once, as every state change asks for some. */
export function eventTypesOf(domain: string): (name: string) => string {
  const prefix = `${EVENT_PREFIX}${domain}.`;
  const types = new Map((BY_DOMAIN[domain] ?? '').split(/\s+/).map((name) => [name, prefix + name]));
  return (name) => types.get(name) ?? prefix + name;
}

/** Whether Zendesk would take this subscription. Short names (`ticket.created`) are refused. */
export function isEventType(text: string): boolean {
  if (KNOWN.has(text)) return true;
  const [, domain, name] = /^zen:event-type:([a-z_]+)\.([a-z_]+)$/.exec(text) ?? [];
  return domain !== undefined && name !== undefined && OPEN_DOMAINS.includes(domain);
}

/** `zen:event-type:ticket.created` as `ticket.created`. */
export function shortType(event: string): string {
  return event.startsWith(EVENT_PREFIX) ? event.slice(EVENT_PREFIX.length) : event;
}
