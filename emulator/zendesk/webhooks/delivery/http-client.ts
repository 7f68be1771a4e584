import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Clock, Timer } from '../../../core/clock.ts';
import { http, https } from '../../../core/node-http.ts';
import type { HeaderList, HttpMethod } from '../entities.ts';

export interface OutgoingRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Exactly what is sent, in this order and spelling. */
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** Spreads the body over so many milliseconds. */
  readonly slowMs?: number;
}

export type Reply =
  | { readonly kind: 'response'; readonly status: number; readonly headers: HeaderList; readonly body: string }
  | { readonly kind: 'timeout' }
  /** Refused, reset, unresolved, not HTTP. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'aborted' };

export interface Exchange {
  readonly reply: Promise<Reply>;
  abort(): void;
}

/** How much of an answer is kept for the activity log, in bytes. The rest is read and thrown away. */
const KEPT_BODY = 64 * 1024;
/**
 * How long an idle connection is kept. Short, so that none is used that the receiver is about to close: a request lost
 * that way would be a failed attempt that nobody caused.
 */
const IDLE_MS = 1_000;
const SLOW_PIECES = 10;

/** Sends requests with exactly the headers given; follows no redirect, keeps connections alive between requests. */
export class HttpClient {
  readonly #clock: Clock;
  readonly #plain = new http.Agent({ keepAlive: true, timeout: IDLE_MS });
  readonly #secure = new https.Agent({ keepAlive: true, timeout: IDLE_MS });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The time limit spans connecting, sending and reading the whole answer. */
  send(request: OutgoingRequest, timeoutMs: number): Exchange {
    let outgoing: ClientRequest | undefined;
    let answer: IncomingMessage | undefined;
    let settle!: (reply: Reply) => void;
    const timers: Timer[] = [];
    const reply = new Promise<Reply>((resolve) => {
      settle = (result) => {
        for (const timer of timers) timer.clear();
        resolve(result);
        if (result.kind !== 'response' || outgoing?.writableEnded !== true) outgoing?.destroy();
      };
    });
    timers.push(this.#clock.setTimeout(() => settle({ kind: 'timeout' }), timeoutMs));
    try {
      outgoing = this.#open(request);
      outgoing.once('response', (response) => read((answer = response), settle));
      // What comes behind a whole answer (a 204 with a body) does not undo it.
      outgoing.on('error', (error) => answer?.complete !== true && settle(failure(error)));
      timers.push(...this.#write(outgoing, request));
    } catch (error) {
      settle(failure(error));
    }
    return { reply, abort: () => settle({ kind: 'aborted' }) };
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #open(request: OutgoingRequest): ClientRequest {
    const url = new URL(request.url);
    const secure = url.protocol === 'https:';
    return (secure ? https : http).request({
      agent: secure ? this.#secure : this.#plain,
      method: request.method,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: url.pathname + url.search,
      headers: request.headers.flat(),
      setDefaultHeaders: false,
    });
  }

  #write(outgoing: ClientRequest, { body, slowMs }: OutgoingRequest): Timer[] {
    outgoing.setNoDelay(true);
    if (slowMs === undefined) {
      outgoing.end(body);
      return [];
    }
    outgoing.flushHeaders();
    const size = Math.ceil(body.length / SLOW_PIECES) || 1;
    return Array.from({ length: SLOW_PIECES }, (_, index) =>
      this.#clock.setTimeout(
        () => {
          const piece = body.subarray(index * size, (index + 1) * size);
          if (index === SLOW_PIECES - 1) outgoing.end(piece);
          else if (piece.length > 0) outgoing.write(piece);
        },
        (slowMs * (index + 1)) / SLOW_PIECES,
      ),
    );
  }
}

function read(response: IncomingMessage, settle: (reply: Reply) => void): void {
  const kept: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    if (size < KEPT_BODY) kept.push(chunk.subarray(0, KEPT_BODY - size));
    size += chunk.length;
  });
  response.on('error', (error) => settle(failure(error)));
  response.once('end', () =>
    settle({
      kind: 'response',
      status: response.statusCode ?? 0,
      headers: pairs(response.rawHeaders),
      body: Buffer.concat(kept).toString('utf8'),
    }),
  );
}

function pairs(raw: readonly string[]): HeaderList {
  const list: [name: string, value: string][] = [];
  for (let index = 0; index < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}

function failure(error: unknown): Reply {
  const { code, message } = error as NodeJS.ErrnoException;
  return { kind: 'error', code: code ?? 'ERROR', message: message || String(error) };
}
