import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import type { Defaults } from '../entities.ts';
import { blank, invalidValue, recordInvalid, recordNotFound } from '../errors.ts';
import { replaceInTickets } from '../tickets/replace-in-tickets.ts';
import type { CustomStatus, CustomStatusDraft, StatusCategory } from './entities.ts';

/** Labels of the statuses that an account starts with (texts inferred). */
const FIRST: Readonly<Record<StatusCategory, readonly [agent: string, endUser: string, description: string]>> = {
  new: ['New', 'Open', 'Ticket is awaiting assignment to an agent'],
  open: ['Open', 'Open', 'Staff is working on the ticket'],
  pending: ['Pending', 'Awaiting your reply', 'Staff is waiting for the requester to reply'],
  hold: ['On-hold', 'Open', 'Staff is waiting for a third party'],
  solved: ['Solved', 'Solved', 'The ticket has been solved'],
};
const CATEGORIES = Object.keys(FIRST) as StatusCategory[];
/** Of an account (documented). */
const MOST = 300;
/** Characters (documented for labels and descriptions). */
const LONGEST_LABEL = 48;
const LONGEST_DESCRIPTION = 255;

/** Custom statuses (vendor article "Custom Ticket Statuses"). Which is a category's default lies with the account's defaults. */
export class CustomStatusService {
  /** Set by whoever keeps something of a status's. */
  onDeleted?: (account: string, id: number) => void;
  readonly #context: SupportContext;
  readonly #statuses: Collection<CustomStatus>;
  readonly #lists: Memo<readonly CustomStatus[]>;
  readonly #defaults: (account: string) => Defaults;

  constructor(context: SupportContext, defaults: (account: string) => Defaults) {
    this.#context = context;
    this.#defaults = defaults;
    this.#statuses = context.core.store.collection<CustomStatus>({ name: 'custom_statuses', key: ({ id }) => id });
    this.#lists = new Memo(this.#statuses);
  }

  /** The five of a new account. */
  found(account: string): void {
    const now = this.#context.now(account);
    for (const category of CATEGORIES) {
      const [agent_label, end_user_label, description] = FIRST[category];
      const texts = { agent_label, end_user_label, description, end_user_description: description };
      const id = this.#defaults(account).custom_status_ids[category];
      this.#statuses.insert(account, { id, status_category: category, ...texts, active: true, created_at: now, updated_at: now });
    }
  }

  /** By category, in the order of a ticket's life. */
  list(account: string): readonly CustomStatus[] {
    const order = (status: CustomStatus): number => CATEGORIES.indexOf(status.status_category);
    return this.#lists.get(account, () => this.#statuses.find(account).toSorted((a, b) => order(a) - order(b)));
  }

  isDefault(account: string, { id, status_category }: CustomStatus): boolean {
    return this.#defaults(account).custom_status_ids[status_category] === id;
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): CustomStatus {
    const status = this.list(account).find((each) => each.id === id);
    if (!status) throw recordNotFound();
    return status;
  }

  /** @throws ApiError 422 */
  create(account: string, draft: CustomStatusDraft): CustomStatus {
    const category = CATEGORIES.find((each) => each === draft.status_category);
    if (category === undefined) throw invalidValue('status_category', 'Status category', draft.status_category ?? null);
    if (this.list(account).length >= MOST) throw recordInvalid({ base: [{ description: `Custom statuses: at most ${MOST}` }] });
    const now = this.#context.now(account);
    const bare = { id: this.#context.ids(account)(), status_category: category, active: true, created_at: now, updated_at: now };
    return this.#keep(account, { ...bare, ...texts(draft) });
  }

  /** The category stays. @throws ApiError 404, or 422 for a default that is to be inactive */
  update(account: string, id: number, patch: CustomStatusDraft): CustomStatus {
    const before = this.expect(account, id);
    const active = patch.active ?? before.active;
    if (!active && this.isDefault(account, before)) throw defaultStays('deactivated');
    return this.#keep(account, { ...before, ...texts({ ...before, ...patch }), active, updated_at: this.#context.now(account) });
  }

  /** Tickets that have it get the default of its category (inferred). @throws ApiError 404, or 422 for a default */
  delete(account: string, id: number): void {
    const status = this.expect(account, id);
    if (this.isDefault(account, status)) throw defaultStays('deleted');
    this.#context.core.store.transaction(() => {
      this.#statuses.delete(account, id);
      this.onDeleted?.(account, id);
      this.#tell(account);
      const heir = this.#defaults(account).custom_status_ids[status.status_category];
      replaceInTickets(this.#context, account, { property: 'custom_status_id', gone: id, heir });
    });
  }

  /** Makes each the default of its category. @throws ApiError 404, or 422 for an inactive one */
  setDefaults(account: string, ids: readonly number[]): void {
    this.#context.core.store.transaction(() => {
      const statuses = ids.map((id) => this.expect(account, id));
      const inactive = statuses.find(({ active }) => !active);
      if (inactive) throw invalidValue('ids', 'Custom status', inactive.id);
      const chosen = Object.fromEntries(statuses.map(({ id, status_category }) => [status_category, id]));
      const before = this.#defaults(account);
      this.#context.collections.defaults.put(account, { ...before, custom_status_ids: { ...before.custom_status_ids, ...chosen } });
    });
  }

  #keep(account: string, status: CustomStatus): CustomStatus {
    this.#context.core.store.transaction(() => {
      this.#statuses.put(account, status);
      this.#tell(account);
    });
    return status;
  }

  /** Tells tickets what their statuses may be. */
  #tell(account: string): void {
    const active = this.list(account).filter((status) => status.active);
    const categories = Object.fromEntries(active.map(({ id, status_category }) => [String(id), status_category]));
    this.#context.collections.defaults.put(account, { ...this.#defaults(account), status_categories: categories });
  }
}

function texts(draft: CustomStatusDraft): Pick<CustomStatus, 'agent_label' | 'end_user_label' | 'description' | 'end_user_description'> {
  const agent = (draft.agent_label ?? '').trim();
  if (agent === '') throw blank('agent_label', 'Agent label');
  const description = draft.description ?? '';
  const endUser = draft.end_user_label?.trim() ? draft.end_user_label.trim() : agent;
  for (const [name, value] of Object.entries({ agent_label: agent, end_user_label: endUser }))
    if (value.length > LONGEST_LABEL) throw invalidValue(name, 'Label', value);
  const shown = draft.end_user_description ?? description;
  for (const [name, value] of Object.entries({ description, end_user_description: shown }))
    if (value.length > LONGEST_DESCRIPTION) throw invalidValue(name, 'Description', value);
  return { agent_label: agent, end_user_label: endUser, description, end_user_description: shown };
}

function defaultStays(what: string): ReturnType<typeof recordInvalid> {
  return recordInvalid({ base: [{ description: `Custom status: the default of its category cannot be ${what}`, error: 'InvalidValue' }] });
}
