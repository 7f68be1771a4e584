import { createSocket, type Socket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';

/** Payload type of telephone-event in every offer and answer of ours (RFC 4733). */
const TELEPHONE_EVENT = 101;
const KEYS = '0123456789*#ABCD';

/**
 * The media of a bridge whose signalling is somebody else's: two UDP ports, and what arrives at one leaves by the other,
 * byte for byte, to where that one's own packets come from. Knows nothing of RTP but where the keys are.
 */
export class RtpRelay extends EventEmitter<{ digit: [digit: string] }> implements AsyncDisposable {
  readonly #sides: readonly [Side, Side];

  private constructor(sides: readonly [Side, Side]) {
    super();
    this.#sides = sides;
    this.#carry(sides[0], sides[1]);
    this.#carry(sides[1], sides[0]);
  }

  static async open(): Promise<RtpRelay> {
    return new RtpRelay([await openSide(), await openSide()]);
  }

  /** The two ports, on 127.0.0.1. */
  get ports(): [string, string] {
    const [a, b] = this.#sides;
    return [String(a.socket.address().port), String(b.socket.address().port)];
  }

  /** Packets that arrived at each port. */
  get packets(): [number, number] {
    return [this.#sides[0].packets, this.#sides[1].packets];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.#sides) {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    }
  }

  #carry(from: Side, to: Side): void {
    from.socket.on('message', (packet, { port }) => {
      from.peer = port;
      from.packets++;
      const digit = digitBegun(packet);
      if (digit !== undefined) this.emit('digit', digit);
      if (to.peer !== undefined) to.socket.send(packet, to.peer, '127.0.0.1');
    });
  }
}

interface Side {
  readonly socket: Socket;
  peer: number | undefined;
  packets: number;
}

async function openSide(): Promise<Side> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, peer: undefined, packets: 0 };
}

/** The key, from the first packet of its event: the one with the marker bit. */
function digitBegun(packet: Buffer): string | undefined {
  if (packet.length < 16 || packet.readUInt8(1) !== (0x80 | TELEPHONE_EVENT)) return undefined;
  return KEYS[packet.readUInt8(12)];
}
