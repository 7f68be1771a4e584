import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { UpJson } from 'ringback/emulator';
import { skipWithout } from '../../test/peers/programs.ts';
import { complaintAboutNode } from './node-version.js';
import { refuseVitest } from './scenarios-command.ts';

const launcher = fileURLToPath(new URL('./ringback.js', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
});

interface Run {
  readonly child: ChildProcess;
  readonly stdout: string[];
  readonly stderr: string[];
  /** The first line; where there is none, what was said instead. */
  line(): Promise<string>;
  /** Resolves once the output has it. @throws Error when it ends without */
  printed(wanted: RegExp): Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Run {
  const { npm_command: _command, npm_lifecycle_event: _event, ...clean } = process.env;
  const child = spawn(command, args, { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const stdout: string[] = [];
  const stderr: string[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => stdout.push(line));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk.toString('utf8')));
  const ended = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }));
  const printed = (wanted: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (wanted.test(stdout.join('\n'))) resolve();
      };
      lines.on('line', look);
      look();
      void ended.then(() => reject(new Error(`it ended without printing ${wanted}: ${stderr.join('')}`)));
    });
  return {
    child,
    stdout,
    stderr,
    ended,
    printed,
    line: () =>
      printed(/./).then(
        () => stdout[0] as string,
        (error: Error) => error.message,
      ),
  };
}

const ringback = (...args: string[]): Run => run(process.execPath, [launcher, ...args]);

const alive = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

