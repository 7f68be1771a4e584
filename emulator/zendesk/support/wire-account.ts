/** What every account has of its own: statuses, a brand, a form, languages. Shapes as documented, values inferred. */
import type { Account } from '../account/index.ts';
import type { Defaults, Status } from './entities.ts';
import type { Json } from './wire.ts';

/** Labels of the statuses that an account starts with (recorded in public fixtures' form; texts inferred). */
export const STATUS_LABELS: Readonly<Record<Exclude<Status, 'closed'>, readonly [agent: string, endUser: string, description: string]>> = {
  new: ['New', 'Open', 'Ticket is awaiting assignment to an agent'],
  open: ['Open', 'Open', 'Staff is working on the ticket'],
  pending: ['Pending', 'Awaiting your reply', 'Staff is waiting for the requester to reply'],
  hold: ['On-hold', 'Open', 'Staff is waiting for a third party'],
  solved: ['Solved', 'Solved', 'The ticket has been solved'],
};

export interface AccountScope {
  readonly account: Account;
  readonly defaults: Defaults;
  readonly base: string;
}

export interface Shown extends Json {
  readonly id: number;
}

export function customStatuses({ account, defaults, base }: AccountScope): Shown[] {
  return Object.entries(STATUS_LABELS).map(([category, [agent, endUser, description]]) => {
    const id = defaults.custom_status_ids[category as keyof typeof STATUS_LABELS];
    return {
      url: `${base}/api/v2/custom_statuses/${id}.json`,
      id,
      status_category: category,
      agent_label: agent,
      raw_agent_label: agent,
      end_user_label: endUser,
      raw_end_user_label: endUser,
      description,
      raw_description: description,
      end_user_description: description,
      raw_end_user_description: description,
      active: true,
      default: true,
      created_at: account.createdAt,
      updated_at: account.createdAt,
    };
  });
}

export function brands({ account, defaults, base }: AccountScope): Shown[] {
  const { id, name } = account.brand;
  return [
    {
      url: `${base}/api/v2/brands/${id}.json`,
      id,
      name,
      brand_url: `https://${account.name}.zendesk.com`,
      subdomain: account.name,
      host_mapping: null,
      has_help_center: false,
      help_center_state: 'disabled',
      active: true,
      default: true,
      is_deleted: false,
      logo: null,
      ticket_form_ids: [defaults.ticket_form_id],
      signature_template: '{{agent.signature}}',
      created_at: account.createdAt,
      updated_at: account.createdAt,
    },
  ];
}

export function ticketForms({ account, defaults, base }: AccountScope, ticketFieldIds: readonly number[]): Shown[] {
  const id = defaults.ticket_form_id;
  const name = 'Default Ticket Form';
  return [
    {
      url: `${base}/api/v2/ticket_forms/${id}.json`,
      id,
      name,
      raw_name: name,
      display_name: name,
      raw_display_name: name,
      end_user_visible: true,
      position: 1,
      ticket_field_ids: ticketFieldIds,
      active: true,
      default: true,
      in_all_brands: true,
      restricted_brand_ids: [],
      agent_conditions: [],
      end_user_conditions: [],
      created_at: account.createdAt,
      updated_at: account.createdAt,
    },
  ];
}

/** Every user and ticket is in the one language that the account has. */
export function locale({ account, base }: AccountScope): Shown {
  const dates = { created_at: account.createdAt, updated_at: account.createdAt };
  return { url: `${base}/api/v2/locales/en-US.json`, id: 1, locale: 'en-US', name: 'English', ...dates };
}
