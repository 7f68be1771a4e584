import { expect, test } from 'vitest';
import { readSchema } from '../schemas.ts';
import { testEmulator } from '../test-emulator.ts';

const path = '/accounts/acme/settings';

test('PUT changes what it names and leaves the rest', async () => {
  await using world = await testEmulator();
  const before = (await world.send('GET', path)).body;
  expect(before).toMatchObject({
    bridgeToneHz: null,
    webhookDelayMs: 0,
    talk: { omnichannel: true, ticketTiming: null },
    lines: [{ number: '+14155550150', overflowTo: '+14155550199', groups: ['Voice AI'], voicemail: false }],
    sipIn: [{ user: 'support', groups: ['Support'], allowedCidrs: ['0.0.0.0/0', '::/0'] }],
    trunk: { number: '+14155550199', originationUri: null },
  });
  const patch = {
    bridgeToneHz: 230,
    webhookDelayMs: [150, 1500],
    talk: { ticketTiming: 'call_end' },
    lines: [{ overflowTo: null }],
    sipIn: [{ user: 'support', allowedCidrs: ['192.0.2.0/24'] }],
    trunk: { originationUri: 'sip:127.0.0.1:5070', firstResponseMs: 9_000 },
  };
  const { status, body } = await world.send('PUT', path, patch);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    bridgeToneHz: 230,
    webhookDelayMs: [150, 1500],
    talk: { omnichannel: true, ticketTiming: 'call_end' },
    lines: [{ number: '+14155550150', overflowTo: null, groups: ['Voice AI'] }],
    sipIn: [{ user: 'support', allowedCidrs: ['192.0.2.0/24'] }],
    trunk: { originationUri: 'sip:127.0.0.1:5070', firstResponseMs: 9_000 },
  });
  expect((await world.send('GET', '')).body).toMatchObject({ trunk: { originationUri: 'sip:127.0.0.1:5070' }, line: { overflowTo: null } });
  expect((await world.send('PUT', path, before)).body).toEqual(before);
});

test('what there is to be chosen of Talk and its lines is in the schema, and nothing else', async () => {
  await using world = await testEmulator();
  const { talk, lines, sipIn } = (await world.send<Record<'talk' | 'lines' | 'sipIn', Record<string, object>>>('GET', path)).body;
  const { $defs } = readSchema('seed') as { $defs: Record<string, { properties: Record<string, { properties?: object }> }> };
  const namesIn = (...parts: string[]): string[] => parts.flatMap((part) => Object.keys($defs[part]?.properties ?? {})).toSorted();
  expect(namesIn('talkSettings')).toEqual(Object.keys(talk).toSorted());
  const within = Object.entries($defs['talkSettings']?.properties ?? {}).flatMap(([name, { properties }]) =>
    properties ? [[name, Object.keys(properties)]] : [],
  );
  expect(within).toEqual(['greetings', 'templates'].map((name) => [name, Object.keys(talk[name] ?? {})]));
  const named = (list: object): string[] => ['group', ...Object.keys(Object.values(list)[0] as object)].toSorted();
  expect(namesIn('lineSettings', 'line')).toEqual(named(lines));
  expect(namesIn('lineSettings', 'sipInLine')).toEqual(named(sipIn));
});

test('a trunk takes all that can be chosen of it, in the seed and later', async () => {
  const trunk = {
    failoverOn: [503, '5xx', 'timeout'],
    ringTimeoutMs: 20_000,
    firstResponseMs: 2_000,
    maxDurationMs: null,
    transferMode: 'enable-all',
    cnamLookupEnabled: true,
    symmetricRtpEnabled: true,
    verStat: 'TN-Validation-Passed-A',
  } as const;
  const uris = [
    { sipUrl: 'sip:127.0.0.1:5071', priority: 20, weight: 1, enabled: true },
    { sipUrl: 'sip:127.0.0.1:5070', priority: 10, weight: 10, enabled: true },
  ];
  await using world = await testEmulator({ seed: { subdomain: 'acme', trunk: { ...trunk, originationUris: uris } } });
  type Settings = { trunk: Record<string, unknown> };
  const before = (await world.send<Settings>('GET', path)).body;
  expect(before.trunk).toEqual({
    number: expect.any(String),
    ...trunk,
    originationUri: 'sip:127.0.0.1:5070',
    originationUris: uris,
  });
  expect((await world.send('GET', '')).body).toMatchObject({ trunk: { originationUri: 'sip:127.0.0.1:5070' } });
  expect((await world.send('PUT', path, before)).body).toEqual(before);
  const changed = { maxDurationMs: 5, transferMode: 'disable-all', originationUri: 'sip:127.0.0.1:5072' };
  const { body } = await world.send<Settings>('PUT', path, { trunk: changed });
  const { originationUris: _several, ...rest } = before.trunk;
  expect(body.trunk).toEqual({ ...rest, ...changed });
});

