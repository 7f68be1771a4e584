import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ControlError } from './control-error.ts';
import type { JournalEntry } from './journal-entry.ts';
import { JournalLog } from './journal-log.ts';

/** How often a reader that fell behind connects again before it gives up. */
const RECONNECTS = 3;
/** Close code of a reader that fell behind (docs/control-api.md). */
const TOO_SLOW = 4008;

export interface JournalStream {
  readonly log: JournalLog;
  close(): void;
}

/**
 * Follows the journal over a WebSocket: the entries after `since` (none of the past without it), then each as it happens; only those that `keep` says.
 * @throws ControlError when the stream cannot be opened.
 */
export async function openJournalStream(
  controlUrl: string,
  options: { since?: number; keep?: (entry: JournalEntry) => boolean } = {},
): Promise<JournalStream> {
  const log = new JournalLog();
  let closed = false;
  /** The newest entry that came, kept or not. */
  let last = options.since;
  let socket: WebSocket;

  const connect = async (from: number | undefined, left: number): Promise<void> => {
    const url = `${controlUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/journal${from === undefined ? '' : `?since=${from}`}`;
    socket = new WebSocket(url);
    socket.on('message', (data: Buffer) => {
      const entry = JSON.parse(data.toString()) as JournalEntry;
      last = Math.max(last ?? 0, entry.seq);
      if (options.keep?.(entry) ?? true) log.add(entry);
    });
    socket.on('error', () => {
      // Told by 'close', which always follows.
    });
    socket.on('close', (code, reason) => {
      if (closed) return;
      const from = last ?? positionIn(reason.toString());
      if (code === TOO_SLOW && left > 0) void connect(from, left - 1).catch((error: unknown) => log.breakOff(error as Error));
      else log.breakOff(streamEnded(url, code, reason.toString()));
    });
    const opened = once(socket, 'open');
    await opened.catch((cause: unknown) => {
      throw new ControlError({
        request: `WebSocket ${url}`,
        status: 0,
        code: 'unreachable',
        message: 'the journal stream cannot be opened',
        cause,
      });
    });
  };

  await connect(options.since, RECONNECTS);
  return {
    log,
    close() {
      closed = true;
      socket.close();
    },
  };
}

/** Where a reader goes on to whom nothing came, as the emulator says it; not at the beginning of all that there is. */
function positionIn(reason: string): number | undefined {
  const since = /since=(\d+)/.exec(reason)?.[1];
  return since === undefined ? undefined : Number(since);
}

function streamEnded(url: string, code: number, reason: string): ControlError {
  return new ControlError({
    request: `WebSocket ${url}`,
    status: 0,
    code: 'stream_ended',
    message: `the journal stream ended (${code}${reason ? `, ${reason}` : ''}): the emulator has stopped`,
  });
}
