import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realClock } from '../core/clock.ts';
import type { JournalEntry } from '../core/journal.ts';
import { Random } from '../core/random.ts';
import { createMedia } from '../telephony/media/index.ts';
import { createSipStack } from '../telephony/sip/index.ts';
import { testEmulator } from './test-emulator.ts';
import type { AccountView } from './world.ts';

/** Sends INVITEs to the emulator whatever they are for, as a bridge with an outbound proxy does. */
async function bridgeOf(udp: string) {
  const shared = { clock: realClock, random: new Random(7) };
  const sip = await createSipStack({ ...shared, udp: { host: '127.0.0.1', port: 0 } });
  const media = createMedia({ ...shared, host: '127.0.0.1' });
  return {
    /** Status of the answer. */
    async invite(uri: string): Promise<number | undefined> {
      const endpoint = await media.open();
      const target = { host: '127.0.0.1', port: Number(udp.split(':').at(-1)) };
      const call = sip.call({ uri, target, headers: [['From', '<sip:+14155550100@bridge.example>']], body: endpoint.offer() });
      const status = await new Promise<number | undefined>((resolve) => {
        call.on('answered', (response) => resolve(response.status));
        call.on('ended', (ended) => resolve(ended.status));
      });
      call.hangup();
      endpoint.close();
      return status;
    },
    async [Symbol.asyncDispose]() {
      await sip.close();
      await media.close();
    },
  };
}

test('another account with a line of the same user takes no alias away', async () => {
  await using world = await testEmulator();
  const before = world.emulator.describe();
  await using bridge = await bridgeOf(before.sip.udp);
  const { status, body } = await world.send<AccountView>('POST', '/accounts', {
    subdomain: 'globex',
    talk: { sipIn: [{ user: 'Support' }] },
  });
  expect(status).toBe(201);
  expect(body.sipIn).toEqual({
    uri: 'sip:Support@globex.zendesk.sip.twilio.com',
    host: 'globex.zendesk.sip.twilio.com',
    user: 'Support',
    alias: null,
  });
  expect(world.emulator.describe()).toEqual(before);
  const accountOf = async (uri: string): Promise<string | null | undefined> => {
    const { last } = (await world.send<{ last: number }>('GET', '/journal')).body;
    expect(await bridge.invite(uri)).toBe(200);
    const { entries } = (await world.send<{ entries: JournalEntry[] }>('GET', `/journal?since=${last}&kind=journey.joined`)).body;
    return entries[0]?.account;
  };
  expect(await accountOf(before.sipIn?.alias ?? '')).toBe('acme');
  expect(await accountOf(body.sipIn?.uri ?? '')).toBe('globex');
  await world.send('POST', '/reset', { account: 'acme' });
  expect(await accountOf(before.sipIn?.alias ?? '')).toBe('acme');
});

test('the lines of an account that is deleted answer no more, and their alias is free', async () => {
  await using world = await testEmulator();
  await using bridge = await bridgeOf(world.emulator.describe().sip.udp);
  const seed = { subdomain: 'globex', talk: { sipIn: [{ user: 'sales' }] } };
  const { body } = await world.send<AccountView>('POST', '/accounts', seed);
  const { uri = '', alias } = body.sipIn ?? {};
  expect([await bridge.invite(uri), await bridge.invite(alias ?? '')]).toEqual([200, 200]);
  await world.send('DELETE', '/accounts/globex');
  expect([await bridge.invite(uri), await bridge.invite(alias ?? '')]).toEqual([404, 404]);
  expect((await world.send<AccountView>('POST', '/accounts', seed)).body.sipIn).toEqual(body.sipIn);
});

test('the oldest line that is left has the alias, also after an account came from a file of another emulator', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-alias-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'globex.ringback');
  // Without numbers: those of the file could be another account's here.
  const lines = { talk: { lines: [], sipIn: [{ user: 'sales' }] }, trunk: null };
  {
    await using earlier = await testEmulator();
    await earlier.send('POST', '/accounts', { subdomain: 'globex', ...lines });
    await earlier.send('POST', '/accounts/globex/snapshot', { file });
  }
  await using world = await testEmulator();
  const create = (subdomain: string): Promise<unknown> => world.send('POST', '/accounts', { subdomain, ...lines });
  const holders = async (): Promise<string[]> => {
    const { accounts } = (await world.send<{ accounts: AccountView[] }>('GET', '/accounts')).body;
    const ofSales = accounts.filter(({ sipIn }) => sipIn?.user === 'sales' && sipIn.alias !== null);
    return ofSales.map(({ account }) => account.subdomain);
  };
  for (const subdomain of ['initech', 'globex', 'aviato']) await create(subdomain);
  expect(await holders()).toEqual(['initech']);
  await world.send('POST', '/accounts/aviato/reset');
  expect(await holders()).toEqual(['initech']);
  await world.send('DELETE', '/accounts/initech');
  expect(await holders()).toEqual(['globex']);
  await create('initech');
  await world.send('DELETE', '/accounts/globex');
  expect(await holders()).toEqual(['aviato']);
  await create('globex');
  expect(await holders()).toEqual(['aviato']);
  expect(await world.send('POST', '/accounts/globex/restore', { file })).toMatchObject({ status: 200 });
  expect(await holders()).toEqual(['globex']);
});

test('lines without a user get one each', async () => {
  await using world = await testEmulator();
  const talk = { sipIn: [{ nickname: 'A' }, { nickname: 'B' }] };
  const { status } = await world.send('POST', '/accounts', { subdomain: 'globex', talk });
  expect(status).toBe(201);
  const { sipIn } = (await world.send<{ sipIn: object[] }>('GET', '/accounts/globex/settings')).body;
  expect(sipIn).toMatchObject([
    { nickname: 'A', user: 'support-2' },
    { nickname: 'B', user: 'support-3' },
  ]);
  expect((await world.send('PUT', '/accounts/globex/settings', { sipIn })).status).toBe(200);
});

test.each([
  'sip:support@acme.zendesk.com',
  'sip:support@acme.pstn.twilio.com',
  'sip:support@globex.zendesk.sip.twilio.com',
  'sip:support@203.0.113.7',
  'sip:sales@127.0.0.1',
  'sip:127.0.0.1',
  'tel:+14155550150',
])('%s is nobody here: 404, and the journal says why', async (uri) => {
  await using world = await testEmulator();
  await using bridge = await bridgeOf(world.emulator.describe().sip.udp);
  expect(await bridge.invite(uri)).toBe(404);
  const { entries } = (await world.send<{ entries: JournalEntry[] }>('GET', '/journal?kind=call.rejected')).body;
  expect(entries).toMatchObject([{ from: 'talk', to: 'bridge', account: null, data: { status: 404, uri, because: expect.any(String) } }]);
});

test.each([
  'sip:support@localhost',
  'sip:support@ringback:5060',
  'sip:SUPPORT@127.0.0.1;transport=udp',
  'sip:x@ACME.zendesk.sip.twilio.com',
])('%s is the line', async (uri) => {
  await using world = await testEmulator();
  await using bridge = await bridgeOf(world.emulator.describe().sip.udp);
  expect(await bridge.invite(uri)).toBe(200);
});
