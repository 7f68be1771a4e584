import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { UpJson } from 'ringback/emulator';
import { control, cpuMilliseconds, pinned, residentMegabytes, startEmulatorProcess } from './processes.ts';
import { atLeast, figure, holds, type Row } from './table.ts';

const RATE = 1000;
/** A little more, since the time is that from SIPp's start to its end. */
const OFFERED = 1010;
const SECONDS = 60;
/** Before what is measured: a process that has just started compiles its code while it runs, that of the 32 s timers when they fire. */
const WARM_UP = { rate: 500, seconds: 40 };
/** Milliseconds until the first calls' 32 s timers end: from then on as much goes as comes. */
const TIMERS_TURN_OVER = 32_000;
/** Before a short run, in which none of those timers fires. */
const SHORT_WARM_UP = { rate: 250, seconds: 20 };
const SCENARIO = join(import.meta.dirname, 'sipp/uac.xml');
const run = promisify(execFile);

interface Statistics {
  journal: { entries: number; bytes: number; last: number; evicted: { entries: number; journeys: number } };
  records: Record<string, number>;
  storeBytes: number;
}

interface SippResult {
  successful: number;
  failed: number;
  retransmissions: number;
  seconds: number;
}

let callers = 0;

/** Calls the line with SIPp: ours is SIPp's own scenario with callers that have numbers, each call a caller of its own. */
async function sipp(target: string, line: string, rate: number, calls: number, scenario = ['-sf', SCENARIO]): Promise<SippResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-'));
  const file = join(folder, 'stat.csv');
  const numbers = Array.from({ length: calls }, () => `+1415${2_000_000 + callers++}`);
  writeFileSync(join(folder, 'callers.csv'), `SEQUENTIAL\n${numbers.join('\n')}\n`);
  const words = `-inf callers.csv -s ${line} -i 127.0.0.1 -r ${rate} -m ${calls} -l 100000 -d 0 -buff_size 4000000 -nostdin -trace_stat -stf ${file} -fd 1`;
  const command = [...pinned(1), 'sipp', target, ...scenario, ...words.split(' ')] as [string, ...string[]];
  const begin = performance.now();
  await run(command[0], command.slice(1), { cwd: folder, maxBuffer: 2 ** 26 }).catch((error: { code?: number }) => {
    if (error.code !== 1) throw error;
  });
  const seconds = (performance.now() - begin) / 1000;
  const [names, ...lines] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((text) => text.split(';'));
  const last = lines.at(-1) ?? [];
  const value = (name: string): number => Number(last[(names ?? []).indexOf(name)]);
  rmSync(folder, { recursive: true });
  return { successful: value('SuccessfulCall(C)'), failed: value('FailedCall(C)'), retransmissions: value('Retransmissions(C)'), seconds };
}

/**
 * Subscribes a webhook to new tickets, and lets a fault drop its deliveries: each ticket has its outbox row, written with
 * the ticket and kept, while HTTP to a receiver is not what is measured here.
 */
async function subscribe(up: UpJson): Promise<void> {
  const { subdomain, email, apiToken, url } = up.account;
  await control(up, 'PUT', `/accounts/${subdomain}/settings`, { webhookActivityKept: 1_000_000 });
  await control(up, 'POST', '/faults', { account: subdomain, target: 'webhook', action: 'drop' });
  const webhook = {
    name: 'Bench',
    endpoint: 'http://127.0.0.1:9/',
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: ['zen:event-type:ticket.created'],
  };
  const response = await fetch(`${url}/api/v2/webhooks`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ webhook }),
  });
  if (!response.ok) throw new Error(`the webhook is not made: ${await response.text()}`);
}

