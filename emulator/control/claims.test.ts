import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JournalEntry } from '../core/journal.ts';
import type { Seed } from './seed/seed.ts';
import { testEmulator, type TestEmulator } from './test-emulator.ts';
import type { AccountView } from './world.ts';

const [LINE, TRUNK, OTHER_LINE, OTHER_TRUNK] = ['+14155550150', '+14155550199', '+14155550160', '+14155550169'];
const acme = (line: string, trunk: string): Seed => ({ subdomain: 'acme', talk: { lines: [{ number: line }] }, trunk: { number: trunk } });
const noNumbers: Seed = { subdomain: 'globex', talk: { lines: [], sipIn: [] }, trunk: null };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-claims-'));
  file = join(folder, 'acme.ringback');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Saves an account as another emulator has it. */
async function savedElsewhere(seed: Seed, change?: (elsewhere: TestEmulator) => Promise<unknown>): Promise<void> {
  await using elsewhere = await testEmulator({ seed });
  await change?.(elsewhere);
  expect(await elsewhere.send('POST', '/snapshot', { file })).toMatchObject({ status: 201 });
}

/** Whose line or trunk takes a call to the number. */
async function whoAnswers(world: TestEmulator, number: string): Promise<string | null | undefined> {
  const { journey } = (await world.send<{ journey: string }>('POST', '/calls', { account: 'acme', from: '+14155550100', to: number })).body;
  const settled = ({ kind }: JournalEntry): boolean => kind === 'call.arrived' || kind === 'journey.finished';
  const { entries } = await world.until<{ entries: JournalEntry[] }>(`/journal?journey=${journey}`, (page) => page.entries.some(settled));
  await world.send('POST', `/journeys/${journey}/hangup`);
  await world.until<{ state: string }>(`/journeys/${journey}`, ({ state }) => state === 'finished');
  return entries.find(({ kind }) => kind === 'call.arrived')?.account;
}

const viewOf = async (world: TestEmulator, name: string): Promise<AccountView> =>
  (await world.send<AccountView>('GET', `/accounts/${name}`)).body;

const recordsOf = async (world: TestEmulator): Promise<unknown> =>
  (await world.send<{ records: object }>('GET', '/accounts/acme/statistics')).body.records;

/** An account's brand with this subdomain. */
async function addBrand(world: TestEmulator, name: string, subdomain: string): Promise<void> {
  const { account } = await viewOf(world, name);
  const authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  const body = JSON.stringify({ brand: { name: subdomain, subdomain } });
  const headers = { authorization, 'content-type': 'application/json' };
  expect((await fetch(`${account.url}/api/v2/brands`, { method: 'POST', headers, body })).status).toBe(201);
}

test.each<[what: string, holder: Seed, change?: (elsewhere: TestEmulator) => Promise<void>]>([
  [`number ${LINE}`, { ...noNumbers, talk: { lines: [{ number: LINE }], sipIn: [] } }],
  [`number ${LINE}`, { ...noNumbers, trunk: { number: LINE } }],
  [`number ${TRUNK}`, { ...noNumbers, talk: { lines: [{ number: TRUNK }], sipIn: [] } }],
  [`number ${TRUNK}`, { ...noNumbers, trunk: { number: TRUNK } }],
  ['SIP-IN host acme.zendesk.sip.twilio.com', { ...noNumbers, talk: { lines: [], sipIn: [{ host: 'acme.zendesk.sip.twilio.com' }] } }],
  ['host name globex', noNumbers, (elsewhere) => addBrand(elsewhere, 'acme', 'globex')],
])('a file with the %s of another account changes nothing', async (what, holder, change) => {
  await savedElsewhere(acme(LINE, TRUNK), change);
  await using world = await testEmulator({
    seed: { ...acme(OTHER_LINE, OTHER_TRUNK), talk: { lines: [{ number: OTHER_LINE }], sipIn: [] } },
  });
  expect((await world.send('POST', '/accounts', holder)).status).toBe(201);
  await world.send('POST', '/faults', { account: 'acme', target: 'webhook', action: 'drop' });
  const state = async (): Promise<unknown[]> =>
    Promise.all([viewOf(world, 'acme'), viewOf(world, 'globex'), world.send('GET', '/faults?account=acme'), recordsOf(world)]);
  const before = await state();

  expect(await world.send('POST', '/accounts/acme/restore', { file })).toEqual({
    status: 409,
    body: {
      error: 'taken',
      message: `acme cannot have its ${what} back: globex has it now`,
      hint: expect.stringContaining('nothing has changed'),
    },
  });

  expect(await state()).toEqual(before);
  expect(await whoAnswers(world, OTHER_LINE)).toBe('acme');
  expect(await whoAnswers(world, LINE)).toBe(holder.talk?.lines?.[0]?.number === LINE ? 'globex' : undefined);
  await world.send('DELETE', '/accounts/globex');
  expect((await world.send('POST', '/accounts/acme/restore', { file })).status).toBe(200);
  expect(await viewOf(world, 'acme')).toMatchObject({ line: { number: LINE }, trunk: { number: TRUNK } });
  expect(await whoAnswers(world, LINE)).toBe('acme');
});

test('nor does a snapshot by name, or a reset, that would bring back what another account got meanwhile', async () => {
  await savedElsewhere(acme(LINE, TRUNK));
  await using world = await testEmulator({ seed: acme(OTHER_LINE, OTHER_TRUNK) });
  await world.send('POST', '/snapshot');
  await world.send('POST', '/restore', { file });
  expect((await world.send('POST', '/accounts', { ...noNumbers, trunk: { number: OTHER_LINE } })).status).toBe(201);
  const message = `acme cannot have its number ${OTHER_LINE} back: globex has it now`;
  for (const path of ['/restore', '/reset']) {
    expect(await world.send('POST', path)).toMatchObject({ status: 409, body: { error: 'taken', message } });
    expect(await viewOf(world, 'acme')).toMatchObject({ line: { number: LINE }, trunk: { number: TRUNK } });
    expect(await whoAnswers(world, LINE)).toBe('acme');
  }
  await world.send('DELETE', '/accounts/globex');
  for (const path of ['/restore', '/reset']) expect((await world.send('POST', path)).status).toBe(200);
  expect(await whoAnswers(world, OTHER_LINE)).toBe('acme');
});

test('a number may go from a trunk of the account to a line, and back', async () => {
  await savedElsewhere(acme(LINE, TRUNK));
  await using world = await testEmulator({ seed: acme(TRUNK, LINE) });
  expect((await world.send('POST', '/restore', { file })).status).toBe(200);
  expect([await whoAnswers(world, LINE), await whoAnswers(world, TRUNK)]).toEqual(['acme', undefined]);
  expect((await world.send('POST', '/reset')).status).toBe(200);
  expect([await whoAnswers(world, LINE), await whoAnswers(world, TRUNK)]).toEqual([undefined, 'acme']);
});
