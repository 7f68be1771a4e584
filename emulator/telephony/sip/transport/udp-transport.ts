import { createSocket, type Socket } from 'node:dgram';
import { giveWay } from '../../../core/clock.ts';
import { udpLookup } from '../../udp-lookup.ts';
import type { Address } from './address.ts';
import type { Receiver, Transport } from './transport.ts';

/** The kernel's default of about 200 kB loses datagrams from 2,000 calls/s on. The kernel may grant less. */
const SOCKET_BUFFER = 4 * 2 ** 20;

/**
 * Opens a UDP socket.
 * @throws Error naming the address when it cannot be bound.
 */
export async function openUdp(options: Address): Promise<UdpTransport> {
  const type = options.host.includes(':') ? 'udp6' : 'udp4';
  const socket = createSocket({ type, lookup: udpLookup as never });
  await bind(socket, options);
  enlargeBuffers(socket);
  const { address, port } = socket.address();
  return new UdpTransport(socket, { host: address, port });
}

/** What waits to be sent. */
interface Outgoing {
  readonly bytes: Uint8Array;
  readonly remote: Address;
  readonly failed: (error: Error) => void;
}

export class UdpTransport implements Transport {
  readonly local: Address;
  readonly #socket: Socket;
  /** What is answered in one turn (100, 180 and 200, say) goes out together at its end: a peer that sleeps is woken once. */
  #outgoing: Outgoing[] = [];
  #closed = false;

  constructor(socket: Socket, local: Address) {
    this.#socket = socket;
    this.local = local;
  }

  /** Hands every datagram on from now on. */
  start(receive: Receiver, problem: (error: Error) => void): void {
    this.#socket.on('error', problem);
    let last: Address = { host: '', port: 0 };
    this.#socket.on('message', (bytes, { address: host, port }) => {
      // Messages of one peer share its address: transactions keep it for half a minute.
      if (last.port !== port || last.host !== host) last = { host, port };
      receive(bytes, last);
    });
  }

  send(bytes: Uint8Array, remote: Address, failed: (error: Error) => void): void {
    if (this.#closed) return;
    if (this.#outgoing.length === 0) void giveWay().then(() => this.#sendAll());
    this.#outgoing.push({ bytes, remote, failed });
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#sendAll();
    this.#closed = true;
    return new Promise((done) => this.#socket.close(done));
  }

  #sendAll(): void {
    const outgoing = this.#outgoing;
    this.#outgoing = [];
    for (const each of outgoing) this.#send(each);
  }

  #send({ bytes, remote, failed }: Outgoing): void {
    if (this.#closed) return;
    try {
      this.#socket.send(bytes, remote.port, remote.host, (error) => {
        if (error && !this.#closed) failed(error);
      });
    } catch (error) {
      queueMicrotask(() => failed(error as Error));
    }
  }
}

function bind(socket: Socket, { host, port }: Address): Promise<void> {
  return new Promise((done, fail) => {
    socket.once('error', (error) => {
      socket.close();
      fail(new Error(`cannot listen for SIP on udp ${host}:${port}: ${error.message}; choose another address or port`, { cause: error }));
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners('error');
      done();
    });
  });
}

function enlargeBuffers(socket: Socket): void {
  try {
    socket.setRecvBufferSize(SOCKET_BUFFER);
    socket.setSendBufferSize(SOCKET_BUFFER);
  } catch {
    // The kernel's default then has to do: a matter of speed, not of correctness.
  }
}
