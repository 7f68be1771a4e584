/** How documents of a collection lie in the store, where their JSON is not what is kept. */
export interface Packing<Doc> {
  readonly pack: (doc: Doc, account: string) => unknown;
  /** Also takes what lies there unpacked, as an earlier version wrote it. */
  readonly unpack: (stored: unknown, account: string) => Doc;
  /** SQL for the JSON of one property, where `column` holds documents. */
  readonly sql: (column: string, name: keyof Doc & string) => string;
}

/** One that needs no more than the document. */
export interface PlainPacking<Doc> extends Packing<Doc> {
  readonly pack: (doc: Doc) => unknown;
  readonly unpack: (stored: unknown) => Doc;
}

/**
 * Keeps values without the names of their properties: half the bytes of a document that is mostly short values, and so
 * less to write, read and hold in memory. Properties that are not named here, such as those that a later version
 * adds, lie in one more value behind the others; a document that lacks a named one is kept whole.
 */
export function packing<Doc extends object>(names: readonly (keyof Doc & string)[]): PlainPacking<Doc> {
  const known = new Set<string>(names);
  return {
    pack(doc) {
      const values: unknown[] = [];
      for (const name of names) {
        const value = doc[name];
        if (value === undefined) return doc;
        values.push(value);
      }
      const others = Object.keys(doc).filter((name) => !known.has(name) && doc[name as keyof Doc] !== undefined);
      if (others.length > 0) values.push(Object.fromEntries(others.map((name) => [name, doc[name as keyof Doc]])));
      return values;
    },
    unpack(stored) {
      if (!Array.isArray(stored)) return stored as Doc;
      const doc: Record<string, unknown> = {};
      let at = 0;
      for (const name of names) doc[name] = stored[at++] as unknown;
      return at < stored.length ? (Object.assign(doc, stored[at]) as Doc) : (doc as Doc);
    },
    sql(column, name) {
      const whole = `${column} -> '$.${name}'`;
      const at = names.indexOf(name);
      return at < 0 ? whole : `coalesce(${column} -> '$[${at}]', ${whole})`;
    },
  };
}
