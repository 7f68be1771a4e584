import type { JournalEntry, UpJson } from 'ringback/emulator';
import { control, startEmulatorProcess, startJson } from './processes.ts';
import { atLeast, atMost, figure, median, type Row } from './table.ts';

const WARM_UP_SECONDS = 2;
const SECONDS = 8;
const EVENTS_PER_SECOND = 100;
const ENDPOINTS = 50;
/** Events to all endpoints: those that are alive are owed 1,127 deliveries a second, an eighth more than the bar. */
const FANNED_OUT_PER_SECOND = 23;
const DRAFT = JSON.stringify({ ticket: { subject: 'Bench', comment: { body: 'x'.repeat(300) } } });

interface Receiver {
  readonly url: string;
  readonly deadUrl: string;
}

interface Arrival {
  readonly ticket: number;
  readonly latencyMs: number;
  readonly at: number;
}

/** Webhook deliveries: from the ticket's journal entry, just before its commit, to the request on the receiver's socket. */
export async function webhookRows(): Promise<Row[]> {
  const one = await measured([(receiver) => `${receiver.url}/hook/0`], EVENTS_PER_SECOND);
  const alive = ENDPOINTS - 1;
  const endpoints = Array.from(
    { length: ENDPOINTS },
    (_, index) =>
      ({ url, deadUrl }: Receiver) =>
        index === alive ? deadUrl : `${url}/hook/${index}`,
  );
  const many = await measured(endpoints, FANNED_OUT_PER_SECOND);
  const span = (Math.max(...many.map(({ at }) => at)) - Math.min(...many.map(({ at }) => at))) / 1000;
  const latencies = (arrivals: readonly Arrival[]): number[] => arrivals.map(({ latencyMs }) => latencyMs);
  return [
    atMost(`dispatch at ${EVENTS_PER_SECOND} events/s, p50`, median(latencies(one)), 5, 'ms'),
    atMost(`dispatch at ${EVENTS_PER_SECOND} events/s, p99`, percentile(latencies(one), 0.99), 25, 'ms'),
    // The last event of n is due (n - 1) intervals after the first, which takes nothing from the rate.
    atLeast(`deliveries to ${ENDPOINTS} endpoints, one dead`, (many.length - alive) / span, 1000, '/s'),
    figure('dispatch then, p50', median(latencies(many)), 'ms'),
    figure('dispatch then, p99', percentile(latencies(many), 0.99), 'ms'),
  ];
}

/** Tickets are created at the rate; what arrived of them, those of the warming up left out. @throws Error when some did not arrive */
async function measured(endpoints: readonly ((receiver: Receiver) => string)[], perSecond: number): Promise<Arrival[]> {
  const emulator = await startEmulatorProcess({ core: 0 });
  const receiver = await startJson<Receiver>([process.execPath, 'test/bench/webhook-receiver.ts']);
  try {
    const up = emulator.first;
    await control(up, 'PUT', `/accounts/${up.account.subdomain}/settings`, { rateLimits: false });
    const alive = endpoints.filter((endpoint) => endpoint(receiver.first).startsWith(receiver.first.url)).length;
    for (const endpoint of endpoints) await subscribe(up, endpoint(receiver.first));
    await createTickets(up, perSecond, WARM_UP_SECONDS);
    const since = (await control<{ last: number }>(up, 'GET', '/journal?limit=0')).last;
    const before = await arrived(receiver.first);
    await createTickets(up, perSecond, SECONDS);
    const { entries } = await control<{ entries: JournalEntry<{ ticket: { id: number } }>[] }>(
      up,
      'GET',
      `/journal?kind=ticket.created&since=${since}`,
    );
    const committed = new Map(entries.map(({ data, at }) => [data.ticket.id, at]));
    const all = [...before, ...(await arrived(receiver.first))];
    const arrivals = all.flatMap(([ticket, at]) => {
      const from = committed.get(ticket);
      return from === undefined ? [] : [{ ticket, at, latencyMs: at - from }];
    });
    const expected = committed.size * alive;
    if (arrivals.length !== expected) throw new Error(`${arrivals.length} of ${expected} deliveries arrived`);
    return arrivals;
  } finally {
    await receiver.stop();
    await emulator.stop();
  }
}

async function subscribe(up: UpJson, endpoint: string): Promise<void> {
  const subscriptions = ['zen:event-type:ticket.created'];
  const webhook = { name: 'bench', status: 'active', endpoint, http_method: 'POST', request_format: 'json', subscriptions };
  await post(up, '/webhooks', JSON.stringify({ webhook }));
}

/** At even intervals, whether or not those before are answered; waits for all answers, and a second for what follows from them. */
async function createTickets(up: UpJson, perSecond: number, seconds: number): Promise<void> {
  const answers: Promise<void>[] = [];
  const begin = performance.now();
  for (let count = 0; count < perSecond * seconds; count++) {
    const wait = begin + (count * 1000) / perSecond - performance.now();
    if (wait > 0) await pause(wait);
    answers.push(post(up, '/tickets', DRAFT));
  }
  await Promise.all(answers);
  await pause(1_000);
}

async function post({ account }: UpJson, path: string, body: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(`${account.url}/api/v2${path}`, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`);
}

async function arrived({ url }: Receiver): Promise<[ticket: number, at: number][]> {
  return (await (await fetch(`${url}/arrivals`)).json()) as [number, number][];
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
