import { expect, test } from 'vitest';
import { fitting } from '../schemas.ts';
import { testEmulator } from '../test-emulator.ts';

test('faults come and go, one or all', async () => {
  await using world = await testEmulator();
  const draft = { target: 'webhook', match: { type: 'ticket.created' }, action: 'delay', params: { ms: 800 }, times: 2 };
  const { status, body } = await world.send<{ id: string }>('POST', '/faults', draft);
  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.stringMatching(/^fault-/),
    account: 'acme',
    target: 'webhook',
    action: 'delay',
    match: { type: 'ticket.created' },
    params: { ms: 800 },
    remaining: 2,
    probability: 1,
    until: null,
  });
  await expect(fitting('fault#/$defs/view', body)).resolves.toBe(body);
  const hold = await world.send<{ id: string }>('POST', '/faults', { target: 'webhook', action: 'hold', until: { kind: 'sip.message' } });
  expect((await world.send('GET', '/faults')).body).toEqual({ faults: [body, hold.body] });
  expect((await world.send('POST', `/faults/${hold.body.id}/release`)).status).toBe(204);
  expect((await world.send('DELETE', `/faults/${body.id}`)).status).toBe(204);
  expect((await world.send('GET', '/faults')).body).toEqual({ faults: [hold.body] });
  expect(await world.send('DELETE', '/faults')).toEqual({ status: 200, body: { removed: 1 } });
  expect((await world.send('GET', '/faults')).body).toEqual({ faults: [] });
});

test("one account's faults are none of another's", async () => {
  await using world = await testEmulator();
  await world.send('POST', '/accounts', { subdomain: 'globex' });
  await world.send('POST', '/faults', { account: 'globex', target: 'webhook', action: 'drop' });
  expect(await world.send('DELETE', '/faults')).toEqual({ status: 200, body: { removed: 0 } });
  expect(await world.send('DELETE', '/faults?account=globex')).toEqual({ status: 200, body: { removed: 1 } });
});

test('what releases a hold may be a header of a request', async () => {
  await using world = await testEmulator();
  const until = { kind: 'http.exchange', 'data.request.headers.user-agent': 'bridge/1' };
  expect(await world.send('POST', '/faults', { target: 'webhook', action: 'hold', until })).toMatchObject({ status: 201, body: { until } });
});

test.for([
  ['POST', '/faults', { action: 'drop' }, 400, 'invalid_body', "must have required property 'target'"],
  ['POST', '/faults', { target: 'weather', action: 'drop' }, 400, 'invalid_body', 'target must be one of "webhook"'],
  ['POST', '/faults', { target: 'webhook', action: 'drop', probability: 2 }, 400, 'invalid_body', 'probability must be <= 1'],
  ['POST', '/faults', { target: 'webhook', action: 'explode' }, 400, 'invalid_body', 'action is "explode"'],
  ['POST', '/faults', { target: 'sip-in', action: 'drop' }, 400, 'invalid_body', 'expected one of reject'],
  [
    'POST',
    '/faults',
    { target: 'webhook', action: 'drop', match: { tpye: 'x' } },
    400,
    'invalid_body',
    'type, event, webhook, name, ticket',
  ],
  ['POST', '/faults', { target: 'sip-in', action: 'reject', match: { type: 'x' } }, 400, 'invalid_body', 'expected properties of a sip-in'],
  ...(
    [
      [{ action: 'drop', params: { ms: 5 } }, 'params.ms is 5: expected no settings: drop has none'],
      [{ action: 'delay', params: { ms: 5, milliseconds: 5 } }, 'params.milliseconds is 5: expected a setting of delay: ms'],
      [{ action: 'delay' }, "it must have required property 'params'"],
      [{ action: 'delay', params: {} }, "params must have required property 'ms'"],
      [{ action: 'delay', params: { ms: '5' } }, 'params.ms is "5": expected milliseconds from 0'],
      [{ action: 'delay', params: { ms: -1 } }, 'params.ms is -1'],
      [{ action: 'duplicate', params: { copies: 0 } }, 'params.copies is 0: expected a whole number from 1'],
      [{ action: 'duplicate', params: { newInvocation: 'yes' } }, 'expected true or false'],
      [{ action: 'reorder', params: { size: 2.5 } }, 'params.size is 2.5'],
      [{ action: 'stale-timestamp', params: { seconds: 0.5 } }, 'whole seconds'],
      [{ action: 'wrong-content-type', params: { contentType: 'a\r\nb' } }, 'printable ASCII'],
      [{ action: 'constructor' }, 'action is "constructor"'],
      [{ action: 'delay', params: { ms: 5, toString: 1 } }, 'params.toString is 1'],
      [{ action: 'drop', until: { kind: 'note' } }, 'only hold waits'],
      [{ action: 'hold', until: { kinds: 'note' } }, 'properties of a journal entry'],
      [{ action: 'hold', until: { data: 'note' } }, 'properties of a journal entry'],
    ] as const
  ).map(([rest, message]) => ['POST', '/faults', { target: 'webhook', ...rest }, 400, 'invalid_body', message] as const),
  ['POST', '/faults', { target: 'sip-in', action: 'reject', params: { status: 200 } }, 400, 'invalid_body', 'a SIP status from 300 to 699'],
  ['POST', '/faults', { account: 'acne', target: 'webhook', action: 'drop' }, 404, 'unknown_account', 'acne'],
  ['DELETE', '/faults/fault-1', undefined, 404, 'unknown_fault', 'there is no fault "fault-1"'],
  ['POST', '/faults/fault-1/release', undefined, 404, 'unknown_fault', 'there is no fault "fault-1"'],
] as const)('%s %s %j is refused', async ([method, path, body, status, error, message]) => {
  await using world = await testEmulator();
  expect(await world.send(method, path, body)).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
});
