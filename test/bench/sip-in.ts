import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { control, pinned, residentMegabytes, startEmulatorProcess } from './processes.ts';
import { atLeast, figure, holds, type Row } from './table.ts';

const RATE = 1000;
const SECONDS = 60;
const run = promisify(execFile);

interface Statistics {
  journal: { entries: number; bytes: number; evicted: { entries: number; journeys: number } };
  records: Record<string, number>;
  storeBytes: number;
}

interface SippResult {
  successful: number;
  failed: number;
  retransmissions: number;
  seconds: number;
}

/** Calls the line with SIPp's own scenario: INVITE, 180, 200, ACK, BYE, 200. */
async function sipp(target: string, line: string, rate: number, calls: number): Promise<SippResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-'));
  const file = join(folder, 'stat.csv');
  const words = `-sn uac -s ${line} -i 127.0.0.1 -r ${rate} -m ${calls} -l 100000 -d 0 -buff_size 4000000 -nostdin -trace_stat -stf ${file} -fd 1`;
  const command = [...pinned(1), 'sipp', target, ...words.split(' ')] as [string, ...string[]];
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

/** SIP-IN as UAS under load from SIPp, with everything that a call leaves behind. */
export async function sipInRows(): Promise<Row[]> {
  const emulator = await startEmulatorProcess({ core: 0 });
  const { first: up, child } = emulator;
  const { subdomain } = up.account;
  const statistics = (): Promise<Statistics> => control<Statistics>(up, 'GET', `/accounts/${subdomain}/statistics`);
  const program = child.pid as number;
  const samples: { second: number; megabytes: number; state: number }[] = [];
  const begin = performance.now();
  const sampler = setInterval(() => {
    const megabytes = residentMegabytes(program);
    const second = (performance.now() - begin) / 1000;
    void statistics().then((now) => samples.push({ second, megabytes, state: now.storeBytes / 2 ** 20 }));
  }, 5000);
  try {
    const before = await statistics();
    const result = await sipp(up.sip.udp, up.sipIn?.user ?? 'support', RATE, RATE * SECONDS);
    clearInterval(sampler);
    const after = await settled(statistics);
    const gained = (name: string): number => (after.records[name] ?? 0) - (before.records[name] ?? 0);
    const made = Object.keys(after.records).filter((name) => gained(name) !== 0);
    const late = samples.filter((sample) => sample.second > 40).map((sample) => sample.megabytes - sample.state);
    return [
      atLeast('SIP-IN, calls per second for 60 s, one core', result.successful / result.seconds, RATE * 0.97, '/s'),
      holds(
        'failed calls, retransmissions',
        `${result.failed}, ${result.retransmissions}`,
        '0, 0',
        result.failed + result.retransmissions === 0,
      ),
      holds(
        'tickets made, calls made by SIPp',
        `${gained('tickets')}, ${result.successful}`,
        'equal',
        gained('tickets') === result.successful,
      ),
      figure('records made', made.map((name) => `${name} ${gained(name)}`).join(', ')),
      figure('journal entries', `${after.journal.entries} kept, ${after.journal.evicted.entries} evicted`),
      holds(
        'memory without the records, after 40 s',
        late.map((megabytes) => Math.round(megabytes)).join(' ') + ' MB',
        'levels off',
        late.length > 1 && (late.at(-1) as number) < 1.15 * (late[0] as number),
      ),
      figure(
        'resident memory at the end, of which records',
        `${Math.round(residentMegabytes(program))}, ${Math.round(after.storeBytes / 2 ** 20)}`,
        'MB',
      ),
      ...(await ratioRows(result.successful / result.seconds)),
    ];
  } finally {
    clearInterval(sampler);
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

/** The highest rate without failure or retransmission, ours and that of SIPp's own UAS, in short runs. */
async function ratioRows(floor: number): Promise<Row[]> {
  let ours = floor;
  for (const rate of [1500, 2000, 2500, 3000]) {
    const emulator = await startEmulatorProcess({ core: 0 });
    const result = await sipp(emulator.first.sip.udp, emulator.first.sipIn?.user ?? 'support', rate, rate * 8);
    await emulator.stop();
    if (result.failed + result.retransmissions > 0) break;
    ours = rate;
  }
  const port = await freeUdpPort();
  const words = `-sn uas -i 127.0.0.1 -p ${port} -buff_size 4000000 -nostdin`;
  const [program, ...args] = [...pinned(0), 'sipp', ...words.split(' ')] as [string, ...string[]];
  const uas = execFile(program, args);
  let theirs = 0;
  for (const rate of [5000, 10_000, 20_000]) {
    const result = await sipp(`127.0.0.1:${port}`, 'service', rate, rate * 5);
    if (result.failed + result.retransmissions > 0) break;
    theirs = rate;
  }
  uas.kill('SIGKILL');
  return [figure(`highest clean rate, ratio to sipp -sn uas (${theirs} /s)`, `${ours} /s, ${(ours / theirs).toFixed(2)}`)];
}
