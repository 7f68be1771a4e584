import { expect, test } from 'vitest';
import { testEmulator } from '../test-emulator.ts';

const path = '/accounts/acme/settings';

test('PUT changes what it names and leaves the rest', async () => {
  await using world = await testEmulator();
  const before = (await world.send('GET', path)).body;
  expect(before).toMatchObject({
    webhookDelayMs: 0,
    talk: { omnichannel: true, ticketTiming: null },
    lines: [{ number: '+14155550150', overflowTo: '+14155550199', groups: ['Voice AI'], voicemail: false }],
    sipIn: [{ user: 'support', groups: ['Support'], allowedCidrs: ['0.0.0.0/0', '::/0'] }],
    trunk: { number: '+14155550199', originationUri: null },
  });
  const patch = {
    webhookDelayMs: [150, 1500],
    talk: { ticketTiming: 'call_end' },
    lines: [{ overflowTo: null }],
    sipIn: [{ user: 'support', allowedCidrs: ['192.0.2.0/24'] }],
    trunk: { originationUri: 'sip:127.0.0.1:5070', firstResponseMs: 9_000 },
  };
  const { status, body } = await world.send('PUT', path, patch);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    webhookDelayMs: [150, 1500],
    talk: { omnichannel: true, ticketTiming: 'call_end' },
    lines: [{ number: '+14155550150', overflowTo: null, groups: ['Voice AI'] }],
    sipIn: [{ user: 'support', allowedCidrs: ['192.0.2.0/24'] }],
    trunk: { originationUri: 'sip:127.0.0.1:5070', firstResponseMs: 9_000 },
  });
  expect((await world.send('GET', '')).body).toMatchObject({ trunk: { originationUri: 'sip:127.0.0.1:5070' }, line: { overflowTo: null } });
  expect((await world.send('PUT', path, before)).body).toEqual(before);
});

test.for([
  [{ lines: [{ number: '+12025550100' }] }, 404, 'unknown_line', 'acme has no line +12025550100'],
  [{ sipIn: [{ user: 'sales' }] }, 404, 'unknown_line', 'acme has no line sales'],
  [{ talk: { omnipresent: true } }, 400, 'invalid_body', 'talk has no setting "omnipresent"'],
  [{ talk: { maximumQueueWaitMinutes: 'never' } }, 400, 'invalid_body', 'talk.maximumQueueWaitMinutes is "never"; expected a number'],
  [{ talk: { ticketTiming: 'never' } }, 400, 'invalid_body', 'talk.ticketTiming must be one of'],
  [{ lines: [{ overflowTo: '+18005550100' }] }, 400, 'invalid_body', 'toll-free'],
  [{ webhookTimeoutMs: '5' }, 400, 'invalid_body', 'webhookTimeoutMs must be an integer'],
  [{ webhookRetrySpacingMs: [] }, 400, 'invalid_body', 'webhookRetrySpacingMs'],
  [{ webhookConcurrency: 0 }, 400, 'invalid_body', 'webhookConcurrency must be >= 1'],
  [{ trunk: { originationUri: 'sip:' } }, 400, 'invalid_body', 'sip:'],
] as const)('refuses %j and changes nothing', async ([patch, status, error, message]) => {
  await using world = await testEmulator();
  const before = (await world.send('GET', path)).body;
  const answer = await world.send('PUT', path, { webhookDelayMs: 7, ...patch });
  expect(answer).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
  expect((await world.send('GET', path)).body).toEqual(before);
});
