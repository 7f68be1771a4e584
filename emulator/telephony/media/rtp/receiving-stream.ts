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
    const codec = agreement.receive.find(({ payloadType }) => payloadType === packet.payloadType)?.name;
    const isEvent = codec === undefined && agreement.receiveEvents.includes(packet.payloadType);
    if (codec === undefined && !isEvent) {
      this.#stats.bad++;
      return undefined;
    }
    // Events may come from a source of their own (RFC 4733 §2.5.1.1 advises against it).
    if (isEvent) this.#digits.receive(packet);
    if (packet.ssrc !== this.#ssrc && !this.#change(packet, agreement, isEvent)) return undefined;
    this.#count(packet, isEvent, codec);
    return codec;
  }

  /** The next 20 ms; undefined until anything came. */
  read(): Int16Array | undefined {
    return this.#playout?.read();
  }

  /** @returns whether the stream now follows the packet's source. */
  #change(packet: RtpPacket, agreement: Agreement, isEvent: boolean): boolean {
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
    this.#candidate = undefined;
    if (former) {
      const codec = agreement.receive.find(({ payloadType }) => payloadType === former.payloadType)?.name;
      this.#count(former, isEvent && codec === undefined, codec);
    }
    return true;
  }

  #count(packet: RtpPacket, isEvent: boolean, codec: CodecName | undefined): void {
    const stats = this.#stats;
    stats.packetsReceived++;
    const arrival = this.#sequence.note(packet.sequence);
    stats.lost = this.#lostBefore + this.#sequence.lost;
    if (arrival === 'duplicate') {
      stats.duplicates++;
      return;
    }
    if (arrival === 'reordered') stats.reordered++;
    if (isEvent || codec === undefined) return;
    this.#noteJitter(packet.timestamp);
    this.#playout ??= new PlayoutBuffer();
    if (!this.#playout.insert(packet.timestamp, codecs[codec].decode(packet.payload))) stats.late++;
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
