import type { EventEmitter } from 'node:events';
import type { Clock } from '../../core/clock.ts';
import type { Random } from '../../core/random.ts';
import type { AudioPort, AudioSink, AudioSource } from './audio/audio.ts';
import type { RtpAddress } from './rtp/address.ts';
import type { RtpEvent } from './rtp/rtp-event.ts';
import type { RtpStats } from './rtp/rtp-stats.ts';
import type { CodecName, Direction } from './sdp/formats.ts';
import type { SdpShape } from './sdp/sdp-shape.ts';

/** What an endpoint is opened with; what is left out comes from the media's own options. */
export interface EndpointOptions {
  /** Ladder column of the owner: `trunk`, `talk`, `bridge` …; `ringback` by default. */
  party?: string;
  /** Codecs in order of preference; PCMU, PCMA by default. */
  codecs?: readonly CodecName[];
  shape?: SdpShape;
  /**
   * Symmetric RTP: send to where packets really come from instead of the SDP's address. Off by default, as Twilio's
   * `symmetric_rtp_enabled` is.
   */
  symmetric?: boolean;
}

export interface MediaOptions extends EndpointOptions {
  clock: Clock;
  random: Random;
  /** Address to bind: IPv4 or IPv6. */
  host: string;
  /** Address to write into SDP; by default the bound one, or for a wildcard the machine's own. */
  advertise?: string;
  /** Range of UDP ports to use, both included; RTP takes the even ones. Any free ports by default. */
  ports?: { from: number; to: number };
  onEvent?(event: RtpEvent): void;
}

/** A running thing that ends when closed; closing twice does nothing. */
export interface Closable {
  close(): void;
}

/** Sockets and pacing for all streams of one process. */
export interface Media {
  /** @throws NoPortLeft when the port range is used up. */
  open(label?: string, options?: EndpointOptions): Promise<RtpEndpoint>;
  /** The open endpoint of that label which the party opened. */
  find(label: string, party: string): RtpEndpoint | undefined;
  /** Both parties hear each other, without packets in between. */
  link(a: AudioPort, b: AudioPort): Closable;
  play(source: AudioSource, sink: AudioSink): Closable;
  /** Closes every endpoint and link, and the sockets. */
  close(): Promise<void>;
}

export interface DigitOptions {
  /** 100 by default. */
  durationMs?: number;
  /** Silence after each digit; 100 by default. */
  gapMs?: number;
}

export interface RtpEndpointEvents {
  /** A DTMF digit (0-9, *, #, A-D) began; once per press. */
  digit: [digit: string];
  /** It ended, or its end was lost. */
  digitEnd: [digit: string, durationMs: number];
}

/** One RTP stream both ways, on a socket of its own. */
export interface RtpEndpoint extends EventEmitter<RtpEndpointEvents> {
  readonly label: string | undefined;
  /** As written into SDP. */
  readonly local: RtpAddress;
  /** Where packets go; undefined until a description was accepted. */
  readonly remote: RtpAddress | undefined;
  /** The codec of what is sent, once agreed on. */
  readonly codec: CodecName | undefined;
  /** The agreed direction, from our side. */
  readonly direction: Direction;
  /** The peer asked us not to send (sendonly, inactive, or address 0.0.0.0). */
  readonly held: boolean;
  readonly stats: Readonly<RtpStats>;
  /** What is said; undefined is silence. */
  source: AudioSource | undefined;
  /** Who hears what arrives: a frame each 20 ms, silence where nothing came. */
  readonly sinks: Set<AudioSink>;

  /** An SDP offer; `sendonly` or `inactive` puts the peer on hold once it is accepted. Nothing changes until `accept`. */
  offer(options?: { direction?: Direction }): string;
  /** Answers an SDP offer and starts to send. @throws NotAcceptable (488) when nothing in it can be spoken. */
  answer(offer: string | Uint8Array, options?: { direction?: Direction }): string;
  /** Takes the answer to our offer and starts to send; a later answer to the same offer (183, then 200) replaces it. @throws NotAcceptable when it leaves nothing to speak. */
  accept(answer: string | Uint8Array): void;
  /**
   * Sends DTMF by RFC 4733, after the digits that are still on their way; waits while on hold; resolves when all is sent. @throws RangeError for what is no digit; Error when the peer
   * takes no telephone-events, or when the endpoint closes before the end.
   */
  sendDigits(digits: string, options?: DigitOptions): Promise<void>;
  close(): void;
}
