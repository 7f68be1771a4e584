import { describe, expect, it } from 'vitest';
import { Random } from '../../../core/random.ts';
import { buildRtp, isRtcp, parseRtp, sequenceDistance, timestampDistance } from './rtp-packet.ts';

const packet = {
  payloadType: 101,
  marker: true,
  sequence: 65_535,
  timestamp: 4_294_967_295,
  ssrc: 0xdeadbeef,
  payload: Uint8Array.of(1, 2, 3),
};
const plain = { payloadType: 0, marker: false, sequence: 7, timestamp: 9, ssrc: 5 };

describe('RTP packets', () => {
  it('are laid out as RFC 3550 §5.1 says', () => {
    expect(buildRtp(packet).toString('hex')).toBe('80e5ffffffffffffdeadbeef010203');
  });

  it('come back as they were', () => {
    expect(parseRtp(buildRtp(packet))).toEqual({ ...packet, payload: Buffer.from(packet.payload) });
  });

  it('lose CSRCs, extension and padding', () => {
    const bytes = Buffer.from('b200000700000009000000050000000100000002bede0001aabbccdd0102030400000003', 'hex');
    expect(parseRtp(bytes)).toEqual({ ...plain, payload: Buffer.of(1, 2, 3, 4, 0) });
  });

  it.each([
    ['empty', ''],
    ['short', '800000070000000900000'],
    ['another version', '400000070000000900000005'],
    ['CSRCs that are not there', '8f0000070000000900000005'],
    ['an extension that is not there', '900000070000000900000005'],
    ['an extension that is too long', '900000070000000900000005bedeffff'],
    ['padding beyond the packet', 'a0000007000000090000000500ff'],
    ['padding of nothing', 'a000000700000009000000050000'],
  ])('that are %s are none', (_, hex) => {
    expect(parseRtp(Buffer.from(hex, 'hex'))).toBeUndefined();
  });

  it('never throw, whatever arrives', () => {
    const random = new Random(7);
    let longest = -1;
    for (let count = 0; count < 5_000; count++) {
      const bytes = random.bytes(random.int(0, 40));
      if (bytes.length > 0) bytes[0] = ((bytes[0] as number) & 0x3f) | 0x80;
      const parsed = parseRtp(bytes);
      if (parsed) longest = Math.max(longest, parsed.payload.length + 12 - bytes.length);
    }
    expect(longest).toBeLessThanOrEqual(0);
  });

  it('are told from RTCP', () => {
    expect(isRtcp(Buffer.from('80c8000600000005', 'hex'))).toBe(true);
    expect(isRtcp(buildRtp({ ...packet, payloadType: 8 }))).toBe(false);
    expect(isRtcp(new Uint8Array())).toBe(false);
  });

  it('count around their circles', () => {
    expect(sequenceDistance(65_535, 1)).toBe(2);
    expect(sequenceDistance(1, 65_535)).toBe(-2);
    expect(timestampDistance(4_294_967_295, 159)).toBe(160);
    expect(timestampDistance(159, 4_294_967_295)).toBe(-160);
  });
});
