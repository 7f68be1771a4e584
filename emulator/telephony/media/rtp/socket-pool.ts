import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Clock } from '../../../core/clock.ts';
import { udpLookup } from '../../udp-lookup.ts';
import { RtpSocket } from './rtp-socket.ts';

/** How long a used socket rests, so that the last packets of its former call do not reach the next one (inferred). */
const REST_MS = 300;
/** Resting and free sockets kept at most; further ones are closed. */
const MOST_IDLE = 1_024;
const MOST_ATTEMPTS = 50;

/** Every RTP port that may be used is. */
export class NoPortLeft extends Error {
  override readonly name = 'NoPortLeft';
}

export interface SocketPoolOptions {
  clock: Clock;
  host: string;
  ports?: { from: number; to: number };
}

/**
 * UDP sockets for RTP on even ports (RFC 3550 §11: the odd one above is RTCP's), used again and again: binding one
 * takes longer than answering a call.
 */
export class SocketPool {
  readonly #options: SocketPoolOptions;
  /** Given back, the one that rests longest first. */
  readonly #idle: { socket: RtpSocket; since: number }[] = [];
  readonly #open = new Set<RtpSocket>();
  #nextPort: number;
  #closed = false;

  constructor(options: SocketPoolOptions) {
    this.#options = options;
    const { ports } = options;
    if (ports && !(ports.from >= 1 && ports.to <= 65_535 && evenFrom(ports.from) <= ports.to)) {
      throw new RangeError(`RTP ports ${ports.from}-${ports.to}: expected a range from 1 to 65535 with at least one even port in it`);
    }
    this.#nextPort = ports ? evenFrom(ports.from) : 0;
  }

  /** @throws NoPortLeft, or Error when the host cannot be bound. */
  async acquire(): Promise<RtpSocket> {
    const rested = this.#idle[0];
    if (rested && this.#options.clock.monotonic() - rested.since >= REST_MS) {
      this.#idle.shift();
      return rested.socket;
    }
    const bound = this.#options.ports ? await this.#bindInRange(this.#options.ports) : await this.#bindAnywhere();
    if (!bound) {
      // Better a socket that has not rested than a refused call.
      const spare = this.#idle.shift();
      if (spare) return spare.socket;
      throw this.#exhausted();
    }
    const socket = new RtpSocket(bound);
    if (this.#closed) {
      socket.close();
      throw new Error('media is closed: no RTP socket can be opened');
    }
    this.#open.add(socket);
    return socket;
  }

  release(socket: RtpSocket): void {
    socket.tenant = undefined;
    if (this.#closed || this.#idle.length >= MOST_IDLE) {
      this.#open.delete(socket);
      socket.close();
    } else this.#idle.push({ socket, since: this.#options.clock.monotonic() });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#idle.length = 0;
    await Promise.all([...this.#open].map((socket) => socket.close()));
    this.#open.clear();
  }

  async #bindInRange(ports: { from: number; to: number }): Promise<Socket | undefined> {
    const first = evenFrom(ports.from);
    for (let count = 0; count < (ports.to - first) / 2 + 1 && count < MOST_ATTEMPTS + this.#open.size; count++) {
      const port = this.#nextPort;
      this.#nextPort = port + 2 > ports.to ? first : port + 2;
      const socket = await this.#bind(port);
      if (socket) return socket;
    }
    return undefined;
  }

  /** The system's choice, or its even neighbour. */
  async #bindAnywhere(): Promise<Socket | undefined> {
    for (let count = 0; count < MOST_ATTEMPTS; count++) {
      const socket = await this.#bind(0);
      if (!socket) continue;
      const { port } = socket.address();
      if (port % 2 === 0) return socket;
      socket.close();
      const neighbour = await this.#bind(port - 1);
      if (neighbour) return neighbour;
    }
    return undefined;
  }

  /** Undefined when the port is taken, or the process may open no more. */
  async #bind(port: number): Promise<Socket | undefined> {
    const socket = createSocket({ type: isIPv6(this.#options.host) ? 'udp6' : 'udp4', lookup: udpLookup as never });
    try {
      const listening = once(socket, 'listening');
      socket.bind({ port, address: this.#options.host, exclusive: true });
      await listening;
      return socket;
    } catch (error) {
      socket.close();
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EMFILE') return undefined;
      throw new Error(
        `cannot bind an RTP socket to ${this.#options.host}: ${(error as Error).message}; give an address of this machine as media host`,
        { cause: error },
      );
    }
  }

  #exhausted(): NoPortLeft {
    const { ports, host } = this.#options;
    const range = ports ? `the even RTP ports ${ports.from}-${ports.to}` : 'the UDP ports';
    return new NoPortLeft(
      `${range} of ${host} are all in use (${this.#open.size} by this process): widen the range, allow more open files, or end calls`,
    );
  }
}

function evenFrom(port: number): number {
  return port + (port % 2);
}
