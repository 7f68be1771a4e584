/** Calls for every item, whatever one call throws: each belongs to a room of its own. @throws the first error, at the end */
export function runAll<Item>(items: readonly Item[], call: (item: Item) => void): void {
  let failed = false;
  let first: unknown;
  for (const item of items) {
    try {
      call(item);
    } catch (error) {
      if (!failed) first = error;
      failed = true;
    }
  }
  if (failed) throw first;
}

/** What is to be done after a commit; both in one, so that whoever often has something to be done makes no function each time. */
export interface Callback {
  readonly callback: (item: unknown) => void;
  readonly item: unknown;
}

export function call({ callback, item }: Callback): void {
  callback(item);
}
