import { expect, test } from 'vitest';
import { aView, JOURNEY, testControl } from '../scenario/test-control.ts';
import { ControlClient } from './control-client.ts';

test('each method is one route about its account', async () => {
  await using world = await testControl();
  world.on('POST /calls', () => ({ journey: JOURNEY }));
  world.on('GET /journeys', () => ({ journeys: [aView()] }));
  world.on('POST /accounts/acme/restore', () => ({}));
  expect(await world.control.dial({ from: '+14155550100' })).toEqual({ journey: JOURNEY });
  expect(await world.control.journeys('live')).toEqual([aView()]);
  await world.control.restore('x');
  expect(world.requests).toEqual([
    ['POST', '/calls', { account: 'acme', from: '+14155550100' }],
    ['GET', '/journeys?account=acme&state=live', undefined],
    ['POST', '/accounts/acme/restore', { name: 'x' }],
  ]);
});

test('a refusal says what was asked, why it was refused and what to do', async () => {
  await using world = await testControl();
  world.on('POST /accounts/acme/restore', () => {
    throw { status: 409, error: 'live_calls', message: 'account "acme" has 1 live call', hint: 'hang up first' };
  });
  await expect(world.control.restore('x')).rejects.toMatchObject({
    name: 'ControlError',
    status: 409,
    code: 'live_calls',
    message: `POST ${world.control.url}/accounts/acme/restore: account "acme" has 1 live call (hang up first)`,
  });
});

test('an emulator that is gone is said to be gone', async () => {
  await expect(new ControlClient('http://127.0.0.1:1/control', 'acme').agents()).rejects.toMatchObject({ code: 'unreachable', status: 0 });
});
