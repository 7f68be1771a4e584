import type { JournalEntry } from '../../../core/journal.ts';
import type { SupportContext } from '../context.ts';
import type { Audit, RecordEventData, TicketChange, TicketEventData } from '../entities.ts';

interface Pending {
  readonly due: number;
  /** Undefined: the record is new. */
  readonly changes: readonly TicketChange[] | undefined;
  /** The audit whose comment came with it. */
  readonly audit: number | undefined;
}

const KINDS = /^(ticket|user|organization)\.(created|updated)$/;

/**
 * Search is an index behind the records: new ones are found, and changes count, only `searchIndexDelayMs` of the
 * account's time later (documented as up to some minutes; the default here is 0). What is found is shown as it is now.
 * After a restart everything is indexed.
 */
export class IndexLag {
  readonly #context: SupportContext;
  /** By account and type, then by id. */
  readonly #pending = new Map<string, Map<number, Pending[]>>();

  constructor(context: SupportContext) {
    this.#context = context;
    context.core.journal.subscribe((entry) => this.#heard(entry));
  }

  /** Records that something became known of since this was asked last: what the index has of them is old. */
  moved(account: string, type: string): number[] {
    const records = this.#pending.get(`${account}/${type}`);
    if (!records) return [];
    const now = this.#context.core.businessClock(account).now();
    const moved: number[] = [];
    for (const [id, pending] of records) {
      const left = pending.filter((each) => each.due > now);
      if (left.length === pending.length) continue;
      moved.push(id);
      if (left.length > 0) records.set(id, left);
      else records.delete(id);
    }
    return moved;
  }

  /** Records of which something is not yet known. */
  behind(account: string, type: string): number[] {
    return [...(this.#pending.get(`${account}/${type}`)?.keys() ?? [])];
  }

  /** The record as the index is to have it; undefined when it is not yet in it. */
  indexed<Doc extends { readonly id: number }>(account: string, type: string, record: Doc): Doc | undefined {
    return this.#of(account, type, record.id).reduceRight<Doc | undefined>(
      (doc, { changes }) => doc && changes && before(doc, changes),
      record,
    );
  }

  /** Of a ticket's audits those whose comments are known. */
  audits(account: string, ticketId: number, audits: readonly Audit[]): readonly Audit[] {
    const hidden = this.#of(account, 'ticket', ticketId).map((pending) => pending.audit);
    return hidden.length === 0 ? audits : audits.filter((audit) => !hidden.includes(audit.id));
  }

  /** The account was put back to another state. */
  forget(account: string): void {
    for (const type of ['ticket', 'user', 'organization']) this.#pending.delete(`${account}/${type}`);
  }

  #of(account: string, type: string, id: number): readonly Pending[] {
    return this.#pending.get(`${account}/${type}`)?.get(id) ?? [];
  }

  #heard(entry: JournalEntry): void {
    const [, type, what] = KINDS.exec(entry.kind) ?? [];
    if (type === undefined || entry.account === null) return;
    const delay = this.#context.accounts.get(entry.account)?.settings.searchIndexDelayMs ?? 0;
    if (delay <= 0) return;
    const data = entry.data as TicketEventData | RecordEventData<{ readonly id: number }>;
    const { id } = 'ticket' in data ? data.ticket : data.record;
    const audit = 'ticket' in data ? data.comment?.audit_id : undefined;
    const key = `${entry.account}/${type}`;
    const records = this.#pending.get(key) ?? new Map<number, Pending[]>();
    this.#pending.set(key, records);
    const created = what === 'created';
    const due = this.#context.core.businessClock(entry.account).now() + delay;
    records.set(id, [...(created ? [] : (records.get(id) ?? [])), { due, changes: created ? undefined : (data.changes ?? []), audit }]);
  }
}

/** The record with its changes undone. */
function before<Doc extends object>(doc: Doc, changes: readonly TicketChange[]): Doc {
  const undone = { ...doc } as Record<string, unknown>;
  for (const { field, previous } of changes) {
    const fieldId = /^custom_fields\.(\d+)$/.exec(field)?.[1];
    if (field === 'satisfaction_score') undone['satisfaction'] = previous === 'unoffered' ? undefined : { score: previous, comment: null };
    else if (fieldId === undefined) undone[field] = previous;
    else {
      const others = (undone['custom_fields'] as { id: number }[]).filter((each) => each.id !== Number(fieldId));
      undone['custom_fields'] = previous === null ? others : [...others, { id: Number(fieldId), value: previous }];
    }
  }
  return undone as Doc;
}