describe('ringback up', () => {
  test.for(['SIGTERM', 'SIGINT'] as const)('--json prints one line when ready, and %s stops it cleanly', async (signal) => {
    const up = ringback('up', '--json', '--bridge', 'sip:127.0.0.1:5070', '--random-seed', '7');
    const told = JSON.parse(await up.line()) as UpJson;
    expect(told).toMatchObject({ randomSeed: 7, trunk: { originationUri: 'sip:127.0.0.1:5070' } });
    expect(await (await fetch(told.controlUrl)).json()).toEqual(told);
    up.child.kill(signal);
    expect(await up.ended).toEqual({ code: 0, signal: null });
    expect(up.stdout).toHaveLength(1);
    expect(up.stderr).toEqual([]);
    expect(await alive(told.controlUrl)).toBe(false);
  });

  test('prints every address and credential for people', async () => {
    const up = ringback('up');
    await up.line();
    up.child.kill('SIGTERM');
    await up.ended;
    const text = up.stdout.join('\n');
    for (const part of [
      /base URL +http:\/\/127\.0\.0\.1:\d+\/zendesk\/acme\/api\/v2/,
      /e-mail +admin@acme\.example/,
      /API token +acme-demo-api-token/,
      /Talk line +\+14155550150/,
      /URI +sip:support@acme\.zendesk\.sip\.twilio\.com/,
      /outbound proxy +127\.0\.0\.1:\d+/,
      /number +\+14155550199/,
      /URL +http:\/\/127\.0\.0\.1:\d+\/control/,
    ]) {
      expect(text).toMatch(part);
    }
  });

  test('the commands that it prints work as printed, and what they do is printed', async ({ skip }) => {
    skipWithout(skip, 'curl');
    const up = ringback('up');
    await up.printed(/Ctrl-C stops/);
    const commands = up.stdout.map((line) => line.trim()).filter((line) => line.startsWith('curl '));
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      const curl = run('/bin/sh', ['-c', command.replace('curl', 'curl --silent --show-error --fail')]);
      expect(await curl.ended).toEqual({ code: 0, signal: null });
      expect(curl.stdout.join('')).toMatch(/^\{"(id|journey|journeys)":/);
    }
    await up.printed(/^\d\d:\d\d:\d\d\.\d{3} {2}caller → talk +\+14155550100 dials \+14155550150$/m);
    up.child.kill('SIGTERM');
    expect(await up.ended).toEqual({ code: 0, signal: null });
  });

  test('--quiet prints the addresses and no more; nobody reading does no harm', async () => {
    const [quiet, unread] = [ringback('up', '--quiet'), ringback('up')];
    for (const up of [quiet, unread]) await up.printed(/Ctrl-C stops/);
    unread.child.stdout?.destroy();
    for (const up of [quiet, unread]) {
      const url = /URL +(\S+\/control)$/m.exec(up.stdout.join('\n'))?.[1];
      for (const from of ['+14155550100', '+14155550101']) {
        expect((await fetch(`${url}/calls`, { method: 'POST', body: JSON.stringify({ from }) })).status).toBe(201);
      }
      up.child.kill('SIGTERM');
    }
    expect(await Promise.all([quiet.ended, unread.ended])).toEqual([quiet, unread].map(() => ({ code: 0, signal: null })));
    expect(quiet.stdout.join('\n')).not.toContain('dials');
  });

  test('takes a seed file, and addresses for bridges elsewhere', async () => {
    const seed = join(mkdtempSync(join(tmpdir(), 'ringback-')), 'seed.json');
    writeFileSync(seed, JSON.stringify({ subdomain: 'globex', email: 'owner@globex.example' }));
    const up = ringback('up', '--json', '--seed', seed, '--host', '0.0.0.0', '--public-address', '192.0.2.10');
    const told = JSON.parse(await up.line()) as UpJson;
    expect(told).toMatchObject({
      controlUrl: expect.stringMatching(/^http:\/\/192\.0\.2\.10:\d+\/control$/),
      account: { subdomain: 'globex', email: 'owner@globex.example' },
      sip: { udp: expect.stringMatching(/^192\.0\.2\.10:\d+$/) },
    });
    expect(await alive(told.controlUrl.replace('192.0.2.10', '127.0.0.1'))).toBe(true);
  });

  test('keeps its state in a file', async () => {
    const data = join(mkdtempSync(join(tmpdir(), 'ringback-')), 'state.sqlite');
    const first = ringback('up', '--json', '--data', data);
    const before = JSON.parse(await first.line()) as UpJson;
    const rival = ringback('up', '--json', '--data', data);
    expect(await rival.ended).toEqual({ code: 1, signal: null });
    expect(rival.stderr.join('')).toMatch(
      /^ringback: cannot keep the state in .*: database is locked; another emulator has it open: .*\n$/,
    );
    await fetch(`${before.controlUrl}/accounts`, { method: 'POST', body: '{"subdomain":"globex"}' });
    first.child.kill('SIGTERM');
    await first.ended;
    const seed = join(mkdtempSync(join(tmpdir(), 'ringback-')), 'seed.json');
    writeFileSync(seed, JSON.stringify({ subdomain: 'initech' }));
    const second = ringback('up', '--json', '--data', data, '--seed', seed, '--bridge-tone-hz', '230');
    const after = JSON.parse(await second.line()) as UpJson;
    expect(after).toMatchObject({ line: before.line, trunk: before.trunk, account: { apiToken: before.account.apiToken } });
    const { accounts } = (await (await fetch(`${after.controlUrl}/accounts`)).json()) as { accounts: unknown[] };
    expect(accounts).toHaveLength(2);
    expect(await (await fetch(`${after.controlUrl}/accounts/acme/settings`)).json()).toMatchObject({ bridgeToneHz: 230 });
    const call = await fetch(`${after.controlUrl}/calls`, { method: 'POST', body: '{"from":"+14155550100"}' });
    expect(call.status).toBe(201);
    expect((await fetch(`${after.controlUrl}/reset`, { method: 'POST' })).status).toBe(200);
    expect(await (await fetch(after.controlUrl)).json()).toEqual(after);
    second.child.kill('SIGTERM');
    await second.ended;
    expect([first.stderr.join(''), second.stderr.join('')]).toEqual([
      '',
      expect.stringMatching(/^ringback: .*\.sqlite has accounts already, .*: the seed .*seed\.json is not used\. .*\n$/),
    ]);
    expect(second.stdout).toHaveLength(1);
  });

  test('a port in use is one clear line and exit code 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const up = ringback('up', '--json', '--port', String(port));
    expect(await up.ended).toEqual({ code: 1, signal: null });
    expect(up.stderr.join('')).toBe(
      `ringback: cannot listen for HTTP on 127.0.0.1:${port}: TCP port ${port} on 127.0.0.1 is in use; stop what uses it, or choose another with --port (0: any free one)\n`,
    );
    server.close();
  });

  test('so is a SIP port in use', async () => {
    const other = ringback('up', '--json');
    const { sip } = JSON.parse(await other.line()) as UpJson;
    const port = sip.udp.split(':')[1] as string;
    const up = ringback('up', '--json', '--sip-port', port);
    expect(await up.ended).toEqual({ code: 1, signal: null });
    expect(up.stderr.join('')).toMatch(
      /^ringback: cannot listen for SIP on 127\.0\.0\.1:\d+: UDP port \d+ .* is in use; .*--sip-port.*\n$/,
    );
  });

  test.for([
    [['--seed', '/nowhere/seed.json'], /^ringback: cannot read the seed file \/nowhere\/seed\.json \(ENOENT\)/],
    [['--seed', launcher], /^ringback: the seed file .* is not JSON/],
    [
      ['--data', '/nowhere/state.sqlite'],
      /^ringback: cannot keep the state in \/nowhere\/state\.sqlite: unable to open .*; give --data .*\n$/,
    ],
    [['--data', launcher], /^ringback: cannot keep the state in .*ringback\.js: file is not a database; give --data .*\n$/],
    [['--port', 'x'], /^error: option '--port <number>' argument 'x' is invalid\. It must be a port/],
    [['--rtp-ports', '9-3'], /It must be two ports such as 20000-20100/],
    [['--bridge', 'tel:1'], /It must be a SIP URI/],
    [['--bridge-tone-hz', '350'], /^ringback: bridgeToneHz is 350, which cannot be the bridge's tone: Talk plays it \(hold\)\n$/],
    [['--host', '203.0.113.1'], /^ringback: cannot listen for HTTP on 203\.0\.113\.1:0: 203\.0\.113\.1 is not an address of this machine/],
    ...['192.0.2.10:5060', 'http://192.0.2.10'].map(
      (address) =>
        [
          ['--public-address', address],
          /^ringback: cannot use ".*" as --public-address: .*; give the address alone .* such as 192\.0\.2\.10, .*\n$/,
        ] as const,
    ),
    [['--media-address', '0.0.0.0'], /^ringback: cannot use "0\.0\.0\.0" as --media-address: nobody can be reached there; .*\n$/],
    [['--what'], /^error: unknown option '--what'/],
  ] as const)('%j is refused', async ([args, message]) => {
    const up = ringback('up', '--json', ...args);
    expect(await up.ended).toEqual({ code: 1, signal: null });
    expect(up.stderr.join('')).toMatch(message);
    expect(up.stdout).toEqual([]);
  });

  test('what is wrong with the JSON of a seed is one line, although it quotes several', async () => {
    const seed = join(mkdtempSync(join(tmpdir(), 'ringback-')), 'seed.json');
    writeFileSync(seed, '{\n "subdomain": acme,\n "users": []\n}');
    const up = ringback('up', '--json', '--seed', seed);
    expect(await up.ended).toEqual({ code: 1, signal: null });
    expect(up.stderr.join('')).toMatch(/^ringback: the seed file .* is not JSON: Unexpected token 'a', .*\n$/);
  });

  test('a seed that does not fit is said to be so', async () => {
    const seed = join(mkdtempSync(join(tmpdir(), 'ringback-')), 'seed.json');
    writeFileSync(seed, JSON.stringify({ users: [{ name: 'Ada', role: 'queen' }] }));
    const up = ringback('up', '--json', '--seed', seed);
    expect(await up.ended).toEqual({ code: 1, signal: null });
    expect(up.stderr.join('')).toMatch(
      /^ringback: the seed cannot be used: users\.0\.role must be one of "end-user", "agent", "admin"; docs/,
    );
  });

  test('under npm it ends with the shell that started it', async () => {
    const command = `"${process.execPath}" "${launcher}" up --json; true`;
    const shell = run('/bin/sh', ['-c', command], { npm_command: 'run' });
    const told = JSON.parse(await shell.line()) as UpJson;
    shell.child.kill('SIGKILL');
    // Its output closes only when no process holds it any more: nothing is left behind.
    expect(await shell.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await alive(told.controlUrl)).toBe(false);
  });
});

