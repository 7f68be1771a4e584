import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import type { Defaults } from '../entities.ts';
import { blank, invalidValue, recordInvalid, recordNotFound } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import type { TicketForm, TicketFormDraft } from './entities.ts';
import { areAbout, checkConditions, conditionsOn } from './form-conditions.ts';

/** Of an account (documented). */
const MOST = 300;

/** Ticket forms (vendor article "Ticket Forms"). Which is the default lies with the account's defaults. */
export class TicketFormService {
  /** Set by whoever keeps something of a form's. */
  onDeleted?: (account: string, id: number) => void;
  readonly #context: SupportContext;
  readonly #fields: FieldService;
  readonly #forms: Collection<TicketForm>;
  readonly #lists: Memo<readonly TicketForm[]>;
  readonly #defaults: (account: string) => Defaults;

  constructor(context: SupportContext, fields: FieldService, defaults: (account: string) => Defaults) {
    this.#context = context;
    this.#fields = fields;
    this.#defaults = defaults;
    this.#forms = context.core.store.collection<TicketForm>({ name: 'ticket_forms', key: ({ id }) => id });
    this.#lists = new Memo(this.#forms);
  }

  /** The one of a new account, which shows every active field. */
  found(account: string): void {
    const bare = this.#bare(account, this.#defaults(account).ticket_form_id, 'Default Ticket Form');
    this.#forms.insert(account, { ...bare, position: 1, end_user_visible: true });
  }

  /** In display order. */
  list(account: string): readonly TicketForm[] {
    return this.#lists.get(account, () => this.#forms.find(account).toSorted((a, b) => a.position - b.position || a.id - b.id));
  }

  isDefault(account: string, { id }: TicketForm): boolean {
    return this.#defaults(account).ticket_form_id === id;
  }

  /** The fields on a form that are still there. */
  fieldsOf(account: string, { ticket_field_ids }: TicketForm): number[] {
    const active = this.#fields.list(account, 'ticket').filter((field) => field.active);
    const ids = new Set(active.map(({ id }) => id));
    return ticket_field_ids === null ? [...ids] : ticket_field_ids.filter((id) => ids.has(id));
  }

  get(account: string, id: number): TicketForm | undefined {
    return this.list(account).find((form) => form.id === id);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): TicketForm {
    const form = this.get(account, id);
    if (!form) throw recordNotFound();
    return form;
  }

  /** Without fields a form has those of the system (inferred). @throws ApiError 422 */
  create(account: string, draft: TicketFormDraft): TicketForm {
    const forms = this.list(account);
    if (forms.length >= MOST) throw recordInvalid({ base: [{ description: `Ticket forms: at most ${MOST}`, error: 'TooManyValues' }] });
    const system = this.#fields.list(account, 'ticket').filter((field) => field.system);
    const position = Math.max(0, ...forms.map((form) => form.position)) + 1;
    const bare = { ...this.#bare(account, this.#context.ids(account)(), ''), position, ticket_field_ids: system.map(({ id }) => id) };
    return this.#keep(account, bare, draft);
  }

  /** @throws ApiError 404, or 422 for a default form that is to be inactive */
  update(account: string, id: number, patch: TicketFormDraft): TicketForm {
    return this.#keep(account, this.expect(account, id), patch);
  }

  /** @throws ApiError 404 */
  clone(account: string, id: number, prependTitle: boolean): TicketForm {
    const { name, position: _last, ...rest } = this.expect(account, id);
    return this.create(account, { ...rest, name: prependTitle ? `Clone of ${name}` : name });
  }

  /** Puts the forms named first, in the order given. @throws ApiError 404 for an unknown one */
  reorder(account: string, ids: readonly number[]): readonly TicketForm[] {
    this.#context.core.store.transaction(() => {
      const named = [...new Set(ids)].map((id) => this.expect(account, id));
      const rest = this.list(account).filter((form) => !ids.includes(form.id));
      for (const [index, form] of [...named, ...rest].entries()) this.#forms.put(account, { ...form, position: index + 1 });
    });
    return this.list(account);
  }

  /** @throws ApiError 404, or 422 for the default form */
  delete(account: string, id: number): void {
    const form = this.expect(account, id);
    if (this.isDefault(account, form)) throw defaultStays('deleted');
    this.#context.core.store.transaction(() => {
      this.#forms.delete(account, id);
      this.onDeleted?.(account, id);
    });
  }

  /** The field is deleted: it goes from the forms that have it, and so does what conditions say of it (inferred). Inside a transaction. */
  forgetField(account: string, fieldId: number): void {
    const isLeft = (id: number): boolean => id !== fieldId;
    for (const form of this.list(account).filter((each) => hasField(each, fieldId)))
      this.#forms.put(account, {
        ...form,
        ticket_field_ids: form.ticket_field_ids?.filter(isLeft) ?? null,
        agent_conditions: conditionsOn(form.agent_conditions, isLeft),
        end_user_conditions: conditionsOn(form.end_user_conditions, isLeft),
      });
  }

  #keep(account: string, before: TicketForm, patch: TicketFormDraft): TicketForm {
    const { default: becomesDefault, ...written } = patch;
    const own = Object.entries(written).filter(([name, value]) => name in before && value !== null && value !== undefined);
    const form: TicketForm = {
      ...before,
      ...Object.fromEntries(own),
      id: before.id,
      created_at: before.created_at,
      updated_at: this.#context.now(account),
    };
    const name = form.name.trim();
    if (name === '') throw blank('name', 'Name');
    const known = new Set(this.#fields.list(account, 'ticket').map(({ id }) => id));
    const stranger = written.ticket_field_ids?.find((id) => !known.has(id));
    if (stranger !== undefined) throw invalidValue('ticket_field_ids', 'Ticket fields', stranger);
    const isOnForm = (id: number): boolean => (form.ticket_field_ids ? form.ticket_field_ids.includes(id) : known.has(id));
    for (const property of ['agent_conditions', 'end_user_conditions'] as const) checkConditions(property, form[property], isOnForm);
    if (!form.active && (becomesDefault || this.isDefault(account, form))) throw defaultStays('deactivated');
    const kept = { ...form, name, display_name: form.display_name.trim() === '' ? name : form.display_name };
    this.#context.core.store.transaction(() => {
      this.#forms.put(account, kept);
      if (becomesDefault) this.#context.collections.defaults.put(account, { ...this.#defaults(account), ticket_form_id: kept.id });
    });
    return kept;
  }

  #bare(account: string, id: number, name: string): TicketForm {
    const now = this.#context.now(account);
    const conditions = { agent_conditions: [], end_user_conditions: [] };
    const shown = { end_user_visible: false, position: 0, active: true, in_all_brands: true, restricted_brand_ids: [] };
    return { id, name, display_name: name, ...shown, ticket_field_ids: null, ...conditions, created_at: now, updated_at: now };
  }
}

/** Conditions are about fields of the form alone; one that shows every field lists none. */
function hasField({ ticket_field_ids: ids, agent_conditions, end_user_conditions }: TicketForm, fieldId: number): boolean {
  return ids?.includes(fieldId) ?? areAbout([...agent_conditions, ...end_user_conditions], fieldId);
}

function defaultStays(what: string): ReturnType<typeof recordInvalid> {
  return recordInvalid({ base: [{ description: `Ticket form: the default form cannot be ${what}`, error: 'InvalidValue' }] });
}
