import { isIP } from 'node:net';
import type { Random } from '../../../core/random.ts';
import type { RtpAddress } from '../rtp/address.ts';
import { audioFormats, packetTime } from './audio-media.ts';
import { buildSdp } from './build-sdp.ts';
import { commonDirection, mirrored, sends, statedDirection } from './direction.ts';
import { type CodecName, type Direction, STATIC_PAYLOAD_TYPES, USUAL_EVENT_PAYLOAD_TYPE } from './formats.ts';
import { NotAcceptable } from './not-acceptable.ts';
import { parseSdp } from './parse-sdp.ts';
import type { SdpShape } from './sdp-shape.ts';
import type { SdpMedia, SessionDescription } from './session-description.ts';

/** A codec and the number that it goes by in this session. */
export interface CodecMapping {
  readonly name: CodecName;
  readonly payloadType: number;
}

/** What both sides agreed on, from our side. */
export interface Agreement {
  /** Where to send; its host may be a name. */
  readonly remote: RtpAddress;
  /** What we send. */
  readonly codec: CodecMapping;
  /** What may arrive. */
  readonly receive: readonly CodecMapping[];
  /** Payload type of the telephone-events that we send; undefined when the peer takes none. */
  readonly sendEvents: number | undefined;
  /** Payload types of telephone-events that may arrive. */
  readonly receiveEvents: readonly number[];
  /** Milliseconds per packet that we send. */
  readonly packetMs: number;
  readonly direction: Direction;
  /** The peer does not want to receive. */
  readonly held: boolean;
}

export interface SdpSessionOptions {
  local: RtpAddress;
  /** IP version of our sockets; the local host may be a name. */
  family: 4 | 6;
  shape: SdpShape;
  codecs: readonly CodecName[];
  random: Random;
}

/** An audio section that we can use: its codecs that we may speak, in its order, and its telephone-event. */
interface Usable {
  readonly media: SdpMedia;
  readonly codecs: readonly CodecMapping[];
  readonly events: number | undefined;
}

/** Plain RTP profiles; RTP/AVPF asks for feedback that nobody needs for G.711. */
const PROTOCOLS = ['RTP/AVP', 'RTP/AVPF'];
const PACKET_MS = 20;

/** One side of the offer/answer exchanges of a call (RFC 3264). Changes only when an exchange is complete. */
export class SdpSession {
  readonly #options: SdpSessionOptions;
  readonly #id: number;
  #version: number;
  #lastText: string | undefined;
  #offered: { direction: Direction; codecs: readonly CodecMapping[] } | undefined;
  #wanted: Direction = 'sendrecv';
  /** Sections that were refused stay in every later description (RFC 3264 §8). */
  #sections: readonly (SdpMedia | 'audio')[] = ['audio'];
  #protocol = 'RTP/AVP';
  #eventPayloadType = USUAL_EVENT_PAYLOAD_TYPE;

  constructor(options: SdpSessionOptions) {
    this.#options = options;
    this.#id = options.random.int(100_000_000, 2_000_000_000);
    this.#version = this.#id;
  }

  offer(direction: Direction = this.#wanted): string {
    const codecs = this.#options.codecs.map((name) => ({ name, payloadType: STATIC_PAYLOAD_TYPES[name] }));
    this.#offered = { direction, codecs };
    return this.#describe(codecs, this.#eventPayloadType, direction);
  }

