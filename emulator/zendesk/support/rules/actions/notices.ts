import type { User } from '../../entities.ts';
import { textOf, textsOf } from '../conditions/values.ts';
import type { Action } from '../entities.ts';
import { currentUserId, type RuleFacts } from '../world.ts';

/** An e-mail that a rule asks for. Zendesk would send it; Ringback records that it would. */
export interface Mail {
  /** As the rule has them, placeholders and all (recorded of audit events). */
  readonly subject: string;
  readonly body: string;
  readonly recipients: readonly number[];
}

/** A webhook that a rule calls. */
export interface WebhookCall {
  readonly webhook: string;
  /** A body with placeholders, or pairs of a form or query. */
  readonly body: string | readonly (readonly [name: string, value: string])[];
}

export const NOTICE_FIELDS: readonly string[] = ['notification_user', 'notification_group', 'notification_webhook'];

/** Undefined for other actions, and when there is nobody to write to. */
export function mailOf({ field, value }: Action, facts: RuleFacts): Mail | undefined {
  if (field !== 'notification_user' && field !== 'notification_group') return undefined;
  const [to = '', subject = '', body = ''] = textParts(value);
  const people = field === 'notification_user' ? usersOf(to, facts) : membersOf(to, facts);
  const recipients = [...new Set(people.filter((user) => user.active && user.email !== null).map((user) => user.id))];
  return recipients.length === 0 ? undefined : { subject, body, recipients };
}

/** `[webhook id, body]`, or `[webhook id, [[name, value], …]]` (second form by analogy with targets). */
export function webhookCallOf({ field, value }: Action): WebhookCall | undefined {
  if (field !== 'notification_webhook') return undefined;
  if (typeof value !== 'object' || value === null) return { webhook: textOf(value) ?? '', body: '' };
  const [id, body] = value;
  const webhook = textOf(id) ?? '';
  if (typeof body !== 'object' || body === null) return { webhook, body: textOf(body) ?? '' };
  return { webhook, body: body.map((pair) => pairOf(textsOfPair(pair))) };
}

function pairOf([name = '', value = '']: readonly string[]): [string, string] {
  return [name, value];
}

function textsOfPair(pair: unknown): string[] {
  return Array.isArray(pair) ? pair.map((part) => textOf(part) ?? '') : [String(pair)];
}

/** The parts of a notification's value; missing ones are empty. */
function textParts(value: Action['value']): string[] {
  return typeof value === 'object' && value !== null ? value.map((part) => textOf(part) ?? '') : textsOf(value);
}

function usersOf(to: string, facts: RuleFacts): User[] {
  const { world, ticket } = facts;
  const known = (...ids: (number | null)[]): User[] => ids.map((id) => world.user(id)).filter((user): user is User => user !== undefined);
  switch (to) {
    case 'requester_id':
      return known(ticket.requester_id);
    case 'requester_and_ccs':
      return known(ticket.requester_id, ...ticket.email_cc_ids);
    case 'assignee_id':
      return known(ticket.assignee_id);
    case 'current_user':
      return known(currentUserId(facts));
    case 'all_agents':
      return [...world.agents()];
    default:
      return /^\d+$/.test(to) ? known(Number(to)) : [];
  }
}

function membersOf(to: string, { world, ticket }: RuleFacts): readonly User[] {
  const id = to === 'group_id' ? ticket.group_id : Number(to);
  return id === null || Number.isNaN(id) ? [] : world.membersOf(id);
}