/** Megabytes that were alive after each full collection that the engine tells of; what is resident besides waits to be collected. */
function afterFullCollections(output: readonly string[]): number[] {
  return output.flatMap((line) => /Mark-Compact .*? -> ([\d.]+) \(/.exec(line)?.slice(1).map(Number) ?? []);
}

/** Of these each call leaves one. */
const EACH = ['talk_calls', 'talk_legs', 'users', 'tickets', 'webhook_deliveries'];

/**
 * SIP-IN as UAS under load from SIPp, with everything that a call leaves behind: on one core, to which all threads of the emulator
 * are bound, those of the engine (which collect and compile) included.
 */
export async function sipInRows(): Promise<Row[]> {
  const emulator = await startEmulatorProcess({ core: 0, engine: ['--trace-gc'] });
  const { first: up, child } = emulator;
  const { subdomain } = up.account;
  const statistics = (): Promise<Statistics> => control<Statistics>(up, 'GET', `/accounts/${subdomain}/statistics`);
  const program = child.pid as number;
  const line = up.sipIn?.user ?? 'support';
  await subscribe(up);
  await sipp(up.sip.udp, line, WARM_UP.rate, WARM_UP.rate * WARM_UP.seconds);
  let turnedOver = Infinity;
  try {
    const before = await settled(statistics);
    const used = cpuMilliseconds(program);
    const turn = setTimeout(() => (turnedOver = emulator.output.length), TIMERS_TURN_OVER);
    const result = await sipp(up.sip.udp, line, OFFERED, OFFERED * SECONDS);
    clearTimeout(turn);
    const after = await settled(statistics);
    const processorTime = cpuMilliseconds(program) - used;
    const gained = (name: string): number => (after.records[name] ?? 0) - (before.records[name] ?? 0);
    const made = Object.keys(after.records).filter((name) => gained(name) !== 0);
    const late = afterFullCollections(emulator.output.slice(turnedOver));
    return [
      atLeast('SIP-IN, calls per second for 60 s, on one core', result.successful / result.seconds, RATE, '/s'),
      holds(
        'failed calls, retransmissions',
        `${result.failed}, ${result.retransmissions}`,
        '0, 0',
        result.failed + result.retransmissions === 0,
      ),
      figure(
        'processor time per call; share of the core',
        `${(processorTime / result.successful).toFixed(2)} ms, ${(processorTime / 1000 / result.seconds).toFixed(2)}`,
      ),
      holds(
        `${EACH.join(', ')}; calls made by SIPp`,
        `${EACH.map(gained).join(', ')}; ${result.successful}`,
        'equal',
        EACH.every((name) => gained(name) === result.successful),
      ),
      figure('records made', made.map((name) => `${name} ${gained(name)}`).join(', ')),
      figure(
        'journal entries, per call',
        `${after.journal.entries} kept, ${after.journal.evicted.entries} evicted, ${((after.journal.last - before.journal.last) / result.successful).toFixed(1)}`,
      ),
      holds(
        'heap after each full collection, from 32 s on',
        `${late.map(Math.round).join(' ')} MB`,
        'levels off',
        late.length > 1 && (late.at(-1) as number) < 1.15 * (late[0] as number),
      ),
      figure(
        'resident memory at the end, of which records',
        `${Math.round(residentMegabytes(program))}, ${Math.round(after.storeBytes / 2 ** 20)}`,
        'MB',
      ),
      ...(await ratioRows(result.failed + result.retransmissions === 0 ? RATE : 0)),
    ];
  } finally {
    await emulator.stop();
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Waits until the last calls are written. */
async function settled(statistics: () => Promise<Statistics>): Promise<Statistics> {
  let previous = await statistics();
  for (let turn = 0; turn < 50; turn++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const next = await statistics();
    if (JSON.stringify(next.records) === JSON.stringify(previous.records)) return next;
    previous = next;
  }
  return previous;
}

/** So much of the offered rate has to be reached, from SIPp's start to its end: what only piles up is not served. */
const SERVED = 0.95;

function isServed({ successful, failed, retransmissions, seconds }: SippResult, rate: number): boolean {
  return failed + retransmissions === 0 && successful / seconds >= SERVED * rate;
}

/** The highest rate that is served on one core without failure or retransmission, ours and that of SIPp's own UAS, in short runs. */
async function ratioRows(floor: number): Promise<Row[]> {
  let ours = floor;
  for (const rate of [400, 600, 800, 1000, 1250, 1500, 2000].filter((each) => each > floor)) {
    const emulator = await startEmulatorProcess({ core: 0 });
    const {
      sip: { udp },
      sipIn,
    } = emulator.first;
    const line = sipIn?.user ?? 'support';
    await subscribe(emulator.first);
    await sipp(udp, line, SHORT_WARM_UP.rate, SHORT_WARM_UP.rate * SHORT_WARM_UP.seconds);
    const result = await sipp(udp, line, rate, rate * 8);
    await emulator.stop();
    if (!isServed(result, rate)) break;
    ours = rate;
  }
  const port = await freeUdpPort();
  const words = `-sn uas -i 127.0.0.1 -p ${port} -buff_size 4000000 -nostdin`;
  const [program, ...args] = [...pinned(0), 'sipp', ...words.split(' ')] as [string, ...string[]];
  const uas = execFile(program, args);
  let theirs = 0;
  for (const rate of [5000, 10_000, 20_000]) {
    const result = await sipp(`127.0.0.1:${port}`, 'service', rate, rate * 5, ['-sn', 'uac']);
    if (!isServed(result, rate)) break;
    theirs = rate;
  }
  uas.kill('SIGKILL');
  return [figure(`highest clean rate for 8 s, ratio to sipp -sn uas (${theirs} /s)`, `${ours} /s, ${(ours / theirs).toFixed(2)}`)];
}
