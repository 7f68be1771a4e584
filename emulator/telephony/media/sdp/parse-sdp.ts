import type { SdpAttribute, SdpConnection, SdpMedia, SdpOrigin, SessionDescription } from './session-description.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
interface OpenMedia extends Open<Omit<SdpMedia, 'attributes'>> {
  attributes: SdpAttribute[];
}
interface OpenSession extends Open<Omit<SessionDescription, 'attributes' | 'media'>> {
  attributes: SdpAttribute[];
  media: OpenMedia[];
}

/** No real description has more lines; the rest is not read. */
const MOST_LINES = 1_000;

/**
 * Reads a session description leniently: any line ends, missing or misplaced lines, unknown lines and attributes.
 * Never throws; what cannot be read is missing from the result.
 */
export function parseSdp(body: string | Uint8Array): SessionDescription {
  const text = typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const session: OpenSession = { name: '', attributes: [], media: [] };
  for (const line of text.split(/\r\n|\n|\r/, MOST_LINES)) {
    const found = /^\s*([a-z])\s*=/.exec(line);
    if (!found) continue;
    const type = found[1];
    const value = line.slice(found[0].length).trim();
    const section = session.media.at(-1) ?? session;
    if (type === 'm') {
      const media = parseMedia(value);
      if (media) session.media.push(media);
    } else if (type === 'c') {
      const connection = parseConnection(value);
      if (connection) section.connection = connection;
    } else if (type === 'a') section.attributes.push(parseAttribute(value));
    else if (type === 's') session.name = value;
    else if (type === 'o') {
      const origin = parseOrigin(value);
      if (origin) session.origin = origin;
    }
  }
  return session;
}

function parseMedia(value: string): OpenMedia | undefined {
  const [kind, port, protocol, ...formats] = value.split(/\s+/);
  const number = Number.parseInt(port ?? '', 10);
  if (!kind || !protocol || !(number >= 0 && number <= 65_535)) return undefined;
  return { kind: kind.toLowerCase(), port: number, protocol: protocol.toUpperCase(), formats, attributes: [] };
}

function parseConnection(value: string): SdpConnection | undefined {
  const [, family, address] = value.split(/\s+/);
  // A multicast address carries `/ttl` or `/ttl/count`.
  const plain = address?.split('/')[0];
  return plain ? { family: familyOf(family, plain), address: plain } : undefined;
}

function parseOrigin(value: string): SdpOrigin | undefined {
  const [username, sessionId, version, , family, address] = value.split(/\s+/);
  if (!username || !sessionId || !version) return undefined;
  return { username, sessionId, version, family: familyOf(family, address ?? ''), address: address ?? '' };
}

/** The address itself tells better than the label beside it. */
function familyOf(label: string | undefined, address: string): 4 | 6 {
  if (address.includes(':')) return 6;
  return label?.toUpperCase() === 'IP6' && !/^[\d.]+$/.test(address) ? 6 : 4;
}

function parseAttribute(value: string): SdpAttribute {
  const colon = value.indexOf(':');
  if (colon < 0) return { name: value };
  return { name: value.slice(0, colon).trim(), value: value.slice(colon + 1).trim() };
}
