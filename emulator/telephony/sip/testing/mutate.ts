import type { Random } from '../../../core/random.ts';

const NASTY = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '"',
  '<',
  '>',
  ';',
  ',',
  ':',
  '@',
  '%',
  '\\',
  ' ',
  '\t',
  '\r\n ',
  'SIP/2.0',
  ';tag=',
  ';branch=z9hG4bK',
  '65536',
  '-1',
  '4294967296',
  'é',
  '\xff',
];

/** The bytes with one to eight changes of the kinds that break parsers: bits, cuts, doublings, splices, nasty tokens. */
export function mutate(random: Random, bytes: Uint8Array, others: readonly Uint8Array[]): Buffer {
  let result = Buffer.from(bytes);
  for (let count = random.int(1, 8); count > 0; count--) result = change(random, result, others);
  return result.subarray(0, 8_192);
}

function change(random: Random, bytes: Buffer<ArrayBuffer>, others: readonly Uint8Array[]): Buffer<ArrayBuffer> {
  const at = random.int(0, bytes.length);
  const length = random.int(0, Math.min(64, bytes.length - at));
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at + length);
  switch (random.int(0, 5)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([before, Buffer.from(random.pick(NASTY), random.next() < 0.5 ? 'utf8' : 'latin1'), after]);
    case 3:
      return Buffer.concat([before, Buffer.from(random.bytes(random.int(1, 8))), after]);
    case 4: {
      const other = Buffer.from(random.pick(others));
      return Buffer.concat([before, other.subarray(random.int(0, other.length))]);
    }
    default:
      return Buffer.concat([before, Buffer.from(random.pick(NASTY).repeat(random.int(1, 200)), 'latin1'), after]);
  }
}
