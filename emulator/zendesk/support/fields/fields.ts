import { Memo } from '../../../core/memo.ts';
import type { FieldDraft, FieldPatch } from '../drafts.ts';
import type { SupportContext } from '../context.ts';
import type { Field, FieldOption, FieldOwner } from '../entities.ts';
import { blank, invalidValue, recordNotFound, taken } from '../errors.ts';
import { optionList, type OptionWrite, withOption, withoutOption } from './options.ts';
import { checkPattern } from './patterns.ts';
import { goneValues, withdrawValues } from './withdrawn-values.ts';

const CUSTOM_TYPES: Readonly<Record<FieldOwner, readonly string[]>> = {
  user: ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'dropdown', 'multiselect', 'lookup'],
  organization: ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'dropdown', 'multiselect', 'lookup'],
  ticket: ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'partialcreditcard', 'multiselect', 'tagger', 'lookup'],
};

export const WITH_OPTIONS: ReadonlySet<string> = new Set(['dropdown', 'tagger', 'multiselect']);

/** User, organization and ticket fields. */
export class FieldService {
  readonly #context: SupportContext;
  readonly #lists: Memo<readonly Field[]>;
  /** Told, in the transaction that removes them, of values that a ticket field no longer has; set by the rooms that keep some. */
  onWithdrawn: (account: string, fieldId: number, values: ReadonlySet<string>) => void = () => undefined;
  /** Told of a ticket field that is deleted, in the transaction that does it; set by whoever keeps something of it. */
  onDeleted: (account: string, fieldId: number) => void = () => undefined;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#lists = new Memo(context.collections.fields);
  }

  /** In display order. */
  list(account: string, owner: FieldOwner): readonly Field[] {
    return this.#list(account, 'owner', owner);
  }

  /** Without the system fields. */
  custom(account: string, owner: FieldOwner): readonly Field[] {
    return this.#list(account, 'custom_owner', owner);
  }

  /** By id or key. */
  get(account: string, owner: FieldOwner, idOrKey: string | number): Field | undefined {
    const { fields } = this.#context.collections;
    const byId = /^\d+$/.test(String(idOrKey)) ? fields.get(account, Number(idOrKey)) : undefined;
    if (byId?.owner === owner) return byId;
    return fields.first(account, { where: { owner_key: `${owner}:${idOrKey}` } });
  }

  /** @throws ApiError 422 */
  create(account: string, owner: FieldOwner, draft: FieldDraft): Field {
    // A field is a text unless it says otherwise (documented).
    const type = draft.type ?? 'text';
    const title = (draft.title ?? draft.key ?? '').trim();
    if (title === '') throw blank('title', 'Title');
    if (!CUSTOM_TYPES[owner].includes(type)) throw invalidValue('type', 'Type', type);
    if (draft.regexp_for_validation) checkPattern(draft.regexp_for_validation);
    else if (type === 'regexp') throw blank('regexp_for_validation', 'Regexp for validation');
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const ids = this.#context.ids(account);
      const now = this.#context.now(account);
      const id = ids();
      const key = this.#key(account, owner, draft.key ?? null, title, id);
      const field: Field = {
        id,
        owner,
        key,
        type,
        title,
        description: draft.description ?? '',
        position: draft.position ?? (owner === 'ticket' ? 9999 : this.list(account, owner).length),
        active: draft.active ?? true,
        system: false,
        required: draft.required ?? false,
        regexp_for_validation: draft.regexp_for_validation ?? null,
        options: optionList(draft.custom_field_options ?? [], [], ids),
        tag: draft.tag ?? null,
        ...(draft.display ? { display: draft.display } : {}),
        created_at: now,
        updated_at: now,
      };
      collections.fields.insert(account, field);
      return field;
    });
  }

  /**
   * The key written, or one made of the title. Titles of ticket fields need not differ, nor be Latin: where they give no key of
   * their own, the id does (inferred). @throws ApiError 422
   */
  #key(account: string, owner: FieldOwner, written: string | null, title: string, id: number): string {
    const { fields } = this.#context.collections;
    const isTaken = (key: string): boolean => fields.first(account, { where: { owner_key: `${owner}:${key}` } }) !== undefined;
    const key = written ?? keyOf(title);
    const isKey = /^[A-Za-z0-9_.-]+$/.test(key);
    if (owner === 'ticket' && written === null && (!isKey || isTaken(key))) return `custom_field_${id}`;
    if (!isKey) throw invalidValue('key', 'Key', key);
    if (isTaken(key)) throw taken('key', 'Key');
    return key;
  }

  /** Key and type never change. Values of options that are left out go from all records (documented). */
  update(account: string, owner: FieldOwner, idOrKey: string | number, patch: FieldPatch): Field {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const field = this.get(account, owner, idOrKey);
      if (!field) throw recordNotFound();
      const { custom_field_options: drafts, display, ...rest } = patch;
      if (rest.regexp_for_validation) checkPattern(rest.regexp_for_validation);
      if (rest.title?.trim() === '') throw blank('title', 'Title');
      const updated: Field = {
        ...field,
        ...pick(rest),
        ...(drafts ? { options: optionList(drafts, field.options, this.#context.ids(account)) } : {}),
        ...(display ? { display: { ...field.display, ...display } } : {}),
        updated_at: this.#context.now(account),
      };
      collections.fields.put(account, updated);
      this.#withdraw(account, field, updated.options);
      return updated;
    });
  }

  delete(account: string, owner: FieldOwner, idOrKey: string | number): void {
    const field = this.get(account, owner, idOrKey);
    if (!field || field.system) throw recordNotFound();
    this.#context.core.store.transaction(() => {
      this.#context.collections.fields.delete(account, field.id);
      if (owner === 'ticket') this.onDeleted(account, field.id);
    });
  }

  /** @throws ApiError 404 */
  expect(account: string, owner: FieldOwner, idOrKey: string | number): Field {
    const field = this.get(account, owner, idOrKey);
    if (!field) throw recordNotFound();
    return field;
  }

  /** Puts the fields named first, in the order given; unknown ids are left out (inferred). */
  reorder(account: string, owner: FieldOwner, ids: readonly number[]): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const before = this.list(account, owner);
      const named = [...new Set(ids)].flatMap((id) => before.find((field) => field.id === id) ?? []);
      const rest = before.filter((field) => !named.includes(field));
      const first = owner === 'ticket' ? 1 : 0;
      for (const [index, field] of [...named, ...rest].entries()) {
        if (field.position !== index + first) collections.fields.put(account, { ...field, position: index + first });
      }
    });
  }

  /** Changes the option of the given id, or adds one (documented). @throws ApiError 404, 422 */
  putOption(account: string, owner: FieldOwner, idOrKey: string | number, write: OptionWrite): { option: FieldOption; isNew: boolean } {
    return this.#context.core.store.transaction(() => {
      const field = this.#withOptions(account, owner, idOrKey);
      const { list, option } = withOption(field.options, write, this.#context.ids(account));
      this.#keepOptions(account, field, list);
      return { option, isNew: field.options.every(({ id }) => id !== option.id) };
    });
  }

  /** Its value goes from all records (documented of options left out of an update). @throws ApiError 404 */
  deleteOption(account: string, owner: FieldOwner, idOrKey: string | number, id: number): void {
    this.#context.core.store.transaction(() => {
      const field = this.#withOptions(account, owner, idOrKey);
      const left = withoutOption(field.options, id);
      this.#keepOptions(account, field, left);
      this.#withdraw(account, field, left);
    });
  }

  /** @throws ApiError 404, also for a field that cannot have options (inferred) */
  #withOptions(account: string, owner: FieldOwner, idOrKey: string | number): Field {
    const field = this.expect(account, owner, idOrKey);
    if (!WITH_OPTIONS.has(field.type)) throw recordNotFound();
    return field;
  }

  #withdraw(account: string, field: Field, left: readonly FieldOption[]): void {
    const gone = new Set(goneValues(field.options, left));
    if (gone.size === 0) return;
    withdrawValues(this.#context, account, field, gone, this.custom(account, field.owner));
    if (field.owner === 'ticket') this.onWithdrawn(account, field.id, gone);
  }

  #keepOptions(account: string, field: Field, list: readonly FieldOption[]): void {
    this.#context.collections.fields.put(account, { ...field, options: list, updated_at: this.#context.now(account) });
  }

  #list(account: string, column: 'owner' | 'custom_owner', owner: FieldOwner): readonly Field[] {
    const { fields } = this.#context.collections;
    const read = (): Field[] => fields.find(account, { where: { [column]: owner }, order: ['position', 'key'] });
    return this.#lists.get(`${account} ${column} ${owner}`, read);
  }
}

const NULLABLE = new Set(['regexp_for_validation', 'tag']);

function pick(patch: Omit<FieldPatch, 'custom_field_options' | 'display'>): Partial<Field> {
  const { title, description, active, position, regexp_for_validation, tag, required } = patch;
  const chosen = { title, description, active, position, regexp_for_validation, tag, required };
  const isKept = ([name, value]: [string, unknown]): boolean => value !== undefined && (value !== null || NULLABLE.has(name));
  return Object.fromEntries(Object.entries(chosen).filter(isKept));
}

/** `Plan tier` makes `plan_tier`. */
function keyOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
