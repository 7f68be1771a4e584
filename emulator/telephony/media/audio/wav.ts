import { SAMPLE_RATE } from './audio.ts';

const HEADER_BYTES = 44;
const PCM = 1;

/** Linear samples as a WAV file: 8 kHz, 16 bit, mono. */
export function encodeWav(samples: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, HEADER_BYTES + index * 2));
  return bytes;
}

/**
 * The samples of a WAV file: 8 kHz, 16 bit, mono, with any further chunks around.
 * @throws Error that says what the file is instead.
 */
export function decodeWav(file: Uint8Array): Int16Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('not a WAV file: expected it to begin with RIFF and WAVE');
  }
  let format = false;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') format = checkFormat(body);
    if (id === 'data') {
      if (!format) throw new Error('WAV file without a fmt chunk before its data');
      return Int16Array.from({ length: body.length >> 1 }, (_, index) => body.readInt16LE(index * 2));
    }
    at += 8 + size + (size & 1);
  }
  throw new Error('WAV file without a data chunk: it holds no sound');
}

function checkFormat(body: Buffer): true {
  if (body.length < 16) throw new Error('WAV file with a fmt chunk that is too short');
  const [format, channels, rate, bits] = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt32LE(4), body.readUInt16LE(14)];
  if (format === PCM && channels === 1 && rate === SAMPLE_RATE && bits === 16) return true;
  throw new Error(
    `WAV file of format ${format} with ${channels} channel(s), ${rate} Hz, ${bits} bit: expected PCM (1), mono, ${SAMPLE_RATE} Hz, 16 bit; ` +
      'convert it first, for example `sox in.wav -r 8000 -c 1 -b 16 out.wav`',
  );
}
