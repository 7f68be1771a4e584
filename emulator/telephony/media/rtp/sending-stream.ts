import type { Random } from '../../../core/random.ts';
import { FRAME_SAMPLES } from '../audio/audio.ts';
import type { CodecMapping } from '../sdp/sdp-session.ts';
import { codecs } from './g711.ts';
import { allocateRtp, buildRtp, RTP_HEADER_BYTES } from './rtp-packet.ts';

/** What an outgoing stream is to look like now. */
export interface SendingFormat {
  readonly codec: CodecMapping;
  /** Samples per packet. */
  readonly packetSamples: number;
}

/**
 * The outgoing RTP stream: one SSRC for its whole life, sequence numbers without gaps, and a timestamp that keeps
 * time also while nothing is sent (RFC 3550 §5.1).
 */
export class SendingStream {
  readonly ssrc: number;
  readonly #send: (packet: Buffer) => void;
  #sequence: number;
  #timestamp: number;
  /** Samples read and not sent yet, where a packet holds other than 20 ms. */
  #waiting: Int16Array = new Int16Array(0);
  #marker = true;

  constructor(options: { random: Random; send(packet: Buffer): void }) {
    this.ssrc = options.random.int(1, 0xffffffff);
    // RFC 3550 §5.1: random start values.
    this.#sequence = options.random.int(0, 0xffff);
    this.#timestamp = options.random.int(0, 0xffffffff);
    this.#send = options.send;
  }

  /** Timestamp of the frame that is due now. */
  get timestamp(): number {
    return this.#timestamp;
  }

  /** Sends a frame of audio, and moves on by it. */
  sendFrame(frame: Int16Array, format: SendingFormat): void {
    const { packetSamples, codec } = format;
    if (this.#waiting.length === 0 && packetSamples === FRAME_SAMPLES) this.#sendAudio(frame, this.#timestamp, codec);
    else this.#sendPackets(frame, packetSamples, codec);
    this.#advance(1);
  }

  /** Lets the time of some frames pass without audio. The next audio packet begins a talkspurt. */
  pass(frames: number): void {
    this.#waiting = new Int16Array(0);
    this.#marker = true;
    this.#advance(frames);
  }

  /** Sends something else within this stream, such as a telephone-event. */
  sendPayload(payload: Uint8Array, options: { payloadType: number; timestamp: number; marker: boolean }): void {
    this.#send(buildRtp({ ...options, sequence: this.#nextSequence(), ssrc: this.ssrc, payload }));
  }

  #sendPackets(frame: Int16Array, packetSamples: number, codec: CodecMapping): void {
    const start = (this.#timestamp - this.#waiting.length) >>> 0;
    const samples = this.#waiting.length === 0 ? frame : concat(this.#waiting, frame);
    let at = 0;
    for (; at + packetSamples <= samples.length; at += packetSamples)
      this.#sendAudio(samples.subarray(at, at + packetSamples), start + at, codec);
    this.#waiting = samples.slice(at);
  }

  #sendAudio(samples: Int16Array, timestamp: number, codec: CodecMapping): void {
    const header = {
      payloadType: codec.payloadType,
      marker: this.#marker,
      sequence: this.#nextSequence(),
      timestamp: timestamp >>> 0,
      ssrc: this.ssrc,
    };
    const packet = allocateRtp(header, samples.length);
    codecs[codec.name].encode(samples, packet, RTP_HEADER_BYTES);
    this.#marker = false;
    this.#send(packet);
  }

  #nextSequence(): number {
    const sequence = this.#sequence;
    this.#sequence = (sequence + 1) & 0xffff;
    return sequence;
  }

  #advance(frames: number): void {
    this.#timestamp = (this.#timestamp + frames * FRAME_SAMPLES) >>> 0;
  }
}

function concat(first: Int16Array, second: Int16Array): Int16Array {
  const both = new Int16Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
