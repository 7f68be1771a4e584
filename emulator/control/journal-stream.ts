import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { matchesFilter, type JournalEntry } from '../core/journal.ts';
import { journalQuery, type JournalQuery } from './journal-query.ts';
import type { World } from './world.ts';

/** How far a reader may fall behind before it is dropped, in bytes. */
const LARGEST_BACKLOG = 8 * 2 ** 20;
/** How much of the past is written before waiting for the reader, in bytes. */
const REPLAY_BYTES = 2 ** 20;
/** How long a reader may take to answer the closing frame, in milliseconds. */
const GOODBYE_MS = 1_000;
export const CLOSE_CODES = { badQuery: 4000, slowReader: 4008, goingAway: 1001 } as const;

export interface JournalStream {
  /** Says goodbye to every reader. */
  close(): void;
}

/**
 * The journal as a WebSocket at `/control/journal`: one entry a message, a line of JSON. A reader that does not keep up
 * is dropped with a reason; what the emulator holds for it never exceeds the backlog above.
 */
export function serveJournalStream(server: Server, world: World, path: string): JournalStream {
  const readers = new Set<WebSocket>();
  let sockets: Promise<WebSocketServer> | undefined;
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    // From here on nobody else listens: a reset before the handshake must not end the process.
    socket.on('error', () => socket.destroy());
    const url = URL.parse(req.url ?? '/', 'http://localhost');
    if (url?.pathname !== path) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets ??= import('ws').then(({ WebSocketServer: Sockets }) => new Sockets({ noServer: true, maxPayload: 64 * 1024 }));
    void sockets.then((ready) =>
      ready.handleUpgrade(req, socket, head, (reader) => {
        readers.add(reader);
        reader.on('close', () => readers.delete(reader));
        reader.on('error', () => reader.terminate());
        follow(world, reader, url.searchParams);
      }),
    );
  });
  return {
    close() {
      for (const reader of readers) part(world, reader, CLOSE_CODES.goingAway, 'the emulator stops');
    },
  };
}

function follow(world: World, reader: WebSocket, params: URLSearchParams): void {
  let query: JournalQuery;
  try {
    query = journalQuery(world, (name) => params.get(name) ?? undefined);
  } catch (error) {
    return part(world, reader, CLOSE_CODES.badQuery, reasonOf((error as Error).message));
  }
  const { filter } = query;
  const { journal } = world.rooms.core;
  let last = filter.since ?? journal.last;
  let live = filter.since === undefined;
  /** Entries already sent that joined a journey while the past was still being written. */
  const again: JournalEntry[] = [];
  const send = (entry: JournalEntry): void => {
    if (reader.readyState !== reader.OPEN) return;
    if (reader.bufferedAmount > LARGEST_BACKLOG) return drop(world, reader, last);
    reader.send(JSON.stringify(entry));
    last = Math.max(last, entry.seq);
  };
  const stop = journal.subscribe((entry) => {
    if (!matchesFilter(entry, { ...filter, since: 0 })) return;
    if (live) send(entry);
    else if (entry.seq <= last && again.length < 10_000) again.push(entry);
  });
  reader.on('close', stop);
  if (live) return;
  const goLive = (): void => {
    live = true;
    for (const entry of again.splice(0)) send(entry);
  };
  void replay(
    reader,
    (since) => journal.read({ ...filter, since }),
    () => last,
    send,
    goLive,
  );
}

/**
 * Writes the past until it meets the present, waiting for the reader in between: being far behind at the start is no fault
 * of its own, and nothing is held for it meanwhile.
 */
async function replay(
  reader: WebSocket,
  after: (since: number) => JournalEntry[],
  last: () => number,
  send: (entry: JournalEntry) => void,
  arrived: () => void,
): Promise<void> {
  for (let entries = after(last()); entries.length > 0 && reader.readyState === reader.OPEN; entries = after(last())) {
    for (const entry of entries) {
      send(entry);
      if (reader.bufferedAmount > REPLAY_BYTES) await written(reader);
      if (reader.readyState !== reader.OPEN) return;
    }
  }
  // At once, so that nothing falls between the last look and the first live entry.
  arrived();
}

/** Resolves when all that was sent so far has left this process, or the reader is gone. */
function written(reader: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    reader.once('close', resolve);
    reader.ping('', false, () => {
      reader.off('close', resolve);
      resolve();
    });
  });
}

function drop(world: World, reader: WebSocket, last: number): void {
  const behind = LARGEST_BACKLOG / 2 ** 20;
  part(world, reader, CLOSE_CODES.slowReader, `slow reader: more than ${behind} MB behind; connect again with since=${last}`);
}

/** One that reads nothing never sees the closing frame: its line is cut, so that nothing waits for it or is kept for it. */
function part({ rooms }: World, reader: WebSocket, code: number, reason: string): void {
  reader.close(code, reason);
  const timer = rooms.core.clock.setTimeout(() => reader.terminate(), GOODBYE_MS);
  reader.once('close', () => timer.clear());
}

/** A close reason is at most 123 bytes (RFC 6455 §5.5). */
function reasonOf(text: string): string {
  return Buffer.from(text)
    .subarray(0, 120)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
