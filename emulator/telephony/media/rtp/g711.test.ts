import { describe, expect, it } from 'vitest';
import { codecs } from './g711.ts';

function encodeOne(law: 'PCMU' | 'PCMA', sample: number): number {
  const target = new Uint8Array(1);
  codecs[law].encode(Int16Array.of(sample), target);
  return target[0] as number;
}

const decodeOne = (law: 'PCMU' | 'PCMA', code: number) => codecs[law].decode(Uint8Array.of(code))[0] as number;

describe('G.711', () => {
  // Corners of the tables in ITU-T G.711.
  it.each([
    ['PCMU', 0x00, -32_124],
    ['PCMU', 0x80, 32_124],
    ['PCMU', 0x8f, 16_764],
    ['PCMU', 0x7e, -8],
    ['PCMU', 0xfe, 8],
    ['PCMU', 0xff, 0],
    ['PCMU', 0xef, 132],
    ['PCMA', 0x55, -8],
    ['PCMA', 0xd5, 8],
    ['PCMA', 0xaa, 32_256],
    ['PCMA', 0x2a, -32_256],
    ['PCMA', 0x80, 5_504],
    ['PCMA', 0xc5, 264],
  ] as const)('%s code %i is %i', (law, code, sample) => {
    expect(decodeOne(law, code)).toBe(sample);
    expect(encodeOne(law, sample)).toBe(code);
  });

  it.each(['PCMU', 'PCMA'] as const)('%s gives every code back, but for the negative zero', (law) => {
    const changed = Array.from({ length: 256 }, (_, code) => code).filter((code) => encodeOne(law, decodeOne(law, code)) !== code);
    expect(changed).toEqual(law === 'PCMU' ? [0x7f] : []);
  });

  it.each(['PCMU', 'PCMA'] as const)('%s takes the nearest of its values for every sample', (law) => {
    const values = Array.from({ length: 256 }, (_, code) => decodeOne(law, code));
    for (let sample = -32_768; sample <= 32_767; sample += 13) {
      const error = Math.abs(decodeOne(law, encodeOne(law, sample)) - sample);
      expect(error).toBe(Math.min(...values.map((value) => Math.abs(value - sample))));
    }
  });

  it('writes at an offset', () => {
    const target = new Uint8Array(4);
    codecs.PCMU.encode(Int16Array.of(0, 32_124), target, 1);
    expect([...target]).toEqual([0, 0xff, 0x80, 0]);
  });
});
