import { setTimeout } from 'node:timers/promises';
import { rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { UpJson } from 'ringback/emulator';
import { control, residentMegabytes, startEmulatorProcess } from './processes.ts';
import { basic, speedOf } from './rest.ts';
import { atMost, figure, holds, median, type Row } from './table.ts';

const TICKETS = 100_000;
/** Characters of each ticket's text, in words of a vocabulary. */
const TEXT = 600;
const VOCABULARY = Array.from({ length: 2_000 }, (_, index) => `word${index.toString(36)}`);
const ROUNDS = 5;
/** What is searched for: one word that few or all tickets have, several, a phrase, a beginning, properties. */
const SEARCHES = [
  'worda1',
  'ticket',
  'type:ticket worda1 wordb2',
  '"worda1 wordb2"',
  'worda*',
  'type:ticket status:new tags:bench',
  'type:ticket created>1hour -worda1',
  'type:ticket requester:me priority>low',
];

/** One account with 100,000 tickets: reads beside an almost empty account of the same emulator, searches, a snapshot file, memory. */
export async function sizeRows(): Promise<Row[]> {
  const emulator = await startEmulatorProcess({ core: 0 });
  const up = emulator.first;
  const file = join(tmpdir(), `ringback-bench-${process.pid}.ringback`);
  try {
    const small = await control<Pick<UpJson, 'account'>>(up, 'POST', '/accounts', { subdomain: 'small' });
    for (const { account } of [small, up]) await control(up, 'PUT', `/accounts/${account.subdomain}/settings`, { rateLimits: false });
    await fill(small.account, 100);
    const rate = await fill(up.account, TICKETS);
    const rows = [figure(`tickets created, ${TEXT} characters each, 10 connections`, rate, '/s')];
    rows.push(figure('search right behind them', await searchTime(up.account, 'ticket'), 'ms'));
    rows.push(...(await searchRows(up.account)), ...(await readRows(small.account, up.account)));
    const times = { snapshot: [] as number[], restore: [] as number[] };
    for (let round = 0; round < 3; round += 1) {
      for (const what of ['snapshot', 'restore'] as const) {
        const begin = performance.now();
        await control(up, 'POST', `/${what}`, { file });
        times[what].push((performance.now() - begin) / 1000);
      }
    }
    rows.push(
      atMost(`snapshot to a file (${Math.round(statSync(file).size / 2 ** 20)} MB)`, median(times.snapshot), 2, 's'),
      atMost('restore from it', median(times.restore), 2, 's'),
      holds('tickets then', String(await countOf(up.account)), String(TICKETS), (await countOf(up.account)) === TICKETS),
    );
    const { storeBytes } = await control<{ storeBytes: number }>(up, 'GET', `/accounts/${up.account.subdomain}/statistics`);
    // What it gives back when there is nothing else to do (`memory.ts`): the search index is built again first.
    await setTimeout(20_000);
    rows.push(
      atMost('resident memory at rest', residentMegabytes(emulator.child.pid as number), 500, 'MB'),
      figure('of which records', storeBytes / 2 ** 20, 'MB'),
    );
    return rows;
  } finally {
    rmSync(file, { force: true });
    await emulator.stop();
  }
}

type Account = UpJson['account'];

const headersOf = (account: Account): Record<string, string> => basic(`${account.email}/token`, account.apiToken);

/** Creates tickets over REST; returns how many a second. */
async function fill(account: Account, amount: number): Promise<number> {
  let made = 0;
  let seed = 1;
  const word = (): string => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return VOCABULARY[seed % VOCABULARY.length] as string;
  };
  const draft = (): string => {
    let body = '';
    while (body.length < TEXT) body += `${word()} `;
    return JSON.stringify({
      ticket: { subject: `Ticket ${made++}`, comment: { body: body.slice(0, TEXT) }, tags: ['bench'], priority: 'normal' },
    });
  };
  const answers = new Map<number, number>();
  const run = await autocannon({
    url: `${account.url}/api/v2/tickets`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(account) },
    connections: 10,
    amount,
    setupClient: (client) => {
      client.setBody(draft());
      client.on('response', (status) => {
        answers.set(status, (answers.get(status) ?? 0) + 1);
        client.setBody(draft());
      });
    },
  });
  const refused = run.non2xx + run.errors;
  if (refused > 0) throw new Error(`${refused} tickets were not created: ${JSON.stringify([...answers])}, ${run.timeouts} timeouts`);
  return amount / ((run.finish.getTime() - run.start.getTime()) / 1000);
}

async function countOf(account: Account): Promise<number> {
  const answer = await fetch(`${account.url}/api/v2/tickets/count`, { headers: headersOf(account) });
  return ((await answer.json()) as { count: { value: number } }).count.value;
}

/** Milliseconds until the first page of results is here. */
async function searchTime(account: Account, query: string): Promise<number> {
  const begin = performance.now();
  const answer = await fetch(`${account.url}/api/v2/search?query=${encodeURIComponent(query)}`, { headers: headersOf(account) });
  const { count } = (await answer.json()) as { count?: number };
  if (count === undefined) throw new Error(`search for ${query} was answered ${answer.status}`);
  return performance.now() - begin;
}

async function searchRows(account: Account): Promise<Row[]> {
  const times: { query: string; typical: number }[] = [];
  for (const query of SEARCHES) {
    const runs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) runs.push(await searchTime(account, query));
    times.push({ query, typical: median(runs) });
  }
  const slowest = times.toSorted((a, b) => b.typical - a.typical)[0] as (typeof times)[number];
  return [
    atMost(`search among ${TICKETS}, the slowest of ${SEARCHES.length} kinds (${slowest.query})`, slowest.typical, 50, 'ms'),
    figure('search, typical kind', median(times.map(({ typical }) => typical)), 'ms'),
  ];
}

async function readRows(small: Account, large: Account): Promise<Row[]> {
  const load = (account: Account, id: number) => ({ url: `${account.url}/api/v2/tickets/${id}`, headers: headersOf(account) });
  const p99 = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    p99.small.push((await speedOf(load(small, 1 + round))).p99);
    p99.large.push((await speedOf(load(large, TICKETS - round * 9_999))).p99);
  }
  // The least disturbed round of each: whatever else the machine does only adds.
  const [few, many] = [Math.min(...p99.small), Math.min(...p99.large)];
  return [holds(`ticket read, p99 among 100 and among ${TICKETS}`, `${few}, ${many} ms`, 'unchanged', many <= few + 1)];
}
