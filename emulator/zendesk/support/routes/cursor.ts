/** Where a page ends: the sort column's value (none when sorting by id) and the id that breaks ties. */
export interface Position {
  readonly value?: string | number;
  readonly id: number;
}

/**
 * Cursors look like the vendor's: base64 of `{"o":"nice_id","v":"aQEAAAAAAAAA"}`, where `o` names the sort columns and
 * `v` packs their values (`i` and eight bytes little endian for integers as recorded; `s`, text and a zero inferred).
 */
export function encodeCursor(columns: string, position: Position): string {
  const parts = position.value === undefined ? [] : [packed(position.value)];
  const v = Buffer.concat([...parts, packed(position.id)]).toString('base64');
  return Buffer.from(JSON.stringify({ o: columns, v })).toString('base64');
}

/** Undefined for anything that this order's pages did not hand out. */
export function decodeCursor(columns: string, cursor: string): Position | undefined {
  try {
    const { o, v } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { o?: unknown; v?: unknown };
    if (o !== columns || typeof v !== 'string') return undefined;
    const values = unpacked(Buffer.from(v, 'base64'));
    const id = values.at(-1);
    if (typeof id !== 'number' || values.length !== (columns.includes(',') ? 2 : 1)) return undefined;
    return values.length === 2 && values[0] !== undefined ? { value: values[0], id } : { id };
  } catch {
    return undefined;
  }
}

function packed(value: string | number): Buffer {
  if (typeof value === 'string') return Buffer.concat([Buffer.from('s'), Buffer.from(value), Buffer.from([0])]);
  const bytes = Buffer.alloc(9);
  bytes.write('i');
  bytes.writeBigInt64LE(BigInt(value), 1);
  return bytes;
}

function unpacked(bytes: Buffer): (string | number)[] {
  const values: (string | number)[] = [];
  for (let at = 0; at < bytes.length;) {
    const mark = bytes.toString('latin1', at, at + 1);
    if (mark === 'i') {
      values.push(Number(bytes.readBigInt64LE(at + 1)));
      at += 9;
    } else if (mark === 's') {
      const end = bytes.indexOf(0, at);
      if (end < 0) throw new RangeError('unterminated text in a cursor');
      values.push(bytes.toString('utf8', at + 1, end));
      at = end + 1;
    } else throw new RangeError('unknown mark in a cursor');
  }
  return values;
}
