import type { CodecName } from './formats.ts';
import { STATIC_PAYLOAD_TYPES } from './formats.ts';
import { parseSdp } from './parse-sdp.ts';
import { attribute, type SdpMedia } from './session-description.ts';

const CLOCK_RATE = 8_000;

/** The formats of an audio section that we can speak, in its order. */
export interface AudioFormats {
  readonly codecs: readonly { name: CodecName; payloadType: number }[];
  /** Payload type of telephone-event at 8 kHz. */
  readonly events: number | undefined;
}

/** Reads payload types by their rtpmap, or by RFC 3551 where they have none. */
export function audioFormats(media: SdpMedia): AudioFormats {
  const codecs: { name: CodecName; payloadType: number }[] = [];
  let events: number | undefined;
  const seen: number[] = [];
  for (const format of media.formats) {
    const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : Number.NaN;
    if (!(payloadType <= 127) || seen.includes(payloadType)) continue;
    seen.push(payloadType);
    const { name, rate, channels } = mapping(media, payloadType);
    if (rate !== CLOCK_RATE || channels !== 1) continue;
    if (name === 'PCMU' || name === 'PCMA') codecs.push({ name, payloadType });
    if (name === 'TELEPHONE-EVENT') events ??= payloadType;
  }
  return { codecs, events };
}

function mapping(media: SdpMedia, payloadType: number): { name: string; rate: number; channels: number } {
  for (const { name, value } of media.attributes) {
    if (name !== 'rtpmap') continue;
    const found = /^(\d+)\s+([^/\s]+)\s*\/\s*(\d+)(?:\/(\d+))?/.exec(value ?? '');
    if (found && Number(found[1]) === payloadType) {
      return { name: (found[2] as string).toUpperCase(), rate: Number(found[3]), channels: Number(found[4] ?? 1) };
    }
  }
  const known = Object.entries(STATIC_PAYLOAD_TYPES).find(([, type]) => type === payloadType);
  return { name: known?.[0] ?? '', rate: CLOCK_RATE, channels: 1 };
}

/** Where a session description wants its audio (c=); undefined when it does not say. */
export function audioHost(body: string): string | undefined {
  const session = parseSdp(body);
  const audio = session.media.find(({ kind }) => kind === 'audio');
  return (audio?.connection ?? session.connection)?.address;
}

/**
 * Milliseconds per packet that the section's writer wants to receive: its ptime, within its maxptime, between 10 and
 * 60; else 20 (RFC 3551 §4.2).
 */
export function packetTime(media: SdpMedia): number {
  const wanted = positive(attribute(media.attributes, 'ptime')) ?? 20;
  const longest = positive(attribute(media.attributes, 'maxptime')) ?? 60;
  return Math.max(10, Math.min(60, Math.floor(Math.min(wanted, longest) / 10) * 10));
}

function positive(text: string | undefined): number | undefined {
  const number = Number.parseInt(text ?? '', 10);
  return number > 0 ? number : undefined;
}
