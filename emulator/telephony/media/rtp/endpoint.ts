import { lookup } from 'node:dns';
import { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import type { Clock } from '../../../core/clock.ts';
import type { Random } from '../../../core/random.ts';
import { type AudioSink, type AudioSource, SAMPLE_RATE, SILENT_FRAME } from '../audio/audio.ts';
import { receives, sends } from '../sdp/direction.ts';
import type { CodecName, Direction } from '../sdp/formats.ts';
import type { SdpShape } from '../sdp/sdp-shape.ts';
import { type Agreement, SdpSession } from '../sdp/sdp-session.ts';
import type { DigitOptions, RtpEndpoint, RtpEndpointEvents } from '../types.ts';
import type { RtpAddress } from './address.ts';
import { DigitReceiver } from './digit-receiver.ts';
import { DigitSender } from './digit-sender.ts';
import type { Pacer } from './pacer.ts';
import { ReceivingStream } from './receiving-stream.ts';
import type { RtpEvent } from './rtp-event.ts';
import { isRtcp, parseRtp } from './rtp-packet.ts';
import type { RtpSocket, RtpTenant } from './rtp-socket.ts';
import { emptyStats, type RtpStats } from './rtp-stats.ts';
import { SendingStream } from './sending-stream.ts';

/** What all endpoints of a process share. */
export interface EndpointRoom {
  clock: Clock;
  random: Random;
  pacer: Pacer;
  /** What SDP says instead of the bound address. */
  advertise: string;
  family: 4 | 6;
  onEvent(event: RtpEvent): void;
}

export interface SocketEndpointOptions {
  socket: RtpSocket;
  label: string | undefined;
  party: string;
  codecs: readonly CodecName[];
  shape: SdpShape;
  symmetric: boolean;
  /** Called once, when the socket is free again. */
  onClose(): void;
}

type WithoutCommon<Event> = Event extends RtpEvent ? Omit<Event, 'label' | 'party' | 'local' | 'remote'> : never;

/** An RTP endpoint on a UDP socket. Starts with the first agreement on SDP, and ends with close(). */
export class SocketEndpoint extends EventEmitter<RtpEndpointEvents> implements RtpEndpoint, RtpTenant {
  readonly local: RtpAddress;
  source: AudioSource | undefined;
  readonly #room: EndpointRoom;
  readonly #options: SocketEndpointOptions;
  readonly #stats: RtpStats = emptyStats();
  readonly #session: SdpSession;
  readonly #sending: SendingStream;
  /** These are made when somebody needs them: many calls end before anything was said or heard. */
  #sinks: Set<AudioSink> | undefined;
  #receiving: ReceivingStream | undefined;
  #digitSender: DigitSender | undefined;
  #agreement: Agreement | undefined;
  /** The agreed address, once its name is resolved, or the learned one. */
  #remote: RtpAddress | undefined;
  #stopPacing: (() => void) | undefined;
  #startedIn = false;
  #startedOut = false;
  #closed = false;

  constructor(room: EndpointRoom, options: SocketEndpointOptions) {
    super();
    const { random, advertise, family } = room;
    const { socket, codecs, shape } = options;
    this.#room = room;
    this.#options = options;
    this.local = { host: advertise, port: socket.port };
    this.#session = new SdpSession({ local: this.local, family, codecs, shape, random });
    this.#sending = new SendingStream({ random, send: (packet) => this.#send(packet) });
    socket.tenant = this;
  }

  get sinks(): Set<AudioSink> {
    return (this.#sinks ??= new Set());
  }

  get label(): string | undefined {
    return this.#options.label;
  }

  /** Ladder column of the owner. */
  get party(): string {
    return this.#options.party;
  }

  get remote(): RtpAddress | undefined {
    return this.#remote;
  }

  get codec(): CodecName | undefined {
    return this.#agreement?.codec.name;
  }

  get direction(): Direction {
    return this.#agreement?.direction ?? 'inactive';
  }

  get held(): boolean {
    return this.#agreement?.held ?? false;
  }

  get stats(): Readonly<RtpStats> {
    return this.#stats;
  }

  offer(options: { direction?: Direction } = {}): string {
    return this.#session.offer(options.direction);
  }

  answer(offer: string | Uint8Array, options: { direction?: Direction } = {}): string {
    const { text, agreement } = this.#session.answer(offer, options.direction);
    this.#agree(agreement);
    return text;
  }

  accept(answer: string | Uint8Array): void {
    this.#agree(this.#session.accept(answer));
  }

  async sendDigits(digits: string, options?: DigitOptions): Promise<void> {
    if (this.#closed) throw new Error(`cannot send the digits ${digits}: the RTP endpoint ${this.#name()} is closed`);
    if (this.#agreement?.sendEvents === undefined) {
      const why = this.#agreement ? "the peer's SDP takes no telephone-event/8000" : 'no SDP is agreed on yet';
      throw new Error(`cannot send the digits ${digits} from the RTP endpoint ${this.#name()}: ${why}`);
    }
    this.#digitSender ??= new DigitSender({ stream: this.#sending, onDigit: (digit) => this.#digitSent(digit) });
    await this.#digitSender.send(digits, options);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopPacing?.();
    this.#digitSender?.abort(() => new Error(`the RTP endpoint ${this.#name()} was closed before all digits were sent`));
    if (this.#startedIn || this.#startedOut) this.#report({ kind: 'stopped', stats: { ...this.#stats } });
    this.#options.onClose();
  }

  /** A tick of ours, a sink or a listener threw: says so and, for a tick, falls silent. */
  fail(error: unknown): void {
    this.#report({ kind: 'problem', problem: error instanceof Error ? error.message : String(error) });
  }

  #agree(agreement: Agreement): void {
    const moved = this.#agreement?.remote.host !== agreement.remote.host || this.#agreement.remote.port !== agreement.remote.port;
    this.#agreement = agreement;
    if (moved) this.#locate(agreement.remote);
    if (!this.#closed)
      this.#stopPacing ??= this.#room.pacer.add(
        (skipped) => this.#tick(skipped),
        (error) => this.fail(error),
      );
  }

  /** Resolves a name once, not with every packet. */
  #locate(remote: RtpAddress): void {
    this.#remote = undefined;
    if (isIP(remote.host) !== 0) {
      this.#remote = remote;
      return;
    }
    lookup(remote.host, { family: this.#room.family }, (error, host) => {
      if (this.#closed || this.#agreement?.remote !== remote) return;
      if (error) this.fail(new Error(`cannot find the media address ${remote.host} of the peer's SDP: ${error.message}`));
      else this.#remote = { host, port: remote.port };
    });
  }

  #tick(skipped: number): void {
    const agreement = this.#agreement as Agreement;
    if (skipped > 0) this.#sending.pass(skipped);
    this.#receiving?.tick();
    const heard = this.#receiving?.read();
    const frame = heard && receives(agreement.direction) ? heard : SILENT_FRAME;
    if (this.#sinks) for (const sink of this.#sinks) sink.write(frame);
    const said = this.source?.read() ?? SILENT_FRAME;
    if (!sends(agreement.direction)) this.#sending.pass(1);
    else if (agreement.sendEvents !== undefined && this.#digitSender?.step(agreement.sendEvents)) this.#sending.pass(1);
    else this.#sending.sendFrame(said, { codec: agreement.codec, packetSamples: (agreement.packetMs * SAMPLE_RATE) / 1_000 });
  }

  #send(packet: Buffer): void {
    if (!this.#remote) return;
    this.#options.socket.send(packet, this.#remote);
    this.#stats.packetsSent++;
    this.#stats.bytesSent += packet.length;
    if (this.#startedOut) return;
    this.#startedOut = true;
    this.#report({ kind: 'started', direction: 'out', codec: (this.#agreement as Agreement).codec.name });
  }

  onDatagram(bytes: Uint8Array, from: RtpAddress): void {
    if (!this.#agreement) return;
    if (isRtcp(bytes)) {
      this.#stats.rtcp++;
      return;
    }
    const packet = parseRtp(bytes);
    if (!packet) {
      this.#stats.bad++;
      return;
    }
    this.#stats.bytesReceived += bytes.length;
    this.#receiving ??= this.#startReceiving();
    const codec = this.#receiving.receive(packet, this.#agreement);
    if (codec === undefined) return;
    if (this.#options.symmetric) this.#learn(from);
    if (this.#startedIn) return;
    this.#startedIn = true;
    this.#report({ kind: 'started', direction: 'in', codec });
  }

  onSendError(): void {
    this.#stats.sendErrors++;
  }

  #startReceiving(): ReceivingStream {
    return new ReceivingStream({
      clock: this.#room.clock,
      stats: this.#stats,
      digits: new DigitReceiver({
        onDigit: (digit) => this.#digitReceived(digit),
        onEnd: (digit, durationMs) => this.#guard(() => this.emit('digitEnd', digit, durationMs)),
      }),
    });
  }

  #learn(from: RtpAddress): void {
    if (this.#remote?.host !== from.host || this.#remote.port !== from.port) this.#remote = from;
  }

  #digitSent(digit: string): void {
    this.#stats.digitsSent++;
    this.#report({ kind: 'digit', direction: 'out', digit });
  }

  #digitReceived(digit: string): void {
    this.#stats.digitsReceived++;
    this.#report({ kind: 'digit', direction: 'in', digit });
    this.#guard(() => this.emit('digit', digit));
  }

  /** What listeners throw must not come out of a socket's or the pacer's callback. */
  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.fail(error);
    }
  }

  #report(event: WithoutCommon<RtpEvent>): void {
    const { label, party } = this.#options;
    this.#room.onEvent({ ...event, label, party, local: this.local, remote: this.#remote });
  }

  #name(): string {
    return this.#options.label ?? `on port ${this.local.port}`;
  }
}
