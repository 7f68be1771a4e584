import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startEmulator, type Emulator, type EmulatorOptions } from '../index.ts';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** An emulator of its own for a test, driven over real HTTP. */
export interface TestEmulator extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  send<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<Body>>;
  /** Asks after every journal entry until the answer is as wanted; the test's own time limit ends it otherwise. */
  until<Body = Record<string, unknown>>(path: string, wanted: (body: Body) => boolean): Promise<Body>;
}

export async function testEmulator(options: EmulatorOptions = {}): Promise<TestEmulator> {
  const emulator = await startEmulator({ randomSeed: 1, ...options });
  const url = emulator.controlUrl;
  const send = async <Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> => {
    const response = await fetch(`${url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
  };
  return {
    emulator,
    url,
    send,
    async until<Body>(path: string, wanted: (body: Body) => boolean): Promise<Body> {
      const journal = new WebSocket(`${url.replace('http', 'ws')}/journal`);
      await once(journal, 'open');
      try {
        for (;;) {
          const next = once(journal, 'message');
          const { body } = await send<Body>('GET', path);
          if (wanted(body)) return body;
          await next;
        }
      } finally {
        journal.terminate();
      }
    },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}
