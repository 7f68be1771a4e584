import type { CommentDraft, TicketPatch } from '../../drafts.ts';
import type { Priority, Status, TicketType } from '../../entities.ts';
import { textOf, textsOf } from '../conditions/values.ts';
import type { Action, RuleValue } from '../entities.ts';
import { currentUserId, type RuleFacts } from '../world.ts';

type ToPatch = (value: RuleValue, facts: RuleFacts) => TicketPatch;

/** Actions that change a ticket (vendor article "Actions reference"), each as the write that it stands for. */
const PATCHES: Readonly<Record<string, ToPatch>> = {
  status: (value) => ({ status: String(textOf(value)) as Status }),
  custom_status_id: (value) => ({ custom_status_id: Number(textOf(value)) }),
  type: (value) => ({ type: textOf(value) as TicketType | null }),
  priority: (value) => ({ priority: textOf(value) as Priority | null }),
  group_id: (value, facts) => ({ group_id: group(value, facts) }),
  assignee_id: (value, facts) => ({ assignee_id: person(value, facts) }),
  organization_id: (value) => ({ organization_id: idOf(value) }),
  brand_id: (value) => ({ brand_id: Number(textOf(value)) }),
  ticket_form_id: (value) => ({ ticket_form_id: Number(textOf(value)) }),
  subject: (value) => ({ subject: textOf(value) }),
  set_tags: (value) => ({ tags: textsOf(value) }),
  current_tags: (value) => ({ additional_tags: textsOf(value) }),
  remove_tags: (value) => ({ remove_tags: textsOf(value) }),
  follower: (value, facts) => ({ followers: added(value, facts) }),
  cc: (value, facts) => ({ email_ccs: added(value, facts) }),
};

export const PATCHING_FIELDS: readonly string[] = Object.keys(PATCHES);
/** Parts of one comment: its text, and who may read it. */
export const COMMENT_FIELDS: readonly string[] = ['comment_value', 'comment_value_html', 'comment_mode_is_public'];

const CUSTOM_FIELD = /^custom_fields_(\d+)$/;

export function isPatching(field: string): boolean {
  return Object.hasOwn(PATCHES, field) || CUSTOM_FIELD.test(field);
}

/** The write that an action stands for; undefined for one that changes nothing on the ticket. */
export function patchOf({ field, value }: Action, facts: RuleFacts): TicketPatch | undefined {
  const id = CUSTOM_FIELD.exec(field)?.[1];
  if (id !== undefined) {
    const values = typeof value === 'object' && value !== null ? value.map(String) : value;
    return { custom_fields: [{ id: Number(id), value: values === '' ? null : values }] };
  }
  return Object.hasOwn(PATCHES, field) ? PATCHES[field]?.(value, facts) : undefined;
}

/**
 * What the actions say, as one comment; public unless `comment_mode_is_public` says otherwise. A text may come with the channel
 * that it is meant for, `["channel:all", text]`.
 */
export function commentOf(actions: readonly Action[], render: (text: string) => string): CommentDraft | undefined {
  const last = (field: string): Action | undefined => actions.findLast((action) => action.field === field);
  const said = last('comment_value_html') ?? last('comment_value');
  const text = said && channelText(said.value);
  if (!said || !text) return undefined;
  const mode = last('comment_mode_is_public');
  const body = render(text[1]);
  const written = said.field === 'comment_value_html' ? { html_body: body } : { body };
  return { ...written, public: mode === undefined || textOf(mode.value) !== 'false' };
}

/** A comment's text with its channel; undefined for an empty one. */
export function channelText(value: RuleValue): [channel: string, text: string] | undefined {
  const parts = textsOf(value);
  const text = parts.length > 1 ? parts.slice(1).join('\n') : parts[0];
  return text === undefined ? undefined : [parts.length > 1 ? (parts[0] ?? '') : 'channel:all', text];
}

function idOf(value: RuleValue): number | null {
  const text = textOf(value);
  return text === null ? null : Number(text);
}

function person(value: RuleValue, facts: RuleFacts): number | null {
  const text = textOf(value);
  if (text === 'current_user') return agentOnly(currentUserId(facts), facts);
  if (text === 'requester_id') return facts.ticket.requester_id;
  if (text === 'assignee_id') return facts.ticket.assignee_id;
  return idOf(value);
}

/** An end user who updates is nobody to assign to: the ticket stays as it is. */
function agentOnly(id: number | null, { world, ticket }: RuleFacts): number | null {
  const user = world.user(id);
  return user && user.role !== 'end-user' ? user.id : ticket.assignee_id;
}

function group(value: RuleValue, facts: RuleFacts): number | null {
  if (textOf(value) !== 'current_groups') return idOf(value);
  const userId = currentUserId(facts);
  const own = userId === null ? [] : facts.world.groupsOf(userId);
  return own[0]?.id ?? facts.ticket.group_id;
}

function added(value: RuleValue, facts: RuleFacts): { user_id: number; action: 'put' }[] {
  return textsOf(value)
    .map((text) => person(text, facts))
    .filter((id): id is number => id !== null)
    .map((user_id) => ({ user_id, action: 'put' }));
}
