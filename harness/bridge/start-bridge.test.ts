import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { UpJson } from '../emulator/up-json.ts';
import type { BridgeConfig, CommandBridge, InProcessBridge } from './config.ts';
import { startBridge } from './start-bridge.ts';
import type { StartedBridge } from './started-bridge.ts';

const EMULATOR = { account: { subdomain: 'acme' }, sip: { udp: '127.0.0.1:5060' } } as UpJson;

async function start(config: BridgeConfig): Promise<StartedBridge> {
  const bridge = await startBridge(config, { emulator: EMULATOR, cwd: process.cwd() });
  onTestFinished(() => bridge.stop());
  return bridge;
}

const script = (text: string): CommandBridge['command'] => [process.execPath, '-e', text];
const STAYS = 'setInterval(() => {}, 1000);';

test('a command tells on standard output where it is; its environment comes from the emulator', async () => {
  const bridge = await start({
    command: script(
      `console.log('noise'); console.log('{"not":"ready"}'); console.log(JSON.stringify({ ready: true, sip: process.env.SIP, http: 'http://h' })); ${STAYS}`,
    ),
    env: ({ emulator }) => ({ SIP: emulator.sip.udp }),
    readiness: { json: true },
  });
  expect(bridge.address).toEqual({ sip: '127.0.0.1:5060', http: 'http://h' });
  expect(bridge.readsSessions).toBe(false);
  await expect(bridge.sessions()).rejects.toThrow('give it `bridge.adapter.sessions()` in ringback.config.ts');
});

test('a command can be ready by a line of its log, on either stream', async () => {
  const bridge = await start({
    command: script(`console.error('listening on 5080'); ${STAYS}`),
    readiness: { log: /listening on \d+/g },
    sip: '127.0.0.1:5080',
  });
  expect(bridge.address).toEqual({ sip: '127.0.0.1:5080' });
});

test('a command can be ready by a URL that answers', async () => {
  let asked = 0;
  const server = createServer((_request, response) => response.writeHead(++asked < 3 ? 503 : 200).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
  await start({ command: script(STAYS), readiness: { url }, sip: '127.0.0.1:5080' });
  expect(asked).toBe(3);
});

test.for([
  [
    'ends',
    { command: script('console.error("no database"); process.exit(4)'), readiness: { json: true } },
    /ended with exit code 4 before it was ready\.\nIts last output:\n {2}\| no database\nWhat to do: /,
  ],
  [
    'ends without a word',
    { command: script('process.exit(4)'), readiness: { json: true } },
    /ended with exit code 4 before it was ready\.\nIt printed nothing\.\nWhat to do: check `bridge\.command`/,
  ],
  [
    'is late',
    { command: script(`console.log("hello"); ${STAYS}`), readiness: { json: true }, readyWithinMs: 300 },
    /was not ready within 300 ms: waited for a line of JSON[^]*\nWhat to do: /,
  ],
  [
    'hides',
    { command: script(`console.log('{"ready":true}'); ${STAYS}`), readiness: { json: true } },
    /nobody said where it takes SIP calls\.\nWhat to do: set `bridge\.sip/,
  ],
  ['is missing', { command: ['no-such-program'], readiness: { json: true } }, /could not be started: spawn no-such-program ENOENT\./],
] as const)('a command that %s is explained', async ([, config, message]) => {
  await expect(startBridge(config, { emulator: EMULATOR, cwd: process.cwd() })).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(message),
  });
});

test('a death is told once, with the last output; a stop is no death; a restart has its own environment', async () => {
  const command = script(
    `console.log(JSON.stringify({ ready: true, sip: '127.0.0.1:' + (process.env.PORT ?? 1) })); process.on('SIGUSR2', () => process.exit(7)); ${STAYS}`,
  );
  const bridge = await start({ command, readiness: { json: true } });
  const died = vi.fn<(message: string) => void>();
  bridge.onDeath(died);
  expect(await bridge.restart({ PORT: '2' })).toEqual({ sip: '127.0.0.1:2' });
  expect(bridge.address).toEqual({ sip: '127.0.0.1:2' });
  expect(died).not.toHaveBeenCalled();
  await bridge.stop();
  expect(died).not.toHaveBeenCalled();

  const fragile = await start({
    command: script(`console.log('{"ready":true,"sip":"127.0.0.1:1"}'); process.exitCode = 9`),
    readiness: { json: true },
  });
  const message = await new Promise<string>((resolve) => fragile.onDeath(resolve));
  expect(message).toMatch(/ended with exit code 9 in the middle of a scenario\.\nIts last output:/);
});

test('a bridge in this process is started, restarted and stopped by its own functions', async () => {
  const stop = vi.fn<() => void>();
  let port = 0;
  const bridge = await start({ start: async ({ emulator }) => ({ sip: `${emulator.account.subdomain}:${(port += 1)}`, stop }) });
  expect(bridge.address.sip).toBe('acme:1');
  await bridge.restart();
  expect([bridge.address.sip, stop.mock.calls.length]).toEqual(['acme:2', 1]);
});

test.for<[string, () => unknown, string]>([
  ['rejects', () => Promise.reject(new Error('no')), 'no'],
  [
    'throws',
    () => {
      throw new Error('no');
    },
    'no',
  ],
  ['resolves to nothing', () => Promise.resolve(), 'it resolved to undefined'],
  ['resolves to no bridge', async () => ({ sip: 5080 }), 'it resolved to { sip: 5080 }'],
])('a bridge in this process whose start() %s is explained', async ([, begin, why]) => {
  await expect(startBridge({ start: begin as InProcessBridge['start'] }, { emulator: EMULATOR, cwd: '.' })).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(`its start\\(\\) in ringback.config.ts failed: ${why}\nWhat to do: make start`),
  });
});

test('a running bridge is taken as it is, and its adapter is asked', async () => {
  const bridge = await start({
    sip: '127.0.0.1:5080',
    http: 'http://h',
    adapter: { sessions: async ({ bridge: at }) => [{ id: at.http ?? '' }], hangUp: async ({ callId }) => void expect(callId).toBe('c') },
  });
  expect(await bridge.sessions()).toEqual([{ id: 'http://h' }]);
  await bridge.hangUp('c');
  await bridge.reset();
  expect(bridge.restartable).toBe(false);
  await expect(bridge.restart()).rejects.toThrow('Ringback cannot start it anew');
});