test('the tone of somebody who has a voice cannot be the bridge’s; told in the seed, it is given to nobody', async () => {
  await using world = await testEmulator();
  const first = await world.send<{ toneHz: number }>('POST', '/agents', { name: 'Grace Hopper' });
  const { toneHz } = first.body;
  expect(await world.send('PUT', path, { bridgeToneHz: toneHz })).toMatchObject({
    status: 400,
    body: {
      error: 'invalid_body',
      message: expect.stringContaining(`bridgeToneHz is ${toneHz}, which cannot be the bridge's tone: "Grace`),
    },
  });
  const seed = { subdomain: 'globex', agents: [{ name: 'Grace Hopper' }], settings: { bridgeToneHz: toneHz } };
  expect((await world.send('POST', '/accounts', seed)).status).toBe(201);
  const { body } = await world.send<{ agents: { toneHz: number }[] }>('GET', '/agents?account=globex');
  expect(body.agents.map((agent) => agent.toneHz)).toEqual([expect.any(Number)]);
  expect(body.agents[0]?.toneHz).not.toBe(toneHz);
});

test.for([
  [{ lines: [{ number: '+12025550100' }] }, 404, 'unknown_line', 'acme has no line +12025550100'],
  [{ sipIn: [{ user: 'sales' }] }, 404, 'unknown_line', 'acme has no line sales'],
  [
    { talk: { omnichanel: true } },
    400,
    'invalid_body',
    'talk has a property "omnichanel" that it does not know; did you mean "omnichannel"?',
  ],
  [{ talk: { greetings: { voicemail: 5 } } }, 400, 'invalid_body', 'did you mean "voicemailMs"?'],
  [{ talk: { maximumQueueWaitMinutes: 'never' } }, 400, 'invalid_body', 'talk.maximumQueueWaitMinutes must be a number'],
  [
    { lines: [{ overflowto: null }] },
    400,
    'invalid_body',
    'lines.0 has a property "overflowto" that it does not know; did you mean "overflowTo"?',
  ],
  [{ sipIn: [{ allowedCidr: [] }] }, 400, 'invalid_body', 'did you mean "allowedCidrs"?'],
  [{ talk: { ticketTiming: 'never' } }, 400, 'invalid_body', 'talk.ticketTiming must be one of'],
  [{ lines: [{ overflowTo: '+18005550100' }] }, 400, 'invalid_body', 'toll-free'],
  [{ bridgeToneHz: 235 }, 400, 'invalid_body', "bridgeToneHz is 235, which cannot be the bridge's tone: it is no multiple of 10 Hz"],
  [{ bridgeToneHz: 3_500 }, 400, 'invalid_body', 'it is not between 100 and 3400 Hz'],
  [{ bridgeToneHz: 350 }, 400, 'invalid_body', 'Talk plays it (hold)'],
  [{ bridgeToneHz: '230' }, 400, 'invalid_body', 'bridgeToneHz must be integer,null'],
  [{ webhookDelay: 800 }, 400, 'invalid_body', 'a property "webhookDelay" that it does not know; did you mean "webhookDelayMs"?'],
  [{ webhookTimeoutMs: '5' }, 400, 'invalid_body', 'webhookTimeoutMs must be an integer'],
  [{ webhookRetrySpacingMs: [] }, 400, 'invalid_body', 'webhookRetrySpacingMs'],
  [{ webhookConcurrency: 0 }, 400, 'invalid_body', 'webhookConcurrency must be >= 1'],
  [
    { trunk: { ringTimeout: 5 } },
    400,
    'invalid_body',
    'trunk has a property "ringTimeout" that it does not know; did you mean "ringTimeoutMs"?',
  ],
  [{ trunk: { verStat: 'a\r\nB: c' } }, 400, 'invalid_body', 'trunk.verStat must match pattern'],
  [{ trunk: { failoverOn: ['4xx'] } }, 400, 'invalid_body', 'trunk.failoverOn.0 must be'],
  [{ trunk: { maxDurationMs: 0 } }, 400, 'invalid_body', 'trunk.maxDurationMs must be >= 1'],
  [
    { trunk: { originationUri: 'sip:127.0.0.1:5070', originationUris: [{ sipUrl: 'sip:127.0.0.1:5071' }] } },
    400,
    'invalid_body',
    "the trunk's originationUri sip:127.0.0.1:5070 is not the first",
  ],
  [{ trunk: { originationUri: 'sip:' } }, 400, 'invalid_body', 'sip:'],
] as const)('refuses %j and changes nothing', async ([patch, status, error, message]) => {
  await using world = await testEmulator();
  const before = (await world.send('GET', path)).body;
  const answer = await world.send('PUT', path, { webhookDelayMs: 7, ...patch });
  expect(answer).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
  expect((await world.send('GET', path)).body).toEqual(before);
});
