import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import { invalidValue, recordNotFound, taken } from '../errors.ts';
import type { CustomStatus, FormStatus, FormStatusChange, TicketForm } from './entities.ts';

interface Rooms {
  readonly forms: { get(account: string, id: number): TicketForm | undefined };
  readonly statuses: { list(account: string): readonly CustomStatus[] };
}

/**
 * Which custom statuses whoever shows a ticket form offers (vendor article "Ticket Form Statuses"). A form without any offers all
 * of them (inferred); what is written to tickets over REST is not held to it.
 */
export class FormStatusService {
  readonly #context: SupportContext;
  readonly #rooms: Rooms;
  readonly #rows: Collection<FormStatus>;
  readonly #lists: Memo<readonly FormStatus[]>;

  constructor(context: SupportContext, rooms: Rooms) {
    this.#context = context;
    this.#rooms = rooms;
    this.#rows = context.core.store.collection<FormStatus>({ name: 'ticket_form_statuses', key: ({ id }) => id });
    this.#lists = new Memo(this.#rows);
  }

  /** In the order in which they were made. */
  list(account: string): readonly FormStatus[] {
    return this.#lists.get(account, () => this.#rows.find(account).toSorted((a, b) => a.position - b.position));
  }

  of(account: string, formId: number): FormStatus[] {
    return this.list(account).filter(({ ticket_form_id }) => ticket_form_id === formId);
  }

  /** One of a form's. @throws ApiError 404 */
  expect(account: string, formId: number, id: string): FormStatus {
    const row = this.#rows.get(account, id);
    if (row?.ticket_form_id !== formId) throw recordNotFound();
    return row;
  }

  /** All or none. @throws ApiError 422 for an unknown form or status, and for a pair that there is */
  create(account: string, pairs: readonly Pick<FormStatus, 'ticket_form_id' | 'custom_status_id'>[]): FormStatus[] {
    const { core } = this.#context;
    return core.store.transaction(() =>
      pairs.map((pair) => {
        const row: FormStatus = { id: core.ids.ulid(), position: core.store.next(account, 'ticket_form_status'), ...pair };
        this.#check(account, row);
        this.#rows.insert(account, row);
        return row;
      }),
    );
  }

  /** Adds, changes and deletes a form's, all or none. @throws ApiError 404 for an unknown one, 422 as `create` */
  change(account: string, formId: number, changes: readonly FormStatusChange[]): void {
    this.#context.core.store.transaction(() => {
      for (const { id, custom_status_id, isGone } of changes) {
        const before = id === undefined ? undefined : this.expect(account, formId, id);
        if (before && isGone) this.#rows.delete(account, before.id);
        else if (custom_status_id === undefined) continue;
        else if (before) this.#put(account, { ...before, custom_status_id });
        else this.create(account, [{ ticket_form_id: formId, custom_status_id }]);
      }
    });
  }

  /** Those of a form, or those of a status, when it goes. */
  forget(account: string, gone: Partial<Pick<FormStatus, 'ticket_form_id' | 'custom_status_id'>>): void {
    for (const row of this.list(account))
      if (row.ticket_form_id === gone.ticket_form_id || row.custom_status_id === gone.custom_status_id) this.#rows.delete(account, row.id);
  }

  #put(account: string, row: FormStatus): void {
    this.#check(account, row);
    this.#rows.put(account, row);
  }

  #check(account: string, { id, ticket_form_id, custom_status_id }: FormStatus): void {
    if (!this.#rooms.forms.get(account, ticket_form_id)) throw invalidValue('ticket_form_id', 'Ticket form', ticket_form_id);
    if (!this.#rooms.statuses.list(account).some((status) => status.id === custom_status_id))
      throw invalidValue('custom_status_id', 'Custom status', custom_status_id);
    if (this.of(account, ticket_form_id).some((other) => other.custom_status_id === custom_status_id && other.id !== id))
      throw taken('custom_status_id', 'Custom status');
  }
}
