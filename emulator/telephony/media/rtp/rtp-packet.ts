const VERSION = 2;
const HEADER_BYTES = 12;

/** RFC 3550 §5.1. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/** The bytes of a packet whose payload is written afterwards, from `RTP_HEADER_BYTES` on. */
export function allocateRtp(packet: Omit<RtpPacket, 'payload'>, payloadBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payloadBytes);
  bytes[0] = VERSION << 6;
  bytes[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  bytes.writeUInt16BE(packet.sequence, 2);
  bytes.writeUInt32BE(packet.timestamp, 4);
  bytes.writeUInt32BE(packet.ssrc, 8);
  return bytes;
}

export const RTP_HEADER_BYTES = HEADER_BYTES;

export function buildRtp(packet: RtpPacket): Buffer {
  const bytes = allocateRtp(packet, packet.payload.length);
  bytes.set(packet.payload, HEADER_BYTES);
  return bytes;
}

/** Reads a packet with its CSRCs, extension and padding taken off. Undefined for what is no RTP. */
export function parseRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second] = [view.getUint8(0), view.getUint8(1)];
  if (first >> 6 !== VERSION) return undefined;
  let start = HEADER_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > bytes.length) return undefined;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  let end = bytes.length;
  if (first & 0x20) {
    const padding = view.getUint8(end - 1);
    if (padding === 0) return undefined;
    end -= padding;
  }
  if (start > end) return undefined;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(start, end),
  };
}

/** Whether a datagram on the RTP port is RTCP (RFC 5761 §4: packet types 192 to 223 in the second byte). */
export function isRtcp(bytes: Uint8Array): boolean {
  const type = bytes[1] ?? 0;
  return bytes.length >= 8 && (bytes[0] as number) >> 6 === VERSION && type >= 192 && type <= 223;
}

/** How far b is ahead of a on the circle of 16-bit sequence numbers, negative when behind. */
export function sequenceDistance(a: number, b: number): number {
  return ((b - a) << 16) >> 16;
}

/** How far b is ahead of a on the circle of 32-bit timestamps. */
export function timestampDistance(a: number, b: number): number {
  return (b - a) | 0;
}
