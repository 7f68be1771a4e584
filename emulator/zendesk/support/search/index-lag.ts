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

/** Late records of one kind of an account. */
interface Late {
  readonly records: Map<number, readonly Pending[]>;
  /** Records of which something became known that nobody has asked about. */
  readonly moved: Set<number>;
  /** So many records, and those that became known meanwhile are taken out. */
  most: number;
}

/** What becomes known while nobody searches is looked for among so many records at the earliest. */
const LEAST_SWEPT = 1_000;

const KINDS = new Map<string, { readonly type: string; readonly what: string }>(
  ['ticket', 'user', 'organization'].flatMap((type) => ['created', 'updated'].map((what) => [`${type}.${what}`, { type, what }] as const)),
);

/**
 * Search is an index behind the records: new ones are found, and changes count, only `searchIndexDelayMs` of the
 * account's time later (documented as up to some minutes; the default here is 0). What is found is shown as it is now.
 * After a restart everything is indexed.
 */
export class IndexLag {
  readonly #context: SupportContext;
  /** By account and type. */
  readonly #late = new Map<string, Late>();

  constructor(context: SupportContext) {
    this.#context = context;
    context.core.journal.subscribe((entry) => this.#heard(entry));
  }

  /** Records that something became known of since this was asked last: what the index has of them is old. */
  moved(account: string, type: string): number[] {
    const late = this.#late.get(`${account}/${type}`);
    if (!late) return [];
    settle(late, this.#context.core.businessClock(account).now());
    const moved = [...late.moved];
    late.moved.clear();
    return moved;
  }

  /** Records of which something is not yet known. */
  behind(account: string, type: string): number[] {
    return [...(this.#late.get(`${account}/${type}`)?.records.keys() ?? [])];
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
    for (const type of ['ticket', 'user', 'organization']) this.#late.delete(`${account}/${type}`);
  }

  #of(account: string, type: string, id: number): readonly Pending[] {
    return this.#late.get(`${account}/${type}`)?.records.get(id) ?? [];
  }

  #heard(entry: JournalEntry): void {
    const { type, what } = KINDS.get(entry.kind) ?? {};
    if (type === undefined || entry.account === null) return;
    const delay = this.#context.accounts.get(entry.account)?.settings.searchIndexDelayMs ?? 0;
    if (delay <= 0) return;
    const data = entry.data as TicketEventData | RecordEventData<{ readonly id: number }>;
    const { id } = 'ticket' in data ? data.ticket : data.record;
    const audit = 'ticket' in data ? data.comment?.audit_id : undefined;
    const key = `${entry.account}/${type}`;
    const late = this.#late.get(key) ?? { records: new Map<number, Pending[]>(), moved: new Set<number>(), most: LEAST_SWEPT };
    this.#late.set(key, late);
    const created = what === 'created';
    const now = this.#context.core.businessClock(entry.account).now();
    const before = created ? [] : settleOne(late, id, now);
    late.records.set(id, [...before, { due: now + delay, changes: created ? undefined : (data.changes ?? []), audit }]);
    if (late.records.size < late.most) return;
    settle(late, now);
    late.most = Math.max(LEAST_SWEPT, 2 * late.records.size);
  }
}

/** Takes out what is known by now. */
function settle(late: Late, now: number): void {
  for (const id of late.records.keys()) settleOne(late, id, now);
}

/** What is left of one record. */
function settleOne({ records, moved }: Late, id: number, now: number): readonly Pending[] {
  const pending = records.get(id) ?? [];
  const left = pending.filter((each) => each.due > now);
  if (left.length === pending.length) return pending;
  moved.add(id);
  if (left.length > 0) records.set(id, left);
  else records.delete(id);
  return left;
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
