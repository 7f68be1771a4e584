import autocannon from 'autocannon';
import { startEmulatorProcess, startJson } from './processes.ts';
import { figure, type Row } from './table.ts';

const CONNECTIONS = 10;
const SECONDS = 5;
const DRAFT = JSON.stringify({ ticket: { subject: 'Bench', comment: { body: 'x'.repeat(300) } } });

interface Load {
  url: string;
  headers?: Record<string, string>;
  method?: 'GET' | 'POST';
}

async function perSecond(load: Load): Promise<{ rate: number; p99: number }> {
  const body = load.method === 'POST' ? { body: DRAFT } : {};
  const run = await autocannon({
    connections: CONNECTIONS,
    duration: SECONDS,
    ...load,
    headers: { 'content-type': 'application/json', ...load.headers },
    ...body,
  });
  const refused = run.non2xx + run.errors;
  if (refused > 0) throw new Error(`${refused} requests to ${load.url} were not answered 2xx`);
  return { rate: run.requests.average, p99: run.latency.p99 };
}

/** Ticket read and create, beside a bare Express app that answers with the same body. */
export async function restRows(): Promise<Row[]> {
  const emulator = await startEmulatorProcess({ core: 0 });
  const { account } = emulator.first;
  const headers = { authorization: `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}` };
  const tickets = `${account.url}/api/v2/tickets`;
  const limits = await fetch(`${emulator.first.controlUrl}/accounts/${account.subdomain}/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rateLimits: false }),
  });
  if (!limits.ok) throw new Error(`rate limits cannot be switched off: ${await limits.text()}`);
  const created = await fetch(tickets, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: DRAFT });
  const { ticket } = (await created.clone().json()) as { ticket: { id: number } };
  const read = await (await fetch(`${tickets}/${ticket.id}`, { headers })).text();
  const bare = await startJson<{ url: string }>([process.execPath, 'test/bench/bare-express.ts'], {
    READ: read,
    CREATED: await created.text(),
  });
  try {
    const rows: Row[] = [];
    for (const [name, load, plain] of [
      ['ticket read', { url: `${tickets}/${ticket.id}`, headers }, { url: `${bare.first.url}/read` }],
      ['ticket create', { url: tickets, headers, method: 'POST' }, { url: `${bare.first.url}/create`, method: 'POST' }],
    ] satisfies [string, Load, Load][]) {
      const [ours, express] = [await perSecond(load), await perSecond(plain)];
      rows.push(
        figure(`${name}, ${CONNECTIONS} connections`, ours.rate, '/s'),
        figure(`${name}, p99`, ours.p99, 'ms'),
        figure(`${name}, ratio to bare Express (${Math.round(express.rate)} /s)`, ours.rate / express.rate),
      );
    }
    return rows;
  } finally {
    await bare.stop();
    await emulator.stop();
  }
}
