/** A control plane for tests: answers what the test says, and streams what the test appends. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import type { BridgeSession } from '../bridge/config.ts';
import { type Desk, openDesk } from '../bridge/desk.ts';
import { ControlClient } from '../emulator/control-client.ts';
import type { JournalEntry } from '../emulator/journal-entry.ts';
import type { JourneyView } from '../emulator/journey-view.ts';
import type { UpJson } from '../emulator/up-json.ts';
import { Journey } from './actors/journey.ts';
import type { RunInfo } from './run-info.ts';
import { Stage } from './stage.ts';
import { openWire, type Wire } from './wire.ts';

export const JOURNEY = 'j-0000000001';

/** A journey on which nothing happened yet. */
export function aView(changes: Partial<JourneyView> = {}): JourneyView {
  return {
    id: JOURNEY,
    account: 'acme',
    state: 'live',
    origin: 'dialled',
    startedAt: 0,
    call: { from: '+14155550100', to: '+14155550150', carrier: 'clean', state: 'dialling', endedBy: null, cause: null },
    presentation: { dialled: null, onTrunk: null, onSipIn: null },
    ticket: null,
    tickets: [],
    requester: null,
    legs: [],
    correlation: { webhooks: [], reads: [], ticketHeader: null, rule: null, evidence: null },
    binding: { result: 'none', ticketId: null, diagnostics: [] },
    hearing: [],
    ...changes,
  };
}

let seq = 0;

export function anEntry(changes: Partial<JournalEntry> = {}): JournalEntry {
  seq += 1;
  return {
    seq,
    at: 1_000 + seq,
    account: 'acme',
    journey: JOURNEY,
    thread: null,
    kind: 'note',
    from: 'ringback',
    to: 'ringback',
    label: 'a note',
    data: {},
    ...changes,
  };
}

/** A REST read of the bridge, answered 200; with this body, if the journal shall have one. */
export const aRead = (path: string, query = '', body?: object): JournalEntry =>
  anEntry({
    kind: 'http.exchange',
    from: 'bridge',
    to: 'zendesk',
    label: `GET ${path} 200`,
    data: { method: 'GET', path, query, status: 200, ...(body ? { response: { headers: {}, body: JSON.stringify(body) } } : {}) },
  });

type Handler = (body: unknown) => unknown;

export interface TestControl extends AsyncDisposable {
  readonly run: RunInfo;
  readonly control: ControlClient;
  readonly desk: Desk;
  readonly wire: Wire;
  readonly stage: Stage;
  readonly journey: Journey;
  /** Requests so far: method, path, body. */
  readonly requests: [method: string, path: string, body: unknown][];
  /** What `GET /journeys/{JOURNEY}` answers; setting it does not tell anybody. */
  view: JourneyView;
  sessions: readonly BridgeSession[];
  /** Answers a route, e.g. `POST /calls`. */
  on(route: string, handler: Handler): void;
  /** Streams entries; resolves when the worker's log has them. */
  append(...entries: JournalEntry[]): Promise<void>;
  /** Closes the stream as a stopping emulator does. */
  endStream(code?: number): void;
}

export async function testControl(options: { readsSessions?: boolean; expectMs?: number; settleMs?: number } = {}): Promise<TestControl> {
  const routes = new Map<string, Handler>();
  const requests: TestControl['requests'] = [];
  const server = createServer((request, response) => {
    void handle(request).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? null)),
    );
  });
  const handle = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    const content = await text(request);
    const body: unknown = content === '' ? undefined : JSON.parse(content);
    const [path = ''] = (request.url ?? '').replace('/control', '').split('?');
    requests.push([request.method ?? '', (request.url ?? '').replace('/control', ''), body]);
    const handler = routes.get(`${request.method} ${path}`);
    if (!handler) return { status: 404, body: { error: 'unknown_route', message: `no ${request.method} ${path}`, hint: 'say on()' } };
    try {
      return { status: 200, body: handler(body) };
    } catch (error) {
      const { status, ...rest } = error as { status: number };
      return { status, body: rest };
    }
  };
  const sockets = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const controlUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/control`;
  const state = { view: aView(), sessions: [] as readonly BridgeSession[] };
  const desk = await openDesk({
    '/address': async () => ({ sip: '127.0.0.1:5080' }),
    '/sessions': async () => state.sessions,
    '/hang-up': async () => null,
    '/restart': async () => ({ sip: '127.0.0.1:5081' }),
    '/prepare': async () => null,
  });
  const up = {
    controlUrl,
    account: { subdomain: 'acme', url: controlUrl.replace('/control', '/zendesk/acme'), email: 'a@acme.example', apiToken: 'secret' },
    line: { number: '+14155550150', overflowTo: '+14155550199' },
    sip: { udp: '127.0.0.1:5060' },
    sipIn: null,
    trunk: null,
    version: '0',
    randomSeed: 1,
  } satisfies UpJson;
  const run: RunInfo = {
    up,
    desk: desk.url,
    readsSessions: options.readsSessions ?? false,
    caller: { number: '+14155550100' },
    traceDir: '/nowhere',
    expectMs: options.expectMs ?? 300,
    settleMs: options.settleMs ?? 60,
  };
  routes.set(`GET /journeys/${JOURNEY}`, () => state.view);
  const wire = await openWire(run);
  const control = ControlClient.of(up);
  const stage = new Stage({ run, control, log: wire.log, since: 0 });
  return {
    run,
    control,
    desk,
    wire,
    stage,
    journey: new Journey(stage, JOURNEY, 'the call of +14155550100'),
    requests,
    get view() {
      return state.view;
    },
    set view(view) {
      state.view = view;
    },
    get sessions() {
      return state.sessions;
    },
    set sessions(sessions) {
      state.sessions = sessions;
    },
    on: (route, handler) => void routes.set(route, handler),
    async append(...entries) {
      const last = Math.max(...entries.map((entry) => entry.seq));
      for (const socket of sockets.clients) for (const entry of entries) socket.send(JSON.stringify(entry));
      while (wire.log.last < last) await once(wire.log, 'entry');
    },
    endStream(code = 1001) {
      for (const socket of sockets.clients) socket.close(code, 'stopping');
    },
    async [Symbol.asyncDispose]() {
      wire.close();
      desk.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
