import type { Support } from '../index.ts';
import type { Ticket } from '../entities.ts';
import { textFromBody } from '../tickets/comment-text.ts';
import { customStatusId } from '../tickets/ticket-status.ts';
import { cleanTags } from '../tickets/tags.ts';
import { type Json, wireTicket } from '../wire.ts';
import { commentOf, patchOf } from './actions/patches.ts';
import type { Macro } from './entities.ts';
import { scopedBody } from './macros.ts';
import { render } from './placeholders/liquid.ts';
import { placeholderScope } from './placeholders/scope.ts';
import { readWorld } from './read-world.ts';

/** What a macro is applied to, by whom. */
export interface Application {
  readonly account: string;
  readonly base: string;
  readonly macro: Macro;
  /** Without one only what the macro sets is shown, placeholders as they are. */
  readonly ticket?: Ticket | undefined;
  readonly userId: number;
}

/**
 * The ticket that a macro would make, nothing written (vendor articles "Show changes to ticket" and "Show ticket after
 * changes"). Without a ticket there are only the changes.
 */
export function appliedMacro(support: Support, { account, base, macro, ticket, userId }: Application): Json {
  const world = readWorld(support.context, support.rules.readers, account);
  const blankTicket = { tags: [], custom_fields: [], assignee_id: null, group_id: null, requester_id: null } as unknown as Ticket;
  const facts = { world, ticket: ticket ?? blankTicket, userId };
  const rendered = (text: string): string =>
    ticket ? render(text, placeholderScope(facts, support.context.accounts.expect(account))).text : text;
  const changes: Json = {};
  const fields: Json[] = [];
  let tags: readonly string[] = ticket?.tags ?? [];
  for (const action of macro.actions) {
    const { tags: set, additional_tags, remove_tags, custom_fields, followers, email_ccs, ...plain } = patchOf(action, facts) ?? {};
    Object.assign(changes, plain);
    if (plain.subject) changes['subject'] = rendered(plain.subject);
    if (set !== undefined) tags = cleanTags(set);
    if (additional_tags) tags = cleanTags([...tags, ...cleanTags(additional_tags)]);
    if (remove_tags) tags = tags.filter((tag) => !cleanTags(remove_tags).includes(tag));
    if (set !== undefined || additional_tags || remove_tags) changes['tags'] = tags;
    fields.push(...(custom_fields ?? []).map(({ id, value }) => ({ id, value })));
    const ids = (people: typeof followers): number[] => (people ?? []).map((person) => Number(person.user_id));
    if (followers) changes['follower_ids'] = [...new Set([...(ticket?.follower_ids ?? []), ...ids(followers)])];
    if (email_ccs) changes['email_cc_ids'] = [...new Set([...(ticket?.email_cc_ids ?? []), ...ids(email_ccs)])];
  }
  if (fields.length > 0) changes['fields'] = fields;
  if (changes['status'] !== undefined && changes['custom_status_id'] === undefined)
    changes['custom_status_id'] = customStatusId(support.defaults(account), changes['status'] as Ticket['status']);
  const said = commentOf(macro.actions, rendered);
  const text = said?.body ?? said?.html_body ?? '';
  const html = said?.html_body ?? (said ? textFromBody(text).html_body : '');
  const comment = said
    ? { comment: { body: text, html_body: html, public: said.public, scoped_body: scopedBody(macro.actions, rendered) } }
    : {};
  if (!ticket) return { ...changes, ...comment };
  const scope = { base, fields: support.fields.custom(account, 'ticket') };
  const written = fields.map(({ id, value }) => ({ id, value }) as Ticket['custom_fields'][number]);
  const kept = ticket.custom_fields.filter((own) => !written.some(({ id }) => id === own.id));
  const { fields: _fields, ...direct } = changes;
  return { ...wireTicket({ ...ticket, ...direct, custom_fields: [...kept, ...written] }, scope), ...comment };
}
