import type { SupportContext } from '../context.ts';
import type { Ticket } from '../entities.ts';
import { blank } from '../errors.ts';
import type { AgentMacroReference } from '../tickets/audit-events.ts';
import { channelText } from './actions/patches.ts';
import { textsOf } from './conditions/values.ts';
import type { RuleCollections } from './collections.ts';
import type { MacroDraft } from './drafts.ts';
import type { Action, Macro } from './entities.ts';
import { maySee, mayUse, type Viewer } from './restriction.ts';
import type { MacroAttachments } from './macro-attachments.ts';
import { RuleBook } from './rule-book.ts';
import type { RuleUses } from './rule-uses.ts';

const MOST_ACTIVE = 5_000;
const FIRST_POSITION = 10_000;

/** Macros: what an agent does to a ticket by one name. */
export class MacroService {
  readonly #context: SupportContext;
  readonly #uses: RuleUses;
  readonly attachments: MacroAttachments;
  readonly book: RuleBook<Macro>;

  constructor(context: SupportContext, collections: RuleCollections, parts: { uses: RuleUses; attachments: MacroAttachments }) {
    this.#context = context;
    this.#uses = parts.uses;
    this.attachments = parts.attachments;
    this.book = new RuleBook(context, collections.macros, 'macro', MOST_ACTIVE);
  }

  /** Those that the viewer may use, or manage, by position. */
  list(account: string, viewer: Viewer, may: 'use' | 'manage' = 'use'): Macro[] {
    return this.book.list(account).filter(({ restriction }) => (may === 'use' ? mayUse(restriction, viewer) : maySee(restriction, viewer)));
  }

  /** @throws ApiError 422 */
  create(account: string, draft: MacroDraft): Macro {
    if (!draft.actions) throw blank('actions', 'Actions');
    const now = this.#context.now(account);
    const macro: Macro = {
      id: this.#context.ids(account)(),
      title: draft.title ?? '',
      active: draft.active ?? true,
      description: draft.description ?? null,
      position: draft.position ?? this.book.nextPosition(account, FIRST_POSITION),
      actions: draft.actions,
      restriction: draft.restriction ?? null,
      created_at: now,
      updated_at: now,
    };
    return this.#put(account, macro, draft, 'created');
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, patch: MacroDraft): Macro {
    const before = this.book.expect(account, id);
    const { attachments: _attachments, ...plain } = patch;
    return this.#put(account, { ...before, ...plain, updated_at: this.#context.now(account) }, patch, 'updated');
  }

  #put(account: string, macro: Macro, { attachments }: MacroDraft, done: 'created' | 'updated'): Macro {
    return this.#context.core.store.transaction(() => {
      const kept = this.book.put(account, macro, done);
      if (attachments) this.attachments.associate(account, macro.id, attachments);
      return kept;
    });
  }

  /** Takes the values out of all actions of macros that set a custom field to them (vendor article "Ticket Fields"). */
  withdraw(account: string, fieldId: number, values: ReadonlySet<string>): void {
    const without = (action: Action): Action[] => {
      if (action.field !== `custom_fields_${fieldId}`) return [action];
      const set = textsOf(action.value);
      const left = set.filter((value) => !values.has(value));
      if (left.length === set.length) return [action];
      return left.length === 0 ? [] : [{ ...action, value: left }];
    };
    for (const macro of this.book.list(account)) {
      const actions = macro.actions.flatMap(without);
      if (actions.some((action, index) => action !== macro.actions[index]) || actions.length < macro.actions.length)
        this.book.store(account, { ...macro, actions, updated_at: this.#context.now(account) }, 'updated');
    }
  }

  /** The first parts of titles like `Billing::Refund` (vendor article "Organizing macros"). */
  categories(account: string, viewer: Viewer): string[] {
    const names = this.list(account, viewer).flatMap((macro) => categoryOf(macro) ?? []);
    return [...new Set(names)].toSorted();
  }

  /** Macros that a ticket's write names, as its history tells of them; counts their use. Unknown ids are left out. */
  applied(account: string, macroIds: readonly number[], ids: () => number): AgentMacroReference[] {
    const macros = macroIds.map((id) => this.book.get(account, id)).filter((macro) => macro !== undefined);
    for (const { id } of macros) this.#uses.add(account, id);
    return macros.map(({ id, title }) => ({
      id: ids(),
      type: 'AgentMacroReference',
      macro_id: String(id),
      macro_title: title,
      macro_deleted: false,
    }));
  }

  /** What a new macro could do, from an existing macro or from what a ticket is (vendor article "Show macro replica"). */
  replica(
    macro: Macro | undefined,
    ticket: Ticket | undefined,
    lastSaid: string | undefined,
  ): { title: string; actions: readonly Action[] } {
    const own = ticket ? actionsFrom(ticket, lastSaid) : [];
    return { title: macro?.title ?? ticket?.subject ?? '', actions: macro?.actions ?? own };
  }
}

export function categoryOf({ title }: Macro): string | undefined {
  const at = title.indexOf('::');
  return at > 0 ? title.slice(0, at) : undefined;
}

/** What the ticket is, as the actions that would make another one so. */
function actionsFrom(ticket: Ticket, lastSaid: string | undefined): Action[] {
  const { status, priority, type, group_id, assignee_id, tags } = ticket;
  const plain = { status: status === 'new' || status === 'closed' ? null : status, priority, type, group_id, assignee_id };
  const actions = Object.entries(plain).flatMap(([field, value]) => (value === null ? [] : [{ field, value: String(value) }]));
  return [
    ...actions,
    ...(tags.length > 0 ? [{ field: 'current_tags', value: tags.join(' ') }] : []),
    ...(lastSaid === undefined ? [] : [{ field: 'comment_value', value: ['channel:all', lastSaid] }]),
  ];
}

/** The comment of a macro before placeholders: with its channels as `scoped_body` has them. */
export function scopedBody(actions: readonly Action[], render: (text: string) => string): [string, string][] {
  return actions
    .filter(({ field }) => field === 'comment_value')
    .flatMap(({ value }) => {
      const said = channelText(value);
      return said ? [[said[0], render(said[1])] as [string, string]] : [];
    });
}
