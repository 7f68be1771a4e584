import { expect, test } from 'vitest';
import { fitting } from '../schemas.ts';
import { testEmulator, type TestEmulator } from '../test-emulator.ts';

interface View {
  id: string;
  state: string;
  call: { state: string; endedBy: string | null; cause: string | null; digits: string; script: { state: string; step: number } };
}

const dial = async (world: TestEmulator, call: object): Promise<string> => {
  const { status, body } = await world.send<{ journey: string }>('POST', '/calls', call);
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.journey;
};

test('a call to nobody ends as one, and its journey fits the schema', async () => {
  await using world = await testEmulator();
  const journey = await dial(world, { from: '+14155550100', to: '+12025550100', carrier: 'national' });
  const view = await world.until<View>(`/journeys/${journey}`, (body) => body.state === 'finished');
  expect(view).toMatchObject({
    id: journey,
    account: 'acme',
    origin: 'dialled',
    call: {
      from: '+14155550100',
      to: '+12025550100',
      carrier: 'national',
      state: 'ended',
      endedBy: 'network',
      cause: 'unallocated-number',
      toneHz: expect.any(Number),
      script: { state: 'done', step: 0, problem: null },
    },
    presentation: { dialled: { number: '+14155550100', withheld: false, asserted: '+14155550100' }, onTrunk: null, onSipIn: null },
    ticket: null,
    tickets: [],
    legs: [{ kind: 'caller', party: '+14155550100', state: 'ended', cause: 'unallocated-number' }],
    correlation: { webhooks: [], reads: [], ticketHeader: null, rule: null },
    binding: { result: 'none', ticketId: null, diagnostics: [] },
    hearing: [],
  });
  await expect(fitting('journey', view)).resolves.toBe(view);
});

test('the caller can be a withheld, an asserted, or no number at all', async () => {
  await using world = await testEmulator();
  const from = { number: null, withheld: true, asserted: '+14155550100', name: 'Ada' };
  const journey = await dial(world, { from, to: '+12025550100', postDialDelayMs: 60_000 });
  expect((await world.send('GET', `/journeys/${journey}`)).body).toMatchObject({
    call: { from: null },
    presentation: { dialled: { ...from, diversions: [] } },
  });
});

test('journeys are listed by account and state', async () => {
  await using world = await testEmulator();
  await world.send('POST', '/accounts', { subdomain: 'globex' });
  const over = await dial(world, { from: '+14155550100', to: '+12025550100' });
  await world.until<View>(`/journeys/${over}`, (body) => body.state === 'finished');
  const live = await dial(world, { from: '+14155550100', postDialDelayMs: 60_000 });
  const ids = async (query: string): Promise<string[]> =>
    (await world.send<{ journeys: View[] }>('GET', `/journeys${query}`)).body.journeys.map((each) => each.id);
  expect(await ids('')).toEqual([over, live]);
  expect(await ids('?state=live')).toEqual([live]);
  expect(await ids('?state=finished&account=acme')).toEqual([over]);
  expect(await ids('?account=globex')).toEqual([]);
});

test('the script runs, and says where it failed', async () => {
  await using world = await testEmulator();
  const script = [{ pause: 1 }, { await: 'answered', withinMs: 20 }, { hangUp: true }];
  const journey = await dial(world, { from: '+14155550100', script, postDialDelayMs: 60_000 });
  const view = await world.until<View>(`/journeys/${journey}`, (body) => body.call.script.state !== 'running');
  expect(view.call).toMatchObject({
    state: 'dialling',
    script: { state: 'failed', step: 2, problem: expect.stringContaining('waited in vain for "answered"') },
  });
  const hungUp = await world.send<View>('POST', `/journeys/${journey}/hangup`);
  expect(hungUp).toMatchObject({ status: 200, body: { call: { state: 'ended', endedBy: 'caller', cause: 'normal' } } });
});

test('nobody can press keys or hang up where there is no such call', async () => {
  await using world = await testEmulator();
  const journey = await dial(world, { from: '+14155550100', postDialDelayMs: 60_000 });
  expect(await world.send('POST', `/journeys/${journey}/digits`, { digits: '0' })).toMatchObject({
    status: 409,
    body: { error: 'wrong_state', message: expect.stringContaining('cannot press 0: the call is dialling') },
  });
  expect(await world.send('POST', `/journeys/${journey}/hangup`, { party: 'agent' })).toMatchObject({
    status: 409,
    body: { error: 'wrong_state', message: expect.stringContaining(`no agent of ${journey} is on a call`) },
  });
  await world.send('POST', `/journeys/${journey}/hangup`);
  expect(await world.send('POST', `/journeys/${journey}/hangup`)).toMatchObject({
    status: 409,
    body: { error: 'wrong_state', message: expect.stringContaining(`no caller of ${journey} is on a call`) },
  });
});

test.for([
  ['POST', '/calls', {}, 400, 'invalid_body', "must have required property 'from'"],
  ['POST', '/calls', undefined, 400, 'invalid_body', "must have required property 'from'"],
  ['POST', '/calls', [], 400, 'invalid_body', 'must be an object'],
  ['POST', '/calls', { from: '0415' }, 400, 'invalid_body', 'from must match pattern'],
  ['POST', '/calls', { from: '+14155550100', carrier: 'pigeon' }, 422, 'unknown_carrier', 'no carrier profile "pigeon"'],
  ['POST', '/calls', { from: '+14155550100', account: 'acne' }, 404, 'unknown_account', 'no account "acne"'],
  ['POST', '/calls', { from: '+14155550100', script: [{ press: 'x' }] }, 400, 'invalid_body', 'script.0.press must match'],
  ['GET', '/journeys/j-0', undefined, 404, 'unknown_journey', 'no journey "j-0"'],
  ['GET', '/journeys?state=dead', undefined, 400, 'invalid_query', '?state=dead cannot be read'],
  ['POST', '/journeys/j-0/digits', { digits: '0' }, 404, 'unknown_journey', 'no journey "j-0"'],
  ['POST', '/journeys/j-0/hangup', {}, 404, 'unknown_journey', 'no journey "j-0"'],
] as const)('%s %s %j is refused', async ([method, path, body, status, error, message]) => {
  await using world = await testEmulator();
  expect(await world.send(method, path, body)).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
});

test.for([
  ['digits', {}, "must have required property 'digits'"],
  ['digits', { digits: 'x' }, 'digits must match pattern "^[0-9A-D*#]{1,64}$"'],
  ['hangup', { party: 'bridge' }, 'party must be one of "caller", "agent"'],
  ['hangup', { who: 'agent' }, 'it has a property "who" that it does not know; it knows account, party'],
] as const)('POST /journeys/{id}/%s %j is refused', async ([deed, body, message]) => {
  await using world = await testEmulator();
  const journey = await dial(world, { from: '+14155550100', postDialDelayMs: 60_000 });
  expect(await world.send('POST', `/journeys/${journey}/${deed}`, body)).toMatchObject({
    status: 400,
    body: { error: 'invalid_body', message: expect.stringContaining(message) },
  });
});

test('an account without a phone line cannot be called without a number', async () => {
  await using world = await testEmulator({ seed: { talk: { lines: [] } } });
  expect(await world.send('POST', '/calls', { from: '+14155550100' })).toMatchObject({
    status: 404,
    body: { error: 'unknown_line', message: 'acme has no phone line to call' },
  });
});
