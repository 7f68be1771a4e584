import { expect, test } from 'vitest';
import { fitting } from '../schemas.ts';
import { testEmulator } from '../test-emulator.ts';

test('an agent is hired, changed and sent away, in the groups of the SIP-IN line by default', async () => {
  await using world = await testEmulator();
  const { status, body } = await world.send<{ id: number }>('POST', '/agents', { name: 'Grace Hopper' });
  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.any(Number),
    account: 'acme',
    name: 'Grace Hopper',
    email: expect.stringContaining('@'),
    groups: ['Support'],
    presence: 'online',
    answers: 'automatically',
    answerAfterMs: 0,
    toneHz: expect.any(Number),
    state: 'idle',
    journey: null,
  });
  await expect(fitting('agent#/$defs/view', body)).resolves.toBe(body);
  const path = `/agents/${body.id}`;
  expect(await world.send('PUT', `${path}/presence`, { presence: 'away' })).toMatchObject({ status: 200, body: { presence: 'away' } });
  const patient = await world.send('PUT', path, { answers: 'when-told', answerAfterMs: 50 });
  expect(patient).toMatchObject({ status: 200, body: { presence: 'away', answers: 'when-told', answerAfterMs: 50 } });
  expect((await world.send('GET', path)).body).toEqual(patient.body);
  expect((await world.send('GET', '/agents')).body).toEqual({ agents: [patient.body] });
});

test('where every tone has its voice, nobody can be hired or dial, in plain words', async () => {
  await using world = await testEmulator();
  let hired = 0;
  let last = await world.send('POST', '/agents', { name: 'Agent' });
  for (; last.status === 201 && hired < 500; hired++) last = await world.send('POST', '/agents', { name: `Agent ${hired}` });
  const refusal = { status: 409, body: { error: 'wrong_state', message: expect.stringContaining('no tone is left') } };
  expect(last).toMatchObject(refusal);
  expect(await world.send('POST', '/calls', { from: '+14155550100' })).toMatchObject(refusal);
  expect((await world.send<{ agents: unknown[] }>('GET', '/agents')).body.agents).toHaveLength(hired);
  expect((await world.send('GET', '/journeys')).body).toEqual({ journeys: [] });
  // Who has a tone is changed all the same.
  expect(await world.send('POST', '/agents', { name: 'Agent 0', presence: 'away' })).toMatchObject({
    status: 201,
    body: { presence: 'away' },
  });
});

test('an account has no more agents than there are tones, and all of them can be listed', async () => {
  await using world = await testEmulator();
  const agents = (count: number): { name: string }[] => Array.from({ length: count }, (_, index) => ({ name: `Agent ${index + 1}` }));
  const message = expect.stringMatching(/no tone is left for agent "Agent \d+" of account "globex": its \d+ agents/);
  expect(await world.send('POST', '/accounts', { subdomain: 'globex', agents: agents(400) })).toMatchObject({
    status: 422,
    body: { error: 'invalid_seed', message },
  });
  expect((await world.send('POST', '/accounts', { subdomain: 'globex', agents: agents(200) })).status).toBe(201);
  const listed = await world.send<{ agents: { toneHz: number }[] }>('GET', '/agents?account=globex');
  expect(new Set(listed.body.agents.map(({ toneHz }) => toneHz)).size).toBe(200);
});

test('agents are found by id whatever their account, unless another account is named', async () => {
  await using world = await testEmulator();
  await world.send('POST', '/accounts', { subdomain: 'globex' });
  const { body } = await world.send<{ id: number }>('POST', '/agents', { account: 'globex', name: 'Hank', groups: ['Voice AI'] });
  expect((await world.send('GET', `/agents/${body.id}`)).body).toMatchObject({ account: 'globex', groups: ['Voice AI'] });
  expect((await world.send('GET', `/agents/${body.id}?account=acme`)).status).toBe(404);
  const globex = { account: 'globex' };
  const away = { presence: 'away' };
  expect(await world.send('PUT', `/agents/${body.id}/presence`, { ...globex, ...away })).toMatchObject({ status: 200, body: away });
  const patient = { answers: 'when-told' };
  expect(await world.send('PUT', `/agents/${body.id}`, { ...globex, ...patient })).toMatchObject({ status: 200, body: patient });
  expect((await world.send('PUT', `/agents/${body.id}`, { account: 'acme', ...patient })).status).toBe(404);
  expect((await world.send('GET', '/agents')).body).toEqual({ agents: [] });
});

test.for(['answer', 'decline', 'hangup'])('POST /agents/{id}/%s with no call is a 409', async (deed) => {
  await using world = await testEmulator();
  const { body } = await world.send<{ id: number }>('POST', '/agents', { name: 'Grace Hopper' });
  expect(await world.send('POST', `/agents/${body.id}/${deed}`)).toMatchObject({
    status: 409,
    body: { error: 'wrong_state', message: expect.stringContaining('Grace Hopper'), hint: expect.stringMatching(/./) },
  });
});

test.for([
  ['POST', '/agents', {}, 400, 'invalid_body', "must have required property 'name'"],
  ['POST', '/agents', { name: 'A', groups: ['Sales'] }, 422, 'unknown_group', 'acme has no group "Sales"'],
  ['POST', '/agents', { name: 'A', answers: 'maybe' }, 400, 'invalid_body', 'answers must be one of'],
  ['POST', '/agents', { name: 'A', account: 'acne' }, 404, 'unknown_account', 'there is no account "acne"'],
  ['GET', '/agents/7', undefined, 404, 'unknown_agent', 'there is no agent 7'],
  ['PUT', '/agents/7', { answers: 'ignores' }, 404, 'unknown_agent', 'there is no agent 7'],
  ['PUT', '/agents/7', {}, 400, 'invalid_body', 'must have one of the properties answers, answerAfterMs'],
  ['PUT', '/agents/7/presence', { presence: 'asleep' }, 400, 'invalid_body', 'presence must be one of'],
  ['POST', '/agents/7/answer', {}, 404, 'unknown_agent', 'there is no agent 7'],
] as const)('%s %s %j is refused', async ([method, path, body, status, error, message]) => {
  await using world = await testEmulator();
  expect(await world.send(method, path, body)).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
});
