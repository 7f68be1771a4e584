import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { SteerableClock } from '../../core/steerable-clock.ts';
import { AccountDeliveries } from '../../zendesk/webhooks/delivery/account-deliveries.ts';
import { testEmulator, type TestEmulator } from '../test-emulator.ts';

/** What the REST API of the first account answers. */
async function rest<Body>(world: TestEmulator, method: string, path: string, body?: unknown, subdomain = 'acme'): Promise<Body> {
  const { body: view } = await world.send<{ account: { url: string; email: string; apiToken: string } }>('GET', `/accounts/${subdomain}`);
  const { url, email, apiToken } = view.account;
  const response = await fetch(`${url}/api/v2${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Body;
}

const createTicket = async (world: TestEmulator, subdomain = 'acme'): Promise<number> => {
  const ticket = { subject: 'Help', comment: { body: 'Please' } };
  const made = await rest<{ ticket: { id: number } }>(world, 'POST', '/tickets', { ticket }, subdomain);
  return made.ticket.id;
};
const countTickets = async (world: TestEmulator, subdomain = 'acme'): Promise<number> =>
  (await rest<{ tickets: unknown[] }>(world, 'GET', '/tickets', undefined, subdomain)).tickets.length;

describe('reset', () => {
  test('returns the account to its seed and touches no other', async () => {
    await using world = await testEmulator();
    await world.send('POST', '/accounts', { subdomain: 'globex' });
    const first = await createTicket(world);
    await createTicket(world, 'globex');
    await world.send('PUT', '/accounts/acme/settings', { webhookDelayMs: 9, trunk: { originationUri: 'sip:127.0.0.1:5999' } });
    await world.send('POST', '/agents', { name: 'Grace Hopper' });
    await world.send('POST', '/faults', { target: 'webhook', action: 'drop' });
    await world.send('POST', '/faults', { account: 'globex', target: 'webhook', action: 'drop' });
    await world.send('POST', '/clock/advance', { ms: 60_000 });

    expect(await world.send('POST', '/accounts/acme/reset')).toEqual({ status: 200, body: { account: 'acme', endedCalls: 0 } });

    expect(await countTickets(world)).toBe(0);
    expect(await countTickets(world, 'globex')).toBe(1);
    expect((await world.send('GET', '/accounts/acme/settings')).body).toMatchObject({ webhookDelayMs: 0, trunk: { originationUri: null } });
    expect((await world.send('GET', '/agents')).body).toEqual({ agents: [] });
    expect((await world.send('GET', '/faults')).body).toEqual({ faults: [] });
    expect((await world.send('GET', '/faults?account=globex')).body).toMatchObject({ faults: [{ target: 'webhook' }] });
    expect((await world.send('GET', '/accounts/acme/clock')).body).toMatchObject({ aheadMs: 0 });
    expect(await createTicket(world)).toBe(first);
  });

  test('leaves the automations of the seed running', async () => {
    const automation = { title: 'Nudge', all: [{ field: 'status', value: 'new' }, { field: 'NEW', operator: 'is', value: '1' }], actions: [{ field: 'current_tags', value: 'nudged' }] }; // prettier-ignore
    await using world = await testEmulator({ seed: { automations: [automation] } });
    await world.send('POST', '/accounts/acme/reset');
    const id = await createTicket(world);
    // Two runs: of the first the ticket may be a moment less than an hour old.
    await world.send('POST', '/clock/advance', { ms: 7_300_000 });
    expect(await rest(world, 'GET', `/tickets/${id}`)).toMatchObject({ ticket: { tags: ['nudged'] } });
  });

  test('ends live calls and leaves the listeners up', async () => {
    await using world = await testEmulator();
    const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', postDialDelayMs: 60_000 });
    expect(await world.send('POST', '/reset')).toEqual({ status: 200, body: { account: 'acme', endedCalls: 1 } });
    expect(await world.send('GET', `/journeys/${body.journey}`)).toMatchObject({ status: 404, body: { error: 'unknown_journey' } });
    expect((await world.send('POST', '/calls', { from: '+14155550100', postDialDelayMs: 60_000 })).status).toBe(201);
  });
});

describe('snapshot and restore', () => {
  test('bring everything back as it was', async () => {
    await using world = await testEmulator();
    const kept = await createTicket(world);
    await world.send('PUT', '/accounts/acme/settings', { trunk: { originationUri: 'sip:127.0.0.1:5999' } });
    expect(await world.send('POST', '/accounts/acme/snapshot', { name: 'connected' })).toEqual({
      status: 201,
      body: { account: 'acme', snapshot: 'connected' },
    });
    const lost = await createTicket(world);
    await world.send('PUT', '/accounts/acme/settings', { trunk: { originationUri: null }, lines: [{ overflowTo: null }] });
    for (let times = 0; times < 2; times++) {
      expect(await world.send('POST', '/restore', { account: 'acme', name: 'connected' })).toEqual({
        status: 200,
        body: { account: 'acme', snapshot: 'connected' },
      });
      expect(await countTickets(world)).toBe(1);
      expect((await world.send('GET', '')).body).toMatchObject({
        line: { overflowTo: '+14155550199' },
        trunk: { originationUri: 'sip:127.0.0.1:5999' },
      });
      expect(await createTicket(world)).toBe(lost + times + 1);
    }
    expect(await rest(world, 'GET', `/tickets/${kept}`)).toMatchObject({ ticket: { id: kept } });
  });

  test('reset still returns to the seed', async () => {
    await using world = await testEmulator();
    await createTicket(world);
    await world.send('POST', '/snapshot');
    await world.send('POST', '/reset');
    expect(await countTickets(world)).toBe(0);
    await world.send('POST', '/restore');
    expect(await countTickets(world)).toBe(1);
  });

  test('restore with live calls is refused and harms nothing', async () => {
    await using world = await testEmulator();
    await world.send('POST', '/snapshot');
    const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', postDialDelayMs: 60_000 });
    expect(await world.send('POST', '/restore')).toMatchObject({
      status: 409,
      body: {
        error: 'live_calls',
        message: expect.stringContaining('acme has 1 live call;'),
        hint: expect.stringContaining('hang up first'),
      },
    });
    // Whatever it would restore.
    expect((await world.send('POST', '/restore', { name: 'nobody-saved-it' })).status).toBe(409);
    expect((await world.send('GET', `/journeys/${body.journey}`)).body).toMatchObject({ state: 'live', call: { state: 'dialling' } });
    await world.send('POST', `/journeys/${body.journey}/hangup`);
    expect((await world.send('POST', '/restore')).status).toBe(200);
  });

  test('with a file, also in another emulator', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringback-state-'));
    const file = join(folder, 'acme.ringback');
    let kept: number;
    let token: string;
    {
      await using world = await testEmulator();
      kept = await createTicket(world);
      ({ account: { apiToken: token } } = (await world.send<{ account: { apiToken: string } }>('GET', '')).body); // prettier-ignore
      expect(await world.send('POST', '/snapshot', { file })).toEqual({ status: 201, body: { account: 'acme', file } });
      await createTicket(world);
      expect(await world.send('POST', '/accounts/acme/restore', { file })).toEqual({ status: 200, body: { account: 'acme', file } });
      expect(await countTickets(world)).toBe(1);
      expect(await createTicket(world)).toBe(kept + 2);
    }
    await using other = await testEmulator({ randomSeed: 2 });
    await other.send('POST', '/restore', { file });
    expect(await countTickets(other)).toBe(1);
    expect((await other.send('GET', '')).body).toMatchObject({ account: { apiToken: token } });
    expect(await rest(other, 'GET', `/tickets/${kept}`)).toMatchObject({ ticket: { id: kept } });
    expect((await other.send('POST', '/calls', { from: '+14155550100' })).status).toBe(201);
    rmSync(folder, { recursive: true });
  });

  test('a file that is none changes nothing, faults included', async () => {
    await using world = await testEmulator();
    const folder = mkdtempSync(join(tmpdir(), 'ringback-state-'));
    const file = join(folder, 'acme.ringback');
    await world.send('POST', '/faults', { target: 'webhook', action: 'drop' });
    await createTicket(world);
    writeFileSync(file, 'hello');
    const refused = { status: 422, body: { error: 'invalid_snapshot', message: `${file} is no snapshot of Ringback` } };
    expect(await world.send('POST', '/restore', { file })).toMatchObject(refused);
    expect(await world.send('POST', '/snapshot', { file })).toMatchObject(refused);
    expect(await countTickets(world)).toBe(1);
    expect((await world.send('GET', '/faults')).body).toMatchObject({ faults: [{ target: 'webhook' }] });
    rmSync(folder, { recursive: true });
  });

  test.for([
    ['/restore', { file: '/nowhere/x.ringback' }, 404, 'unknown_snapshot', 'there is no file /nowhere/x.ringback'],
    ['/snapshot', { file: '/nowhere/x.ringback' }, 422, 'invalid_snapshot', '/nowhere/x.ringback cannot be written'],
    ['/snapshot', { file: '/etc/passwd' }, 400, 'invalid_body', 'file must match pattern'],
    ['/snapshot', { file: 'x.ringback', name: 'y' }, 400, 'invalid_body', 'it must NOT be valid'],
    ['/snapshot', { file: 7 }, 400, 'invalid_body', 'file must be a string'],
    ['/restore', { name: 'never' }, 404, 'unknown_snapshot', 'acme has no snapshot "never"'],
    ['/restore', {}, 404, 'unknown_snapshot', 'acme has no snapshot "default"'],
    ['/snapshot', { name: '@seed' }, 400, 'invalid_body', 'name must match pattern'],
    ['/snapshot', { name: 7 }, 400, 'invalid_body', 'name must be a string'],
    ['/restore', { nmae: 'x' }, 400, 'invalid_body', 'a property "nmae" that it does not know; did you mean "name"?'],
    ['/reset', { acount: 'acme' }, 400, 'invalid_body', 'did you mean "account"?'],
    ['/snapshot', { account: 'acne' }, 404, 'unknown_account', 'there is no account "acne"'],
    ['/reset', { account: 'acne' }, 404, 'unknown_account', 'there is no account "acne"'],
    ['/reset', { account: 7 }, 400, 'invalid_body', 'account must be a string'],
    ['/accounts/acne/reset', {}, 404, 'unknown_account', 'there is no account "acne"'],
  ] as const)('POST %s %j is refused', async ([path, body, status, error, message]) => {
    await using world = await testEmulator();
    expect(await world.send('POST', path, body)).toMatchObject({ status, body: { error, message: expect.stringContaining(message) } });
  });
});

describe('clock', () => {
  test('moves the business clock of one account', async () => {
    await using world = await testEmulator();
    await world.send('POST', '/accounts', { subdomain: 'globex' });
    const before = Date.now();
    const { status, body } = await world.send<{ now: number }>('POST', '/accounts/acme/clock/advance', { ms: 3_600_000 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: 'acme', aheadMs: 3_600_000 });
    expect(body.now - before).toBeGreaterThanOrEqual(3_600_000 - 1);
    expect((await world.send('GET', '/accounts/globex/clock')).body).toMatchObject({ account: 'globex', aheadMs: 0 });
  });

  /** A webhook for new tickets whose endpoint answers so. */
  const hooked = async (world: TestEmulator, answer: RequestListener) => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const webhook = {
      name: 'bridge',
      status: 'active',
      endpoint,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ['zen:event-type:ticket.created'],
    };
    await rest(world, 'POST', '/webhooks', { webhook });
    return {
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    };
  };

  test('what falls due on the way has happened when the answer comes: every retry of a webhook too', async () => {
    await using world = await testEmulator();
    let requests = 0;
    await using _endpoint = await hooked(world, (_request, response) => {
      requests += 1;
      response.writeHead(409).end();
    });
    await createTicket(world);
    expect(await world.send('POST', '/clock/advance', { ms: 600_000 })).toMatchObject({ status: 200, body: { aheadMs: 600_000 } });
    expect(requests).toBe(4);
    const { entries } = (await world.send<{ entries: object[] }>('GET', '/journal?kind=webhook.delivery')).body;
    expect(entries).toMatchObject([{ data: { state: 'failed', attempts: 4 } }]);
  });

  test('the clock stops between a retry and the next, and goes past what is held back', async () => {
    await using world = await testEmulator();
    let requests = 0;
    await using _endpoint = await hooked(world, (_request, response) => {
      requests += 1;
      response.writeHead(409).end();
    });
    await createTicket(world);
    await world.send('POST', '/clock/advance', { ms: 4_000 });
    expect(requests).toBe(2);
    await world.send('POST', '/clock/advance', { ms: 2_000 });
    expect(requests).toBe(3);
    await world.send('POST', '/faults', { target: 'webhook', action: 'hold' });
    await createTicket(world);
    await world.send('POST', '/clock/advance', { ms: 600_000 });
    expect(requests).toBe(4);
    await world.send('DELETE', '/faults');
    await world.send('POST', '/clock/advance', { ms: 600_000 });
    expect(requests).toBe(8);
  });

  /** An advance that waits for an endpoint which never answers. */
  const hanging = async (world: TestEmulator, ms: number) => {
    const bridge = new EventEmitter<{ asked: [] }>();
    const endpoint = await hooked(world, () => bridge.emit('asked'));
    const asked = once(bridge, 'asked');
    await createTicket(world);
    await asked;
    const { settled } = AccountDeliveries.prototype;
    const waits = vi.spyOn(AccountDeliveries.prototype, 'settled');
    const waiting = new Promise<void>((resolve) => {
      waits.mockImplementation(function (this: AccountDeliveries) {
        resolve();
        return settled.call(this);
      });
    });
    const advanced = world.send('POST', '/clock/advance', { ms });
    await waiting;
    waits.mockRestore();
    return { advanced, ...endpoint };
  };

  test.for(['/reset', '/restore'])('POST %s ends an advance that waits for an endpoint, and the clock stays', async (path) => {
    await using world = await testEmulator();
    await world.send('POST', '/snapshot');
    await using waiting = await hanging(world, 600_000);
    expect(await world.send('POST', path)).toMatchObject({ status: 200 });
    expect(await waiting.advanced).toMatchObject({ status: 200, body: { aheadMs: 0 } });
    expect((await world.send('GET', '/accounts/acme/clock')).body).toMatchObject({ aheadMs: 0 });
  });

  test('the end of the emulator ends an advance that waits for an endpoint', async () => {
    const automation = { title: 'Nudge', all: [{ field: 'status', value: 'new' }, { field: 'NEW', operator: 'is', value: '1' }], actions: [{ field: 'current_tags', value: 'nudged' }] }; // prettier-ignore
    await using world = await testEmulator({ seed: { automations: [automation] } });
    await using waiting = await hanging(world, 315_360_000_000);
    const moves = vi.spyOn(SteerableClock.prototype, 'advance');
    const answer = waiting.advanced.catch(() => undefined);
    await world.emulator.stop();
    await answer;
    expect(moves).not.toHaveBeenCalled();
    moves.mockRestore();
  });

  test('what begins while it waits is not waited for: an endpoint whose every call leads to the next', async () => {
    await using world = await testEmulator();
    const bridge = new EventEmitter<{ asked: []; over: [] }>();
    const tickets: Promise<number>[] = [];
    let isOver = false;
    await using _endpoint = await hooked(world, async (_request, response) => {
      bridge.emit('asked');
      if (isOver) bridge.emit('over');
      else tickets.push(createTicket(world));
      await tickets.at(-1);
      response.end();
    });
    const asked = once(bridge, 'asked');
    await createTicket(world);
    await asked;
    expect(await world.send('POST', '/clock/advance', { ms: 60_000 })).toMatchObject({ status: 200, body: { aheadMs: 60_000 } });
    const over = once(bridge, 'over');
    isOver = true;
    await over;
    await Promise.all(tickets);
  });

  test('a restore that changes no record ends the lag of search too', async () => {
    await using world = await testEmulator();
    await world.send('PUT', '/accounts/acme/settings', { searchIndexDelayMs: 60_000 });
    await world.send('POST', '/clock/advance', { ms: 3_600_000 });
    const id = await createTicket(world);
    const found = async (): Promise<object> => rest(world, 'GET', '/search?query=type:ticket');
    expect(await found()).toMatchObject({ count: 0 });
    await world.send('POST', '/snapshot');
    await world.send('POST', '/restore');
    expect(await found()).toMatchObject({ count: 1, results: [{ id }] });
  });

  test.for([
    [{}, "must have required property 'ms'"],
    [{ ms: -1 }, 'ms must be >= 0'],
    [{ ms: '5' }, 'ms must be a number'],
    [{ ms: 1e12 }, 'ms must be <= 315360000000'],
    [{ ms: 5, minutes: 1 }, 'a property "minutes" that it does not know'],
  ] as const)('refuses %j', async ([body, message]) => {
    await using world = await testEmulator();
    expect(await world.send('POST', '/clock/advance', body)).toMatchObject({
      status: 400,
      body: { error: 'invalid_body', message: expect.stringContaining(message) },
    });
  });
});
