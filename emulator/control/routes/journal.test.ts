import { expect, test } from 'vitest';
import type { JournalEntry } from '../../core/journal.ts';
import { fitting } from '../schemas.ts';
import { testEmulator } from '../test-emulator.ts';

interface Read {
  entries: JournalEntry[];
  last: number;
  evicted: { entries: number };
}

test('what happened can be read, filtered, and read on from', async () => {
  await using world = await testEmulator();
  await world.send('POST', '/accounts', { subdomain: 'globex' });
  const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', to: '+12025550100' });
  await world.until<{ state: string }>(`/journeys/${body.journey}`, (view) => view.state === 'finished');
  const all = (await world.send<Read>('GET', '/journal')).body;
  for (const entry of all.entries) await expect(fitting('journal-entry', entry)).resolves.toBe(entry);
  expect(all.entries.map((entry) => entry.seq)).toEqual(all.entries.map((entry) => entry.seq).toSorted((a, b) => a - b));
  expect(all.last).toBe(all.entries.at(-1)?.seq);
  expect(all.evicted).toMatchObject({ entries: 0 });

  const kinds = async (query: string): Promise<string[]> =>
    (await world.send<Read>('GET', `/journal?${query}`)).body.entries.map((entry) => entry.kind);
  expect(await kinds(`journey=${body.journey}`)).toEqual(['call.dialled', 'leg.opened', 'leg.ended', 'journey.finished']);
  expect(await kinds(`journey=${body.journey}&kind=leg.*`)).toEqual(['leg.opened', 'leg.ended']);
  expect(await kinds(`journey=${body.journey}&kind=call.dialled`)).toEqual(['call.dialled']);
  expect(new Set((await world.send<Read>('GET', '/journal?account=globex')).body.entries.map((entry) => entry.account))).toEqual(
    new Set(['globex']),
  );

  const first = (await world.send<Read>('GET', '/journal?limit=2')).body;
  expect(first.entries).toEqual(all.entries.slice(0, 2));
  expect(first.last).toBe(all.entries[1]?.seq);
  expect((await world.send<Read>('GET', '/journal?limit=0&since=1')).body).toMatchObject({ entries: [], last: 1 });
  const rest = (await world.send<Read>('GET', `/journal?since=${first.last}`)).body;
  expect(rest.entries).toEqual(all.entries.slice(2));
  expect((await world.send<Read>('GET', `/journal?since=${all.last}`)).body).toMatchObject({ entries: [], last: all.last });
});

test('whoever drives the emulator can leave a note', async () => {
  await using world = await testEmulator();
  const call = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', postDialDelayMs: 60_000 });
  const note = { label: 'scenario: withheld caller', journey: call.body.journey, data: { step: 1 } };
  const { status, body } = await world.send('POST', '/journal', note);
  expect(status).toBe(201);
  expect(body).toMatchObject({ kind: 'note', account: 'acme', from: 'ringback', ...note });
  expect((await world.send<Read>('GET', '/journal?kind=note')).body.entries).toEqual([body]);
});

test("what whoever drives the emulator reads is marked, and is not the bridge's", async () => {
  await using world = await testEmulator();
  const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100' });
  const path = `/journeys/${body.journey}`;
  const { ticket } = await world.until<{ ticket: number | null }>(path, (view) => view.ticket !== null);
  const { account } = world.emulator.describe();
  const authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  const read = (mark: Record<string, string>): Promise<Response> =>
    fetch(`${account.url}/api/v2/tickets/${ticket}.json`, { headers: { authorization, ...mark } });
  for (const mark of [{ 'X-Ringback-Driver': 'this test' }, {}]) expect((await read(mark)).status).toBe(200);
  const { entries } = (await world.send<Read>('GET', `/journal?kind=http.exchange&journey=${body.journey}`)).body;
  expect(entries.map(({ from, to }) => [from, to])).toEqual([
    ['ringback', 'zendesk'],
    ['bridge', 'zendesk'],
  ]);
  const view = await world.send<{ correlation: { reads: object[] } }>('GET', path);
  expect(view.body.correlation.reads).toEqual([{ method: 'GET', path: `/api/v2/tickets/${ticket}.json`, status: 200, at: entries[1]?.at }]);
});

test.for([
  ['GET', '/journal?since=soon', undefined, 400, 'invalid_query', '?since=soon cannot be read: expected a whole number'],
  ['GET', '/journal?limit=-1', undefined, 400, 'invalid_query', '?limit=-1 cannot be read'],
  ['GET', '/journal?kind=SIP!', undefined, 400, 'invalid_query', '?kind=SIP! cannot be read'],
  ['GET', '/journal?account=acne', undefined, 404, 'unknown_account', 'no account "acne"'],
  ['POST', '/journal', {}, 400, 'invalid_body', "must have required property 'label'"],
  ['POST', '/journal', { label: '' }, 400, 'invalid_body', 'label must NOT have fewer than 1 characters'],
  ['POST', '/journal', { label: 'x', jorney: 'j-0' }, 400, 'invalid_body', 'did you mean "journey"?'],
  ['POST', '/journal', { label: 'x', journey: 'j-0' }, 404, 'unknown_journey', 'no journey "j-0"'],
] as const)('%s %s %j is refused', async ([method, path, body, status, error, message]) => {
  await using world = await testEmulator();
  expect(await world.send(method, path, body)).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
});
