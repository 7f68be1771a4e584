import type { CodecName } from '../sdp/formats.ts';

/** One law of G.711: a byte per sample. */
export interface Codec {
  readonly name: CodecName;
  /** The codes of the samples, written into target at the offset. */
  encode(samples: Int16Array, target: Uint8Array, offset?: number): void;
  /** The samples of the codes. */
  decode(codes: Uint8Array): Int16Array;
}

/** Mu-law (ITU-T G.711 table 2): sign, three bits of segment, four of interval, all inverted. */
function linearOfPcmu(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

/** A-law (ITU-T G.711 table 1): as above, even bits inverted, the lowest two segments alike in step. */
function linearOfPcma(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const interval = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? interval : (interval + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

/** For each 16-bit sample the code whose sample is nearest. */
function encodingTable(decoding: Int16Array): Uint8Array {
  const codes = [...decoding.keys()].toSorted((a, b) => (decoding[a] as number) - (decoding[b] as number) || a - b);
  const table = new Uint8Array(65_536);
  let at = 0;
  for (let sample = -32_768; sample <= 32_767; sample++) {
    while (at + 1 < codes.length && distance(codes[at + 1], sample) <= distance(codes[at], sample)) at++;
    table[sample & 0xffff] = codes[at] as number;
  }
  return table;

  function distance(code: number | undefined, sample: number): number {
    return Math.abs((decoding[code as number] as number) - sample);
  }
}

/** Tables are made at first use: the encoding one takes about 3 ms. */
function codec(name: CodecName, linearOf: (code: number) => number): Codec {
  let decoding: Int16Array | undefined;
  let encoding: Uint8Array | undefined;
  const decodingTable = () => (decoding ??= Int16Array.from({ length: 256 }, (_, code) => linearOf(code)));
  return {
    name,
    encode(samples, target, offset = 0) {
      const table = (encoding ??= encodingTable(decodingTable()));
      for (let index = 0; index < samples.length; index++) target[offset + index] = table[(samples[index] as number) & 0xffff] as number;
    },
    decode(codes) {
      const table = decodingTable();
      const samples = new Int16Array(codes.length);
      for (let index = 0; index < codes.length; index++) samples[index] = table[codes[index] as number] as number;
      return samples;
    },
  };
}

export const codecs: Readonly<Record<CodecName, Codec>> = { PCMU: codec('PCMU', linearOfPcmu), PCMA: codec('PCMA', linearOfPcma) };
