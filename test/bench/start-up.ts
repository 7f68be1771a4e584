import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmulator, type UpJson } from 'ringback/emulator';
import { askOptions } from '../peers/ask-options.ts';
import { control, residentMegabytes } from './processes.ts';
import { atMost, median, type Row } from './table.ts';

const RUNS = 9;
/** Node's code cache, which the package's launcher switches on; the first run fills it. */
const CODE_CACHE = join(tmpdir(), 'ringback-bench-code-cache');

/** Resolves when something at the address answers an OPTIONS request. */
async function answersOptions(address: string): Promise<void> {
  const answer = await askOptions(address);
  if (!answer.startsWith('SIP/2.0 200')) throw new Error(`OPTIONS was answered ${answer.split('\r\n')[0]}`);
}

async function oneStart(): Promise<{ milliseconds: number; megabytes: number }> {
  const begin = performance.now();
  const env = { ...process.env, NODE_COMPILE_CACHE: CODE_CACHE };
  const child = spawn(process.execPath, ['dist/harness/cli/main.js', 'up', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const up = JSON.parse(line) as UpJson;
  await control(up, 'GET', '/');
  await answersOptions(up.sip.udp);
  const milliseconds = performance.now() - begin;
  const megabytes = residentMegabytes(child.pid as number);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { milliseconds, megabytes };
}

/** Starts of the compiled emulator in a process of its own, of one in this process, and resets. */
export async function startUpRows(): Promise<Row[]> {
  const starts = [];
  for (let run = 0; run < RUNS; run++) starts.push(await oneStart());
  const inside: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now();
    const emulator = await startEmulator();
    inside.push(performance.now() - begin);
    await emulator.stop();
  }
  const emulator = await startEmulator();
  const up = emulator.describe();
  const resets: number[] = [];
  const headers = {
    authorization: `Basic ${Buffer.from(`${up.account.email}/token:${up.account.apiToken}`).toString('base64')}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({
    ticket: { subject: 'Bench', comment: { body: 'Hello' }, requester: { name: 'A', email: 'a@example.com' } },
  });
  for (let run = 0; run < 5 * RUNS; run++) {
    const created = await fetch(`${up.account.url}/api/v2/tickets`, { method: 'POST', headers, body });
    if (created.status !== 201) throw new Error(`the ticket was not made: ${await created.text()}`);
    await created.arrayBuffer();
    const begin = performance.now();
    await control(up, 'POST', '/reset', {});
    resets.push(performance.now() - begin);
  }
  await emulator.stop();
  return [
    atMost('process start to first 200 and OPTIONS answered', median(starts.map((start) => start.milliseconds)), 300, 'ms'),
    atMost('resident memory then', median(starts.map((start) => start.megabytes)), 100, 'MB'),
    atMost('start in this process', median(inside), 50, 'ms'),
    atMost('reset with a ticket and a user to take back, over HTTP', median(resets), 2, 'ms'),
  ];
}
