import type { SQLOutputValue } from 'node:sqlite';
import type { Collection } from './collection.ts';
import type { Snapshot, Store } from './store.ts';

/** Reads the documents that one account has of a collection, in one of its states. */
export type Records = <Doc extends object>(collection: Collection<Doc>) => Doc[];

/** What the account has now. */
export function presentRecords(account: string): Records {
  return (collection) => collection.find(account);
}

/** What it has in a snapshot. */
export function savedRecords(store: Store, { account, name }: Snapshot): Records {
  return recordsIn(account, (table) =>
    store.prepare(`SELECT doc FROM "${table}@saved" WHERE snapshot = ? AND account = ?`).all(name, account),
  );
}

/** What it has where these rows lie. */
export function recordsIn(account: string, rowsOf: (table: string) => readonly Record<string, SQLOutputValue>[]): Records {
  return (collection) => rowsOf(collection.table.name).map(({ doc }) => collection.docOf(account, String(doc)));
}
