import { expect, onTestFinished, test, vi } from 'vitest';
import { askDesk } from '../bridge/desk-client.ts';
import type { BridgeAdapter, InProcessBridge, RingbackConfig } from '../bridge/config.ts';
import { ControlClient } from '../emulator/control-client.ts';
import { startTestbed, type Testbed } from './testbed.ts';

const SIP = '127.0.0.1:9';
const DEMO = { subdomain: 'acme', email: 'admin@acme.example', apiToken: 'acme-demo-api-token' };

async function start(config: RingbackConfig): Promise<Testbed> {
  const testbed = await startTestbed(config, process.cwd());
  onTestFinished(() => testbed.stop());
  return testbed;
}

async function failure(config: RingbackConfig): Promise<Error> {
  const outcome = await startTestbed(config, process.cwd()).catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome;
  await (outcome as Testbed).stop();
  throw new Error('it started');
}

async function rest(url: string, method: string, body?: object): Promise<{ webhooks: { name: string }[] }> {
  const authorization = `Basic ${Buffer.from(`${DEMO.email}/token:${DEMO.apiToken}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/v2/webhooks`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return (await response.json()) as { webhooks: { name: string }[] };
}

async function saveWebhook(url: string): Promise<void> {
  const form = { status: 'active', http_method: 'POST', request_format: 'json', endpoint: 'https://bridge.example/hook' };
  await rest(url, 'POST', { webhook: { name: 'the bridge', subscriptions: ['zen:event-type:ticket.created'], ...form } });
}

const webhooks = async ({ emulator }: Testbed): Promise<string[]> =>
  (await rest(emulator.up.account.url, 'GET')).webhooks.map(({ name }) => name);

test('a bridge that runs elsewhere is connected once; that it cannot be started anew is told to who asks for it, and to nobody else', async () => {
  const connect = vi.fn<NonNullable<BridgeAdapter['connect']>>(({ emulator }) => saveWebhook(emulator.account.url));
  const testbed = await start({ bridge: { sip: SIP, adapter: { connect } } });
  const { url } = testbed.desk;
  await askDesk(url, '/prepare');
  expect(await webhooks(testbed)).toEqual(['the bridge']);
  await expect(askDesk(url, '/restart', { env: {} })).rejects.toThrow('the bridge runs elsewhere');
  await askDesk(url, '/prepare');
  expect(await webhooks(testbed)).toEqual(['the bridge']);
  expect(connect).toHaveBeenCalledTimes(1);
});

test('the run waits for the webhook of a bridge; each scenario begins with it', async () => {
  let saved = Promise.resolve();
  const connect: BridgeAdapter['connect'] = async ({ emulator }) => {
    // It does not wait for the bridge, which takes its time.
    saved = new Promise(setImmediate).then(() => saveWebhook(emulator.account.url));
  };
  const testbed = await start({ bridge: { sip: SIP, savesWebhook: true, adapter: { connect } } });
  await saved;
  await askDesk(testbed.desk.url, '/prepare');
  expect(await webhooks(testbed)).toEqual(['the bridge']);
});

test('when none comes, the message says what to do, and nothing is left; without webhooks it starts all the same', async () => {
  const error = await failure({ bridge: { sip: SIP, readyWithinMs: 100 } });
  expect(error).toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(
      /^The bridge at 127\.0\.0\.1:9 saved no webhook in account acme \(http:\S+\) within 100 ms\.\nWhat to do: .*`bridge\.savesWebhook: false`/,
    ),
  });
  await expect(fetch(/http:[^\s)]+/.exec(error.message)?.[0] ?? '')).rejects.toThrow('fetch failed');
  const testbed = await start({ bridge: { sip: SIP, savesWebhook: false } });
  await askDesk(testbed.desk.url, '/prepare');
  expect(await webhooks(testbed)).toEqual([]);
});

test('a bridge that does not stop leaves nothing else running, and hides no earlier error', async () => {
  const stop = (): void => {
    throw new Error('it hangs on');
  };
  const bridge = { start: async () => ({ sip: SIP, stop }) };
  const testbed = await startTestbed({ bridge }, process.cwd());
  await expect(testbed.stop()).rejects.toThrow('it hangs on');
  await expect(fetch(testbed.emulator.up.controlUrl)).rejects.toThrow('fetch failed');
  const error = await failure({ bridge: { ...bridge, savesWebhook: true, readyWithinMs: 100 } });
  expect(error.message).toMatch(/^The bridge at 127\.0\.0\.1:9 saved no webhook/);
  await expect(fetch(/http:[^\s)]+/.exec(error.message)?.[0] ?? '')).rejects.toThrow('fetch failed');
});

test('the tone of the bridge is told before anybody has it, for every scenario; one that cannot be is refused at once', async () => {
  const first = await start({ bridge: { sip: SIP, savesWebhook: false } });
  const [agent] = await ControlClient.of(first.emulator.up).agents();
  const toneHz = agent?.toneHz ?? 0;
  const testbed = await start({ bridge: { sip: SIP, savesWebhook: false, toneHz } });
  const control = ControlClient.of(testbed.emulator.up);
  expect(await control.settings()).toMatchObject({ bridgeToneHz: toneHz });
  expect((await control.agents()).map((each) => each.toneHz)).not.toContain(toneHz);
  await control.changeSettings({ bridgeToneHz: null });
  await askDesk(testbed.desk.url, '/prepare');
  expect(await control.settings()).toMatchObject({ bridgeToneHz: toneHz });
  expect(await failure({ bridge: { sip: SIP, toneHz: 350 } })).toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(/`bridge\.toneHz` of ringback\.config\.ts: .*bridgeToneHz is 350, .* Talk plays it .*\nWhat to do: /),
  });
});

test('an adapter that cannot connect the bridge is told what is wrong', async () => {
  const connect = (): Promise<void> => Promise.reject(new Error('the bridge answered 401'));
  await expect(startTestbed({ bridge: { sip: SIP, adapter: { connect } } }, process.cwd())).rejects.toThrow(
    /^The bridge was not connected: connect\(\) of its adapter in ringback\.config\.ts failed: the bridge answered 401\.\nWhat to do: /,
  );
});

test('a bridge in this process gets the environment of the scenario; one that does not come up with it is started afresh for the next', async () => {
  const stop = vi.fn<() => void>();
  const begin = vi.fn<InProcessBridge['start']>(async ({ env }) => {
    if (env['PORT'] === 'taken') throw new Error('the port is taken');
    return { sip: SIP, stop };
  });
  const testbed = await start({ bridge: { start: begin } });
  const { url } = testbed.desk;
  await expect(askDesk(url, '/restart', { env: { PORT: 'taken' } })).rejects.toThrow('the port is taken');
  await askDesk(url, '/prepare');
  await askDesk(url, '/prepare');
  expect(begin.mock.calls.map(([{ env }]) => env)).toEqual([{}, { PORT: 'taken' }, {}]);
  expect(stop).toHaveBeenCalledTimes(1);
});
