import type { JournalEntry } from '../../../core/journal.ts';
import type { SupportContext } from '../context.ts';
import type { RecordEventData, TicketChange, TicketEventData } from '../entities.ts';

interface Pending {
  readonly due: number;
  /** Undefined: the record is new. */
  readonly changes: readonly TicketChange[] | undefined;
}

const KINDS = /^(ticket|user|organization)\.(created|updated)$/;

/**
 * Search is an index behind the records: new ones are found, and changes count, only `searchIndexDelayMs` of the
 * account's time later (documented as up to some minutes; the default here is 0). What is found is shown as it is now.
 * After a restart everything is indexed.
 */
export class IndexLag {
  readonly #context: SupportContext;
  readonly #pending = new Map<string, Pending[]>();

  constructor(context: SupportContext) {
    this.#context = context;
    context.core.journal.subscribe((entry) => this.#heard(entry));
  }

  /** Whether records of the account may be ahead of the index: columns then say nothing of what was indexed. */
  lags(account: string): boolean {
    if (this.#pending.size === 0) return false;
    const now = this.#context.core.businessClock(account).now();
    for (const [key, pending] of this.#pending) {
      if (!key.startsWith(`${account}/`)) continue;
      const left = pending.filter((each) => each.due > now);
      if (left.length > 0) this.#pending.set(key, left);
      else this.#pending.delete(key);
    }
    return [...this.#pending.keys()].some((key) => key.startsWith(`${account}/`));
  }

  /** The record as the index has it; undefined when it is not yet in it. Call `lags` first: it forgets what is over. */
  indexed<Doc extends { readonly id: number }>(account: string, type: string, record: Doc): Doc | undefined {
    const pending = this.#pending.get(`${account}/${type}:${record.id}`) ?? [];
    return pending.toReversed().reduce<Doc | undefined>((doc, { changes }) => doc && changes && before(doc, changes), record);
  }

  #heard(entry: JournalEntry): void {
    const [, type, what] = KINDS.exec(entry.kind) ?? [];
    if (type === undefined || entry.account === null) return;
    const delay = this.#context.accounts.get(entry.account)?.settings.searchIndexDelayMs ?? 0;
    if (delay <= 0) return;
    const data = entry.data as TicketEventData | RecordEventData<{ readonly id: number }>;
    const { id } = 'ticket' in data ? data.ticket : data.record;
    const key = `${entry.account}/${type}:${id}`;
    const earlier = what === 'created' ? [] : (this.#pending.get(key) ?? []);
    const changes = what === 'created' ? undefined : (data.changes ?? []);
    this.#pending.set(key, [...earlier, { due: this.#context.core.businessClock(entry.account).now() + delay, changes }]);
  }
}

/** The record with its changes undone. */
function before<Doc extends object>(doc: Doc, changes: readonly TicketChange[]): Doc {
  const undone = { ...doc } as Record<string, unknown>;
  for (const { field, previous } of changes) {
    const fieldId = /^custom_fields\.(\d+)$/.exec(field)?.[1];
    if (fieldId === undefined) undone[field] = previous;
    else {
      const others = (undone['custom_fields'] as { id: number }[]).filter((each) => each.id !== Number(fieldId));
      undone['custom_fields'] = previous === null ? others : [...others, { id: Number(fieldId), value: previous }];
    }
  }
  return undone as Doc;
}
