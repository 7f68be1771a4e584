import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { AudioPort, AudioSink, AudioSource } from './audio/audio.ts';
import { type EndpointRoom, SocketEndpoint } from './rtp/endpoint.ts';
import { Pacer } from './rtp/pacer.ts';
import type { RtpEvent } from './rtp/rtp-event.ts';
import { SocketPool } from './rtp/socket-pool.ts';
import { twilioShape } from './sdp/sdp-shape.ts';
import type { Closable, EndpointOptions, Media, MediaOptions, RtpEndpoint } from './types.ts';

/** The sockets and the pacing of all audio of this process. */
export function createMedia(options: MediaOptions): Media {
  return new SocketMedia(options);
}

class SocketMedia implements Media {
  readonly #options: MediaOptions;
  readonly #usual: Required<EndpointOptions>;
  readonly #room: EndpointRoom;
  readonly #pool: SocketPool;
  readonly #pacer: Pacer;
  readonly #open = new Set<Closable>();

  constructor(options: MediaOptions) {
    const { clock, random, host, party = 'ringback', codecs = ['PCMU', 'PCMA'], shape = twilioShape, symmetric = false } = options;
    this.#options = options;
    this.#usual = { party, codecs, shape, symmetric };
    this.#pool = new SocketPool(options);
    this.#pacer = new Pacer(clock);
    this.#room = {
      clock,
      random,
      pacer: this.#pacer,
      advertise: options.advertise ?? reachable(host),
      family: isIPv6(host) ? 6 : 4,
      onEvent: (event) => options.onEvent?.(event),
    };
  }

  async open(label?: string, own: EndpointOptions = {}): Promise<RtpEndpoint> {
    const socket = await this.#pool.acquire();
    const usual = this.#usual;
    const endpoint: SocketEndpoint = new SocketEndpoint(this.#room, {
      socket,
      label,
      party: own.party ?? usual.party,
      codecs: own.codecs ?? usual.codecs,
      shape: own.shape ?? usual.shape,
      symmetric: own.symmetric ?? usual.symmetric,
      onClose: () => {
        this.#open.delete(endpoint);
        this.#pool.release(socket);
      },
    });
    this.#open.add(endpoint);
    return endpoint;
  }

  find(label: string, party: string): RtpEndpoint | undefined {
    for (const each of this.#open) {
      if (each instanceof SocketEndpoint && each.label === label && each.party === party) return each;
    }
    return undefined;
  }

  link(a: AudioPort, b: AudioPort): Closable {
    return this.#pump(() => {
      b.sink.write(a.source.read());
      a.sink.write(b.source.read());
    });
  }

  play(source: AudioSource, sink: AudioSink): Closable {
    return this.#pump(() => sink.write(source.read()));
  }

  async close(): Promise<void> {
    for (const running of this.#open) running.close();
    await this.#pool.close();
  }

  #pump(tick: () => void): Closable {
    const stop = this.#pacer.add(tick, (error) => this.#report(error));
    const pump = {
      close: () => {
        stop();
        this.#open.delete(pump);
      },
    };
    this.#open.add(pump);
    return pump;
  }

  /** A party's own source or sink threw. */
  #report(error: unknown): void {
    const event: RtpEvent = {
      kind: 'problem',
      label: undefined,
      party: this.#usual.party,
      local: { host: this.#room.advertise, port: 0 },
      remote: undefined,
      problem: error instanceof Error ? error.message : String(error),
    };
    this.#options.onEvent?.(event);
  }
}

/** For a wildcard, the machine's first address that others can reach (inferred), else loopback. */
function reachable(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const family = host === '::' ? 'IPv6' : 'IPv4';
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = addresses.find((address) => address.family === family && !address.internal && !address.address.startsWith('fe80'));
  return outer?.address ?? (family === 'IPv6' ? '::1' : '127.0.0.1');
}
