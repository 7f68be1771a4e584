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
