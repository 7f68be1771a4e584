import type { Ticket } from '../../entities.ts';
import { viaType } from '../../tickets/via.ts';
import { auditsOf, currentUserId, type RuleFacts } from '../world.ts';
import { type CommentTexts, commentTexts } from './comments.ts';
import { organizationScope, userScope } from './people.ts';
import { timeText } from './times.ts';

type Scope = Record<string, unknown>;

/** What the account is called and where it lives. */
export interface AccountFacts {
  readonly name: string;
  readonly brand: { readonly name: string };
}

/**
 * What templates see (vendor article "Placeholders reference"): `ticket`, `current_user`, `agent`,
 * `satisfaction` (what is rated, not the links to rate by). Everything that takes a
 * look-up is had only when it is asked for. What is not known is empty.
 */
export function placeholderScope(facts: RuleFacts, account: AccountFacts): Scope {
  const { world } = facts;
  const { satisfaction } = facts.ticket;
  const rated = satisfaction?.score === 'offered' ? undefined : satisfaction;
  const currentUser = (): Scope | undefined => userScope(world, world.user(currentUserId(facts)));
  return {
    ticket: ticketScope(facts, account),
    get current_user() {
      return currentUser();
    },
    get updater() {
      return currentUser();
    },
    get agent() {
      return currentUser();
    },
    satisfaction: {
      current_rating: titled(rated?.score ?? null),
      current_comment: rated?.comment ?? '',
    },
    account: { name: account.brand.name, toString: () => account.brand.name },
  };
}

function ticketScope(facts: RuleFacts, account: AccountFacts): Scope {
  const { ticket, world } = facts;
  const url = `${account.name}.zendesk.com/agent/tickets/${ticket.id}`;
  const named = (name: string): Scope => ({ name, toString: () => name });
  const people = (ids: readonly number[]): Scope[] =>
    ids.map((id) => userScope(world, world.user(id))).filter((user): user is Scope => user !== undefined);
  const names = (ids: readonly number[]): string => ids.map((id) => world.user(id)?.name ?? '').join(', ');
  let read: CommentTexts | undefined;
  const comments = (): CommentTexts => (read ??= commentTexts(world, auditsOf(facts)));
  const scope = {
    id: ticket.id,
    encoded_id: ticket.encoded_id,
    title: ticket.subject ?? '',
    description: ticket.description,
    verbatim_description: ticket.description,
    url,
    url_with_protocol: `https://${url}`,
    link: `https://${url}`,
    external_id: ticket.external_id ?? '',
    via: viaTitle(ticket),
    status: titled(ticket.status === 'hold' ? 'on-hold' : ticket.status),
    priority: titled(ticket.priority),
    ticket_type: titled(ticket.type),
    score: '',
    account: account.brand.name,
    tags: ticket.tags.join(' '),
    recipient: ticket.recipient ?? '',
    due_date: timeText(ticket.due_at),
    due_date_with_timestamp: ticket.due_at ?? '',
    created_at: timeText(ticket.created_at),
    created_at_with_time: timeText(ticket.created_at, true),
    created_at_with_timestamp: ticket.created_at,
    updated_at: timeText(ticket.updated_at),
    updated_at_with_time: timeText(ticket.updated_at, true),
    updated_at_with_timestamp: ticket.updated_at,
    custom_status_id: ticket.custom_status_id,
    get brand() {
      const brand = world.brand(ticket.brand_id);
      return brand && { id: brand.id, ...named(brand.name) };
    },
    get ticket_form() {
      return world.form(ticket.ticket_form_id)?.name ?? '';
    },
    get requester() {
      return userScope(world, world.user(ticket.requester_id));
    },
    get assignee() {
      return userScope(world, world.user(ticket.assignee_id));
    },
    get submitter() {
      return userScope(world, world.user(ticket.submitter_id));
    },
    get organization() {
      return organizationScope(world.organization(ticket.organization_id));
    },
    get group() {
      const group = world.group(ticket.group_id);
      return group && { id: group.id, ...named(group.name) };
    },
    get ccs() {
      return people(ticket.email_cc_ids);
    },
    get email_ccs() {
      return people(ticket.email_cc_ids);
    },
    get cc_names() {
      return names(ticket.email_cc_ids);
    },
    get email_cc_names() {
      return names(ticket.email_cc_ids);
    },
    get followers() {
      return people(ticket.follower_ids);
    },
    get follower_names() {
      return names(ticket.follower_ids);
    },
    get in_business_hours() {
      return world.hours.isOpen(world.account, world.now);
    },
    get comments() {
      return comments().scopes();
    },
    get public_comments() {
      return comments().scopes('public');
    },
    get latest_comment() {
      return comments().scopes()[0];
    },
    get latest_public_comment() {
      return comments().scopes('public')[0];
    },
    get latest_comment_html() {
      return comments().html();
    },
    get latest_public_comment_html() {
      return comments().html('public');
    },
    get comments_formatted() {
      return comments().formatted();
    },
    get public_comments_formatted() {
      return comments().formatted('public');
    },
    get latest_comment_formatted() {
      return comments().formatted('all', 1);
    },
    get latest_public_comment_formatted() {
      return comments().formatted('public', 1);
    },
  };
  addCustomFields(scope, facts);
  return scope;
}

/** `ticket_field_ID` is the value, `ticket_field_option_title_ID` what people see of it. */
function addCustomFields(scope: Scope, { ticket, world }: RuleFacts): void {
  for (const { id, value } of ticket.custom_fields) {
    const values = Array.isArray(value) ? value.map(String) : [String(value ?? '')];
    scope[`ticket_field_${id}`] = values.join(' ');
    Object.defineProperty(scope, `ticket_field_option_title_${id}`, {
      enumerable: true,
      get: () => values.map((each) => world.options(id).find((option) => option.value === each)?.name ?? each).join(', '),
    });
  }
}

/** Via types whose title is not simply their name. */
const VIA_TITLES: Readonly<Record<string, string>> = {
  web_service: 'Web Service',
  web_form: 'Web Form',
  phone_call_inbound: 'Phone Call (Incoming)',
  phone_call_outbound: 'Phone Call (Outgoing)',
  api_phone_call_inbound: 'CTI Phone Call (Incoming)',
  api_phone_call_outbound: 'CTI Phone Call (Outgoing)',
  api_voicemail: 'CTI Voicemail',
};

/** How the ticket came, in words (titles inferred from the via types' names). */
function viaTitle(ticket: Ticket): string {
  const type = viaType(ticket.via.via_id);
  return VIA_TITLES[type] ?? type.split('_').map(titled).join(' ');
}

/** In English accounts placeholders give titles: `Open`, `On-hold`, `High`. */
function titled(word: string | null): string {
  return word === null ? '' : word.charAt(0).toUpperCase() + word.slice(1);
}
