import type { PlainPacking } from '../../../core/packing.ts';

/**
 * Keeps of a record what is not as in a fresh one: a fifth of the bytes of a call, most of which never comes to say anything.
 * Its fresh values must therefore stay what they are; that of a property which is added later has to fit records without it.
 */
export function packedRecord<Doc extends object>(fresh: Doc): PlainPacking<Doc> {
  return {
    pack(record) {
      const changed: Partial<Doc> = {};
      for (const name in record) if (record[name] !== fresh[name]) changed[name] = record[name];
      return changed;
    },
    unpack: (stored) => ({ ...fresh, ...(stored as Partial<Doc>) }),
    sql: (column, name) => `coalesce(${column} -> '$.${name}', '${JSON.stringify(fresh[name])}')`,
  };
}
