import type { Clock } from '../../../core/clock.ts';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { Random } from '../../../core/random.ts';
import { type Address, formatAddress } from '../transport/address.ts';
import type { Receiver, Transport } from '../transport/transport.ts';
import { parseMessage } from '../message/parse-message.ts';
import { Stack } from '../stack.ts';
import type { SipStackOptions } from '../types.ts';

/** One way through the network, in milliseconds. */
const LATENCY = 10;

/** Stacks and hand-made peers on a network without sockets, on a clock that stands still until advanced. */
export class MemoryNetwork {
  readonly clock = new SteerableClock({ startAt: 0 });
  /** `time from>to what` of every datagram, lost ones included. */
  readonly log: string[] = [];
  /** Says what gets lost. */
  lose: (line: string, bytes: Uint8Array) => boolean = () => false;
  readonly #receivers = new Map<string, Receiver>();
  #seed = 0;

  transport(local: Address, receive: Receiver): Transport {
    this.#receivers.set(formatAddress(local), receive);
    return {
      local,
      send: (bytes, remote) => this.#carry(bytes, local, remote),
      close: async () => void this.#receivers.delete(formatAddress(local)),
    };
  }

  stack(port: number, options: Partial<SipStackOptions> = {}): Stack {
    const local = { host: '127.0.0.1', port };
    const transport = this.transport(local, (bytes, source) => stack.receive(bytes, source));
    const stack: Stack = new Stack({ clock: this.clock as Clock, random: new Random(++this.#seed), udp: local, ...options }, transport);
    return stack;
  }

  /** A peer that a test plays by hand. */
  peer(port: number): Peer {
    return new Peer(this, { host: '127.0.0.1', port });
  }

  /** The log without times, as `5070>5060 INVITE`. */
  get ladder(): string[] {
    return this.log.map((line) => line.slice(line.indexOf(' ') + 1));
  }

  #carry(bytes: Uint8Array, from: Address, to: Address): void {
    const copy = Uint8Array.from(bytes);
    const line = `${from.port}>${to.port} ${title(copy)}`;
    this.log.push(`${this.clock.now()} ${line}`);
    if (this.lose(line, copy)) return;
    this.clock.setTimeout(() => this.#receivers.get(formatAddress(to))?.(copy, from), LATENCY);
  }
}

/** `INVITE` or `180 INVITE`. */
function title(bytes: Uint8Array): string {
  try {
    const message = parseMessage(bytes);
    return message.kind === 'request' ? message.method : `${message.status} ${message.headers.get('CSeq')?.split(' ')[1]}`;
  } catch {
    return `${bytes.length} bytes`;
  }
}

/** Sends text and keeps what it gets. */
export class Peer {
  readonly inbox: string[] = [];
  readonly address: Address;
  readonly #transport: Transport;

  constructor(network: MemoryNetwork, address: Address) {
    this.address = address;
    this.#transport = network.transport(address, (bytes) => this.inbox.push(Buffer.from(bytes).toString('utf8')));
  }

  /** Lines joined by CRLF; a blank line and a Content-Length are added where there is no body. */
  send(port: number, ...lines: string[]): void {
    const text = lines.includes('') ? lines.join('\r\n') : `${lines.join('\r\n')}\r\n\r\n`;
    this.#transport.send(Buffer.from(text), { host: '127.0.0.1', port }, () => undefined);
  }

  /** The newest message, or the newest that begins so. */
  last(start = ''): string {
    return this.inbox.findLast((message) => message.startsWith(start)) ?? '';
  }

  /** Statuses received, in order. */
  get statuses(): number[] {
    return this.inbox.flatMap((message) => /^SIP\/2\.0 (\d{3})/.exec(message)?.[1] ?? []).map(Number);
  }
}

/** Every value of a header in a message's text. */
export function header(message: string, name: string): string[] {
  return [...message.matchAll(new RegExp(`^${name}: (.*)\r$`, 'gim'))].map((match) => match[1] as string);
}
