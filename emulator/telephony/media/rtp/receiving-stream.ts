import type { Clock } from '../../../core/clock.ts';
import type { CodecName } from '../sdp/formats.ts';
import type { Agreement } from '../sdp/sdp-session.ts';
import type { DigitReceiver } from './digit-receiver.ts';
import { codecs } from './g711.ts';
import { PlayoutBuffer } from './playout-buffer.ts';
import { type RtpPacket, timestampDistance } from './rtp-packet.ts';
import type { RtpStats } from './rtp-stats.ts';
import { SequenceTracker } from './sequence-tracker.ts';

const SAMPLES_PER_MS = 8;

/**
 * The incoming RTP of one endpoint. Follows one SSRC at a time, and another once two packets in a row are of that
 * one (RFC 3550 A.1 calls it probation), so that a stray packet does not take the stream over.
 */
export class ReceivingStream {
  readonly #clock: Clock;
  readonly #stats: RtpStats;
  readonly #digits: DigitReceiver;
  #ssrc: number | undefined;
  #candidate: RtpPacket | undefined;
  #sequence = new SequenceTracker();
  #lostBefore = 0;
  /** Made with the first audio: many calls of a load test never carry any. */
  #playout: PlayoutBuffer | undefined;
  #transit: number | undefined;

  constructor(options: { clock: Clock; stats: RtpStats; digits: DigitReceiver }) {
    this.#clock = options.clock;
    this.#stats = options.stats;
    this.#digits = options.digits;
  }

  /** @returns the codec of an audio packet that was taken. */
  receive(packet: RtpPacket, agreement: Agreement): CodecName | undefined {
    const codec = codecOf(packet, agreement);
    if (codec === undefined && !agreement.receiveEvents.includes(packet.payloadType)) {
      this.#stats.bad++;
      return undefined;
    }
    if (codec === undefined) {
      this.#digits.receive(packet);
      // RFC 4733 wants events within the audio's stream; those of another source do not move the audio there.
      if (packet.ssrc === this.#ssrc) this.#count(packet);
      else this.#stats.packetsReceived++;
      return undefined;
    }
    if (packet.ssrc !== this.#ssrc && !this.#change(packet, agreement)) return undefined;
    this.#candidate = undefined;
    this.#playAudio(packet, codec);
    return codec;
  }

  /** Lets one frame of time pass. */
  tick(): void {
    this.#digits.tick();
  }

  /** The next 20 ms; undefined until anything came. */
  read(): Int16Array | undefined {
    return this.#playout?.read();
  }

  /** @returns whether the stream now follows the packet's source. */
  #change(packet: RtpPacket, agreement: Agreement): boolean {
    const former = this.#candidate;
    if (this.#ssrc !== undefined && former?.ssrc !== packet.ssrc) {
      this.#candidate = packet;
      return false;
    }
    if (this.#ssrc !== undefined) {
      this.#stats.sourceChanges++;
      this.#lostBefore += this.#sequence.lost;
      this.#sequence = new SequenceTracker();
      this.#playout = undefined;
      this.#transit = undefined;
    }
    this.#ssrc = packet.ssrc;
    const codec = former && codecOf(former, agreement);
    if (codec) this.#playAudio(former, codec);
    return true;
  }

  /** @returns false for a duplicate. */
  #count(packet: RtpPacket): boolean {
    const stats = this.#stats;
    stats.packetsReceived++;
    const arrival = this.#sequence.note(packet.sequence);
    stats.lost = this.#lostBefore + this.#sequence.lost;
    if (arrival === 'duplicate') stats.duplicates++;
    if (arrival === 'reordered') stats.reordered++;
    return arrival !== 'duplicate';
  }

  #playAudio(packet: RtpPacket, codec: CodecName): void {
    if (!this.#count(packet)) return;
    this.#noteJitter(packet.timestamp);
    this.#playout ??= new PlayoutBuffer();
    if (!this.#playout.insert(packet.timestamp, codecs[codec].decode(packet.payload))) this.#stats.late++;
  }

  /** RFC 3550 A.8, in timestamp units of 1/8 ms. */
  #noteJitter(timestamp: number): void {
    const transit = (Math.round(this.#clock.monotonic() * SAMPLES_PER_MS) - timestamp) | 0;
    if (this.#transit !== undefined) {
      const difference = Math.abs(timestampDistance(this.#transit, transit)) / SAMPLES_PER_MS;
      this.#stats.jitterMs += (difference - this.#stats.jitterMs) / 16;
    }
    this.#transit = transit;
  }
}

function codecOf(packet: RtpPacket, agreement: Agreement): CodecName | undefined {
  return agreement.receive.find(({ payloadType }) => payloadType === packet.payloadType)?.name;
}
