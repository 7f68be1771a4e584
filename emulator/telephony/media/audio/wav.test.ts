import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from './audio.ts';
import { toneSource } from './tone-source.ts';
import { decodeWav, encodeWav } from './wav.ts';
import { WavRecorder } from './wav-recorder.ts';
import { wavSource } from './wav-source.ts';

const samples = Int16Array.of(0, 1, -1, 32_767, -32_768);

describe('WAV', () => {
  it('is 8 kHz, 16 bit, mono, and comes back as it was', () => {
    const file = Buffer.from(encodeWav(samples));
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect([file.readUInt16LE(20), file.readUInt16LE(22), file.readUInt32LE(24), file.readUInt16LE(34)]).toEqual([1, 1, 8_000, 16]);
    expect(decodeWav(file)).toEqual(samples);
  });

  it('is read with further chunks in it', () => {
    const file = Buffer.from(encodeWav(samples));
    const list = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    expect(decodeWav(Buffer.concat([file.subarray(0, 36), list, file.subarray(36)]))).toEqual(samples);
  });

  it.each([
    ['an MP3', Buffer.from('ID3\x03aaaaaaaaaaaaaaaaaaaaa'), /not a WAV file/],
    ['stereo', patched(22, 2), /2 channel\(s\).*sox/],
    ['44.1 kHz', patched(24, 44_100 & 0xffff), /Hz.*expected PCM/],
    ['no data', Buffer.from(encodeWav(samples)).subarray(0, 36), /without a data chunk/],
  ])('that is %s is refused with a reason', (_, file, reason) => {
    expect(() => decodeWav(file)).toThrow(reason);
  });

  it('recorded is what was heard, up to its limit', () => {
    const recorder = new WavRecorder({ maxSeconds: 2 });
    const tone = toneSource(440);
    const heard: number[] = [];
    for (let frame = 0; frame < 110; frame++) {
      const said = tone.read();
      if (frame < 100) heard.push(...said);
      recorder.write(said);
    }
    expect(recorder.durationMs).toBe(2_000);
    expect(decodeWav(recorder.toBuffer())).toEqual(Int16Array.from(heard));
  });

  it('played ends in silence, or begins anew', () => {
    const file = encodeWav(new Int16Array(FRAME_SAMPLES + 1).fill(7));
    const once = wavSource(file);
    expect([...once.read()]).toEqual(Array.from({ length: FRAME_SAMPLES }, () => 7));
    expect([...once.read()]).toEqual([7, ...Array.from({ length: FRAME_SAMPLES - 1 }, () => 0)]);
    expect(once.read().some((sample) => sample !== 0)).toBe(false);
    const looped = wavSource(file, { loop: true });
    looped.read();
    looped.read();
    expect(looped.read()[0]).toBe(7);
  });
});

function patched(at: number, value: number): Buffer {
  const file = Buffer.from(encodeWav(samples));
  file.writeUInt16LE(value, at);
  return file;
}
