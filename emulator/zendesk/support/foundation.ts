import type { SupportContext } from './context.ts';
import type { Defaults, Field } from './entities.ts';
import type { GroupService } from './people/groups.ts';

/** The system ticket fields, in their order. */
const SYSTEM_TICKET_FIELDS: readonly [type: string, title: string][] = [
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['tickettype', 'Type'],
  ['priority', 'Priority'],
  ['group', 'Group'],
  ['assignee', 'Assignee'],
  ['custom_status', 'Ticket status'],
];

/** What every new account has before anybody writes: a default group, the system ticket fields, form and statuses. */
export function layFoundation(context: SupportContext, groups: GroupService, account: string): Defaults {
  const ids = context.ids(account);
  const now = context.now(account);
  for (const [index, [type, title]] of SYSTEM_TICKET_FIELDS.entries()) {
    const field: Field = {
      id: ids(),
      owner: 'ticket',
      key: null,
      type,
      title,
      description: title,
      position: index + 1,
      active: true,
      system: true,
      required: type === 'assignee',
      regexp_for_validation: null,
      options: [],
      tag: null,
      created_at: now,
      updated_at: now,
    };
    context.collections.fields.insert(account, field);
  }
  const group = groups.create(account, { name: 'Support' }, true);
  const defaults: Defaults = {
    ticket_form_id: ids(),
    group_id: group.id,
    custom_status_ids: { new: ids(), open: ids(), pending: ids(), hold: ids(), solved: ids() },
  };
  context.collections.defaults.put(account, defaults);
  return defaults;
}
