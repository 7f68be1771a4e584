import { Memo } from '../../../core/memo.ts';
import type { FieldDraft, FieldPatch } from '../drafts.ts';
import type { SupportContext } from '../context.ts';
import type { Field, FieldOption, FieldOwner } from '../entities.ts';
import { blank, invalidValue, recordNotFound, taken } from '../errors.ts';

const CUSTOM_TYPES: Readonly<Record<FieldOwner, readonly string[]>> = {
  user: ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'dropdown', 'multiselect', 'lookup'],
  organization: ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'dropdown', 'multiselect', 'lookup'],
  ticket: ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'partialcreditcard', 'multiselect', 'tagger', 'lookup'],
};

/** User, organization and ticket fields. */
export class FieldService {
  readonly #context: SupportContext;
  readonly #lists: Memo<readonly Field[]>;

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

  create(account: string, owner: FieldOwner, draft: FieldDraft): Field {
    const key = draft.key ?? keyOf(draft.title ?? '');
    const title = draft.title ?? key;
    if (!title) throw blank('title', 'Title');
    if (!CUSTOM_TYPES[owner].includes(draft.type)) throw invalidValue('type', 'Type', draft.type);
    if (!/^[A-Za-z0-9_.-]+$/.test(key)) throw invalidValue('key', 'Key', key);
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      if (collections.fields.first(account, { where: { owner_key: `${owner}:${key}` } })) throw taken('key', 'Key');
      const ids = this.#context.ids(account);
      const now = this.#context.now(account);
      const field: Field = {
        id: ids(),
        owner,
        key,
        type: draft.type,
        title,
        description: draft.description ?? '',
        position: draft.position ?? (owner === 'ticket' ? 9999 : this.list(account, owner).length),
        active: draft.active ?? true,
        system: false,
        required: draft.required ?? false,
        regexp_for_validation: draft.regexp_for_validation ?? null,
        options: options(draft.custom_field_options ?? [], ids),
        tag: draft.tag ?? null,
        created_at: now,
        updated_at: now,
      };
      collections.fields.insert(account, field);
      return field;
    });
  }

  /** Key and type never change. */
  update(account: string, owner: FieldOwner, idOrKey: string | number, patch: FieldPatch): Field {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const field = this.get(account, owner, idOrKey);
      if (!field) throw recordNotFound();
      const { custom_field_options: drafts, ...rest } = patch;
      const updated: Field = {
        ...field,
        ...pick(rest),
        ...(drafts ? { options: options(drafts, this.#context.ids(account)) } : {}),
        updated_at: this.#context.now(account),
      };
      collections.fields.put(account, updated);
      return updated;
    });
  }

  delete(account: string, owner: FieldOwner, idOrKey: string | number): void {
    const field = this.get(account, owner, idOrKey);
    if (!field || field.system) throw recordNotFound();
    this.#context.collections.fields.delete(account, field.id);
  }

  #list(account: string, column: 'owner' | 'custom_owner', owner: FieldOwner): readonly Field[] {
    const { fields } = this.#context.collections;
    const read = (): Field[] => fields.find(account, { where: { [column]: owner }, order: ['position', 'key'] });
    return this.#lists.get(`${account} ${column} ${owner}`, read);
  }
}

function options(drafts: NonNullable<FieldPatch['custom_field_options']>, ids: () => number): FieldOption[] {
  const bad = drafts.find((draft) => !isWord(draft.name) || !isWord(draft.value));
  if (bad) throw invalidValue('custom_field_options', 'Options', bad);
  return drafts.map((draft, position) => ({ id: draft.id ?? ids(), name: draft.name, value: draft.value, position }));
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

const NULLABLE = new Set(['regexp_for_validation', 'tag']);

function pick(patch: Omit<FieldPatch, 'custom_field_options'>): Partial<Field> {
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