  /** @throws NotAcceptable */
  answer(body: string | Uint8Array, wanted: Direction = this.#wanted): { text: string; agreement: Agreement } {
    const session = parseSdp(body);
    const chosen = this.#firstUsable(session.media);
    if (!chosen) throw refusal(session, this.#options.codecs);
    const { codecs, events } = chosen;
    const direction = commonDirection(mirrored(statedDirection(session, chosen.media)), wanted);
    const agreement = this.#agree(session, chosen, direction, codecs, events === undefined ? [] : [events]);
    this.#wanted = wanted;
    this.#offered = undefined;
    this.#sections = session.media.map((media) => (media === chosen.media ? 'audio' : refused(media)));
    this.#protocol = chosen.media.protocol;
    if (events !== undefined) this.#eventPayloadType = events;
    return { text: this.#describe(codecs, events, direction), agreement };
  }

  /**
   * May be called again: a 183 and the 200 after it can carry different answers to the same offer.
   * @throws NotAcceptable, or Error when nothing was offered.
   */
  accept(body: string | Uint8Array): Agreement {
    const offered = this.#offered;
    if (!offered) throw new Error('an SDP answer came for no offer: call offer() first, or answer() if this is an offer');
    const session = parseSdp(body);
    const position = session.media[this.#sections.indexOf('audio')];
    const media = position?.kind === 'audio' ? position : session.media.find((candidate) => candidate.kind === 'audio');
    const usable = media && this.#firstUsable([media]);
    if (!usable) throw refusal(session, this.#options.codecs);
    const direction = commonDirection(mirrored(statedDirection(session, usable.media)), offered.direction);
    const agreement = this.#agree(session, usable, direction, offered.codecs, [this.#eventPayloadType]);
    this.#wanted = offered.direction;
    return agreement;
  }

  #firstUsable(sections: readonly SdpMedia[]): Usable | undefined {
    for (const media of sections) {
      if (media.kind !== 'audio' || media.port === 0 || !PROTOCOLS.includes(media.protocol)) continue;
      const { codecs, events } = audioFormats(media);
      const ours = codecs.filter(({ name }) => this.#options.codecs.includes(name));
      if (ours.length > 0) return { media, codecs: ours, events };
    }
    return undefined;
  }

  #agree(
    session: SessionDescription,
    { media, codecs, events: sendEvents }: Usable,
    direction: Direction,
    receive: readonly CodecMapping[],
    events: readonly number[],
  ): Agreement {
    const both = [...receive, ...codecs.filter(({ payloadType }) => !receive.some((own) => own.payloadType === payloadType))];
    return {
      remote: { host: this.#addressOf(session, media), port: media.port },
      codec: codecs[0] as CodecMapping,
      receive: both,
      sendEvents,
      // Some peers use their own number in both directions.
      receiveEvents: sendEvents === undefined ? events : [...new Set([...events, sendEvents])],
      packetMs: packetTime(media),
      direction,
      held: !sends(mirrored(statedDirection(session, media))),
    };
  }

  #addressOf(session: SessionDescription, media: SdpMedia): string {
    const address = (media.connection ?? session.connection)?.address;
    if (address === undefined)
      throw new NotAcceptable('the SDP has no c= line: expected the address to send audio to, for its session or its m=audio', 399);
    const { family } = this.#options;
    if (isIP(address) === 0 || isIP(address) === family || address === '0.0.0.0' || address === '::') return address;
    throw new NotAcceptable(
      `the SDP asks for audio to ${address}, but media here is IPv${family} (${this.#options.local.host}): offer an address of that family, or start with a host of the other`,
      300,
    );
  }

  #describe(codecs: readonly CodecMapping[], events: number | undefined, direction: Direction): string {
    const audio = this.#audioSection(codecs, events, direction);
    const media = this.#sections.map((section) => (section === 'audio' ? audio : section));
    const text = this.#text(media);
    if (this.#lastText === undefined || text === this.#lastText) return (this.#lastText = text);
    this.#version++;
    return (this.#lastText = this.#text(media));
  }

  #text(media: readonly SdpMedia[]): string {
    const { local, family, shape } = this.#options;
    const address = shape.originAddress ?? local.host;
    return buildSdp({
      origin: {
        username: shape.username,
        sessionId: `${this.#id}`,
        version: `${this.#version}`,
        family: familyOf(address, family),
        address,
      },
      name: shape.sessionName,
      connection: { family, address: local.host },
      attributes: [],
      media,
    });
  }

  #audioSection(codecs: readonly CodecMapping[], events: number | undefined, direction: Direction): SdpMedia {
    const { local, shape } = this.#options;
    const attributes = codecs.map(({ name, payloadType }) => ({ name: 'rtpmap', value: `${payloadType} ${name}/8000` }));
    if (events !== undefined) {
      attributes.push({ name: 'rtpmap', value: `${events} telephone-event/8000` }, { name: 'fmtp', value: `${events} 0-16` });
    }
    attributes.push({ name: 'ptime', value: `${PACKET_MS}` });
    if (shape.maxptime !== undefined) attributes.push({ name: 'maxptime', value: `${shape.maxptime}` });
    if (shape.rtcp) attributes.push({ name: 'rtcp', value: `${local.port + 1}` });
    return {
      kind: 'audio',
      port: local.port,
      protocol: this.#protocol,
      formats: [...codecs.map(({ payloadType }) => payloadType), ...(events === undefined ? [] : [events])].map(String),
      attributes: [...attributes, { name: direction }],
    };
  }
}

function familyOf(address: string, otherwise: 4 | 6): 4 | 6 {
  const family = isIP(address);
  return family === 4 || family === 6 ? family : otherwise;
}

/** A section of the answer that says no (RFC 3264 §6): port 0, and formats because the grammar wants some. */
function refused(media: SdpMedia): SdpMedia {
  return { kind: media.kind, port: 0, protocol: media.protocol, formats: media.formats.length > 0 ? media.formats : ['0'], attributes: [] };
}

function refusal(session: SessionDescription, codecs: readonly CodecName[]): NotAcceptable {
  const expected = `expected m=audio with RTP/AVP and one of ${codecs.join(', ')}`;
  const audio = session.media.filter((media) => media.kind === 'audio');
  if (audio.length === 0) {
    const what = session.media.length === 0 ? 'no m= line' : `only ${session.media.map((media) => media.kind).join(', ')}`;
    return new NotAcceptable(`the SDP has ${what}: ${expected}`, 304);
  }
  if (audio.every((media) => media.port === 0)) return new NotAcceptable(`the SDP switches its audio off (port 0): ${expected}`, 304);
  const plain = audio.filter((media) => PROTOCOLS.includes(media.protocol));
  if (plain.length === 0) return new NotAcceptable(`the SDP has audio over ${audio[0]?.protocol} only: ${expected}`, 302);
  return new NotAcceptable(`the SDP's audio formats are ${plain.flatMap((media) => media.formats).join(' ')}: ${expected}`, 305);
}