describe('ringback', () => {
  test('explains itself', async () => {
    const help = ringback('--help');
    expect(await help.ended).toEqual({ code: 0, signal: null });
    expect(help.stdout.join('\n')).toMatch(/up \[options\].*start the emulator[\s\S]*scenarios/);
    const upHelp = ringback('up', '--help');
    expect(await upHelp.ended).toEqual({ code: 0, signal: null });
    for (const flag of [
      '--json',
      '--quiet',
      '--port',
      '--sip-port',
      '--bridge',
      '--bridge-tone-hz',
      '--seed',
      '--data',
      '--host',
      '--public-address',
      '--media-address',
      '--rtp-ports',
      '--random-seed',
    ]) {
      expect(upHelp.stdout.join('\n')).toContain(flag);
    }
  });

  test('scenarios explains itself, wherever help is asked for, and not as vitest does', async () => {
    for (const args of [['--help'], ['several-callers', '--watch', '-h']]) {
      const help = ringback('scenarios', ...args);
      expect(await help.ended).toEqual({ code: 0, signal: null });
      expect(help.stdout.join('\n')).toMatch(
        /^Usage: ringback scenarios \[options\] \[filters\.\.\.\][\s\S]*--config <file>[\s\S]*npx vitest --help/,
      );
    }
  });

  test('tells its version', async () => {
    const version = ringback('--version');
    expect(await version.ended).toEqual({ code: 0, signal: null });
    expect(version.stdout).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/)]);
  });

  test('a vitest that will not do is refused with what to do', () => {
    expect(() => refuseVitest(undefined)).toThrow(
      'Scenarios run on vitest 5, which is not installed.\nWhat to do: npm install --save-dev vitest@5',
    );
    expect(() => refuseVitest({ version: '4.1.12' })).toThrow('Scenarios run on vitest 5, but 4.1.12 is installed.');
    expect(() => refuseVitest({ version: '5.1.1' })).not.toThrow();
  });

  test('a Node that will not do is refused in one line with what to do', () => {
    for (const version of ['20.20.2', '22.17.1', '8.0.0'])
      expect(complaintAboutNode(version)).toBe(
        `ringback: needs Node 22.18 or newer, this is ${version}; ` +
          'run `npm ci` with install scripts allowed, which brings the right Node along, or use a newer one',
      );
    for (const version of ['22.18.0', '23.0.0', '24.21.0']) expect(complaintAboutNode(version)).toBeUndefined();
  });

  test('without a command it shows what there is', async () => {
    expect((await ringback().ended).code).toBe(1);
    expect((await ringback('down').ended).code).toBe(1);
  });
});
