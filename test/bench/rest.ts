import autocannon from 'autocannon';
import { control, pinned, startEmulatorProcess, startJson } from './processes.ts';
import { atLeast, atMost, figure, median, type Row } from './table.ts';

const CONNECTIONS = 10;
const SECONDS = 3;
const ROUNDS = 5;
const BODY = 'x'.repeat(300);
const DRAFT = JSON.stringify({ ticket: { subject: 'Bench', comment: { body: BODY } } });
/** The account that npm `emulate` starts with. */
const TWILIO = { sid: 'AC00000000000000000000000000000000', token: 'twilio_test_auth_token', number: '+15551234567' };

export interface Load {
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Speed {
  /** Answers per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p99: number;
}

/** @throws Error when a request was not answered 2xx. */
export async function speedOf({ url, headers, body }: Load, seconds = SECONDS): Promise<Speed> {
  const run = await autocannon({
    connections: CONNECTIONS,
    duration: seconds,
    url,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
  const refused = run.non2xx + run.errors;
  if (refused > 0) throw new Error(`${refused} requests to ${url} were not answered 2xx`);
  return { rate: run.requests.average, p99: run.latency.p99 };
}

export function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** Reads and creates of the same kind, side by side. */
interface Contest {
  readonly name: string;
  readonly ours: Load;
  readonly emulate: Load;
  readonly express: Load;
}

/**
 * Ticket read and create beside npm `emulate` (messages of its Twilio) and a bare Express app that answers with our bytes: each
 * program on the same core, one after the other, in rounds, of which the median counts.
 */
export async function restRows(): Promise<Row[]> {
  const emulator = await startEmulatorProcess({ core: 0 });
  const { account } = emulator.first;
  const headers = basic(`${account.email}/token`, account.apiToken);
  const tickets = `${account.url}/api/v2/tickets`;
  await control(emulator.first, 'PUT', `/accounts/${account.subdomain}/settings`, { rateLimits: false });
  const [ticket, created] = await made<{ ticket: { id: number } }>({ url: tickets, headers, body: DRAFT });
  const read = await (await fetch(`${tickets}/${ticket.ticket.id}`, { headers })).text();
  const bare = await startJson<{ url: string }>([...pinned(0), process.execPath, 'test/bench/bare-express.ts'], {
    READ: read,
    CREATED: created,
  });
  const emulate = await startJson<{ url: string }>([...pinned(0), process.execPath, 'test/bench/emulate-twilio.ts']);
  const messages = `${emulate.first.url}/2010-04-01/Accounts/${TWILIO.sid}/Messages`;
  const twilio = {
    headers: { ...basic(TWILIO.sid, TWILIO.token), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ To: '+14155550100', From: TWILIO.number, Body: BODY }).toString(),
  };
  try {
    const [message] = await made<{ sid: string }>({ url: `${messages}.json`, ...twilio });
    const contests: Contest[] = [
      {
        name: 'ticket read',
        ours: { url: `${tickets}/${ticket.ticket.id}`, headers },
        emulate: { url: `${messages}/${message.sid}.json`, headers: twilio.headers },
        express: { url: `${bare.first.url}/read` },
      },
      {
        name: 'ticket create',
        ours: { url: tickets, headers, body: DRAFT },
        emulate: { url: `${messages}.json`, ...twilio },
        express: { url: `${bare.first.url}/create`, body: DRAFT },
      },
    ];
    const rows: Row[] = [];
    for (const contest of contests) rows.push(...(await contestRows(contest)));
    return rows;
  } finally {
    await emulate.stop();
    await bare.stop();
    await emulator.stop();
  }
}

async function contestRows({ name, ours, emulate, express }: Contest): Promise<Row[]> {
  const rounds: { ours: Speed; emulate: Speed; express: Speed }[] = [];
  for (const load of [ours, emulate, express]) await speedOf(load, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ ours: await speedOf(ours), emulate: await speedOf(emulate), express: await speedOf(express) });
  }
  const typical = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value));
  const rate = (of: 'emulate' | 'express'): string => `${Math.round(typical((round) => round[of].rate))} /s`;
  return [
    figure(`${name}, ${CONNECTIONS} connections`, typical((round) => round.ours.rate), '/s'), // prettier-ignore
    atMost(`${name}, p99`, typical((round) => round.ours.p99), 15, 'ms'), // prettier-ignore
    atLeast(`${name}, ratio to emulate (${rate('emulate')})`, typical((round) => round.ours.rate / round.emulate.rate), 2, ''), // prettier-ignore
    atLeast(`${name}, ratio to bare Express (${rate('express')})`, typical((round) => round.ours.rate / round.express.rate), 0.5, ''), // prettier-ignore
  ];
}

/** What a POST answers, read and as it was sent. */
async function made<Answer>({ url, headers, body }: Load): Promise<[Answer, string]> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body ?? '' });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${text}`);
  return [JSON.parse(text) as Answer, text];
}
