import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { decodeWav, Ear, FRAME_SAMPLES } from '../telephony/media/index.ts';
import { skipWithoutAddress } from '../telephony/testing/own-address.ts';
import { fitting } from './schemas.ts';
import { BRIDGE_HZ, testBridge } from './test-bridge.ts';
import { testEmulator, type TestEmulator } from './test-emulator.ts';
import type { HearingView } from './views/hearing.ts';

interface View {
  id: string;
  state: string;
  call: { state: string; endedBy: string; toneHz: number; digits: string; script: { state: string } };
  ticket: number;
  tickets: number[];
  legs: { id: string; kind: string; state: string; party: string; hosts?: object }[];
  correlation: { rule: string; evidence: { why?: string; bridges?: object[]; inCommon?: string[] } };
  binding: object;
  hearing: HearingView[];
}

const dial = async (world: TestEmulator, script: object[] = [], more: object = {}): Promise<string> => {
  const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', script, ...more });
  return `/journeys/${body.journey}`;
};
/** The journey's recording of one party, as samples at 8 kHz. */
async function recorded(world: TestEmulator, path: string, party: string): Promise<Int16Array> {
  const response = await fetch(`${world.url}${path}/recordings/${encodeURIComponent(party)}.wav`);
  expect(response.headers.get('content-type')).toBe('audio/wav');
  return decodeWav(new Uint8Array(await response.arrayBuffer()));
}

/** Whether the tone is heard for half a second anywhere in the samples. */
function sounds(samples: Int16Array, frequencyHz: number): boolean {
  const ear = new Ear();
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    ear.write(samples.subarray(at, at + FRAME_SAMPLES));
    if (ear.measure(frequencyHz).hears) return true;
  }
  return false;
}

const hears = (view: View, listener: string, speaker: string): boolean =>
  view.hearing.some((each) => each.listener === listener && each.speaker === speaker && each.hears);

test('a call goes all the way: overflow, trunk, bridge, digits, transfer, agent, and back', async () => {
  await using bridge = await testBridge();
  await using world = await testEmulator({ bridge: bridge.uri, bridgeToneHz: BRIDGE_HZ });
  await world.send('POST', '/agents', { name: 'Grace Hopper', email: 'namesake@acme.example', presence: 'offline' });
  const agent = await world.send<{ id: number; toneHz: number }>('POST', '/agents', { name: 'Grace Hopper', answers: 'when-told' });
  const path = await dial(world, [{ await: { hears: 'bridge' } }, { press: '0' }], { record: true });
  const talking = await world.until<View>(path, (view) => view.call.digits === '0');
  expect(hears(talking, 'caller', 'bridge')).toBe(true);
  await expect(fitting('journey', talking)).resolves.toBe(talking);
  expect(talking).toMatchObject({
    state: 'live',
    call: { state: 'answered' },
    presentation: { onTrunk: { from: '<sip:+14155550100@acme.pstn.twilio.com>', originationUri: bridge.uri, status: 200 } },
    binding: { result: 'none' },
  });
  expect(talking.legs.map((leg) => [leg.kind, leg.state])).toEqual([
    ['caller', 'answered'],
    ['overflow', 'answered'],
    ['trunk', 'answered'],
  ]);
  expect(talking.tickets).toEqual([talking.ticket]);

  expect(await world.send('POST', `${path}/digits`, { digits: '7#' })).toMatchObject({ status: 202, body: { digits: '7#' } });
  await world.until<View>(path, () => bridge.digits.join('') === '07#');

  const sipIn = world.emulator.describe().sipIn;
  await bridge.transfer(sipIn?.alias ?? '', '+14155550100', talking.ticket);
  const ringing = `/agents/${agent.body.id}`;
  expect(await world.until<{ state: string; journey: string }>(ringing, (view) => view.state === 'ringing')).toMatchObject({
    journey: talking.id,
  });
  expect(await world.send('POST', `${ringing}/answer`)).toMatchObject({ status: 200, body: { state: 'talking', journey: talking.id } });
  const joined = await world.until<View>(path, (view) => hears(view, 'caller', 'Grace Hopper') && hears(view, 'Grace Hopper', 'caller'));
  await expect(fitting('journey', joined)).resolves.toBe(joined);
  expect(joined).toMatchObject({
    call: { digits: '07#' },
    presentation: { onSipIn: { number: '+14155550100', ticketHeader: String(talking.ticket), status: 200 } },
    correlation: { rule: 'ticket-header', ticketHeader: String(talking.ticket) },
    binding: { result: 'bound', ticketId: talking.ticket, diagnostics: [] },
  });
  expect(hears(joined, 'caller', 'bridge')).toBe(false);

  await world.send('POST', `${path}/hangup`, { party: 'agent' });
  await world.until<View>(path, (view) => view.legs.find((leg) => leg.kind === 'agent')?.state === 'ended');
  await world.send('POST', `${path}/hangup`);
  const over = await world.until<View>(path, (view) => view.state === 'finished');
  expect(over).toMatchObject({ call: { state: 'ended', endedBy: 'caller' }, hearing: [] });
  expect(over.legs.every((leg) => leg.state === 'ended')).toBe(true);
  await expect(fitting('journey', over)).resolves.toBe(over);

  const heard = await world.send<{ entries: { label: string }[] }>('GET', `/journal?journey=${over.id}&kind=media.hearing`);
  const labels = heard.body.entries.map(({ label }) => label).filter((label) => label.startsWith('caller'));
  // On a busy machine sound may fail for a moment, and is then told of again.
  expect([...new Set(labels)].slice(0, 3)).toEqual(
    ['hears bridge', 'no longer hears bridge', 'hears Grace Hopper'].map((what) => `caller +14155550100 ${what}`),
  );

  const { body } = await world.send<{ recordings: { party: string; leg: string; durationMs: number }[] }>('GET', `${path}/recordings`);
  const legId = (kind: string): string | undefined => over.legs.find((leg) => leg.kind === kind)?.id;
  expect(Object.fromEntries(body.recordings.map(({ party, leg }) => [party, leg]))).toEqual({
    caller: legId('caller'),
    overflow: legId('overflow'),
    trunk: legId('trunk'),
    'sip-in': legId('sip-in'),
    'Grace Hopper': legId('agent'),
  });
  expect(body.recordings.every(({ durationMs }) => durationMs >= 500)).toBe(true);
  const caller = await recorded(world, path, 'caller');
  expect([sounds(caller, BRIDGE_HZ), sounds(caller, agent.body.toneHz)]).toEqual([true, true]);
  const { toneHz } = over.call;
  const agentHeard = await recorded(world, path, 'Grace Hopper');
  expect([sounds(agentHeard, toneHz), sounds(agentHeard, agent.body.toneHz)]).toEqual([true, false]);
  // What the bridge says: its own tone, then the agent's, to the trunk; the caller's to Talk.
  const trunk = await recorded(world, path, 'trunk');
  expect([BRIDGE_HZ, agent.body.toneHz, toneHz].map((tone) => sounds(trunk, tone))).toEqual([true, true, false]);
  const overflow = await recorded(world, path, 'overflow');
  expect([BRIDGE_HZ, agent.body.toneHz, toneHz].map((tone) => sounds(overflow, tone))).toEqual([true, true, false]);
  const talk = await recorded(world, path, 'sip-in');
  expect([BRIDGE_HZ, agent.body.toneHz, toneHz].map((tone) => sounds(talk, tone))).toEqual([false, false, true]);
  expect(await world.send('GET', `${path}/recordings/Bob.wav`)).toMatchObject({ status: 404, body: { error: 'unknown_recording' } });
});

test('the bridge is heard by the tone that is told of it, by that alone; without one by any sound that is nobody else’s', async () => {
  await using bridge = await testBridge();
  await using world = await testEmulator({ bridge: bridge.uri, bridgeToneHz: BRIDGE_HZ });
  const path = await dial(world, [{ await: { hears: 'bridge' } }, { press: '0' }]);
  const row = async (): Promise<HearingView | undefined> => (await world.send<View>('GET', path)).body.hearing[0];
  await world.until<View>(path, (view) => view.call.digits === '0');
  expect(await row()).toEqual({
    listener: 'caller',
    speaker: 'bridge',
    hears: true,
    dominanceDb: expect.any(Number),
    share: expect.any(Number),
  });
  expect((await row())?.dominanceDb).toBeGreaterThan(20);
  const told = (bridgeToneHz: number | null): Promise<unknown> => world.send('PUT', '/accounts/acme/settings', { bridgeToneHz });
  await told(BRIDGE_HZ + 10);
  expect(await row()).toEqual({ listener: 'caller', speaker: 'bridge', hears: false, dominanceDb: expect.any(Number), share: 0 });
  expect((await row())?.dominanceDb).toBeLessThan(0);
  await told(null);
  expect(await row()).toEqual({ listener: 'caller', speaker: 'bridge', hears: true, dominanceDb: null, share: null });
});

test('a call that shares no address with the bridge is a journey of its own, unless the bridge is said to be multi-homed', async ({
  skip,
}) => {
  await skipWithoutAddress(skip, '127.0.0.2');
  await using bridge = await testBridge();
  await using elsewhere = await testBridge({ host: '127.0.0.2' });
  await using world = await testEmulator({ bridge: bridge.uri });
  const isAtBridge = ({ kind, state }: View['legs'][number]): boolean => kind === 'trunk' && state === 'answered';
  const { legs } = await world.until<View>(await dial(world), (view) => view.legs.some(isAtBridge));
  const at = legs.find(isAtBridge);
  expect(at).toMatchObject({ hosts: { calledAt: '127.0.0.1', source: '127.0.0.1', contact: '127.0.0.1', media: '127.0.0.1' } });
  const noTicket = 999_999;
  const alias = world.emulator.describe().sipIn?.alias ?? '';
  const transferred = async (): Promise<View> => {
    const { body } = await world.send<{ journeys: View[] }>('GET', '/journeys?state=live');
    const view = body.journeys.find(({ correlation }) => correlation.rule !== null) as View;
    return await fitting('journey', view);
  };

  const stray = await elsewhere.transfer(alias, '+14155550177', noTicket);
  await once(stray, 'answered');
  const own = await transferred();
  expect(own).toMatchObject({ correlation: { rule: 'new-journey', evidence: { bridges: [at?.hosts] } } });
  expect(own.correlation.evidence.why).toMatch(/^one live call at the bridge, but none of its addresses .*; if it is the same bridge/);
  stray.hangup();
  await world.until<View>(`/journeys/${own.id}`, (view) => view.state === 'finished');

  expect(await world.send('PUT', '/accounts/acme/settings', { talk: { multiHomedBridge: true } })).toMatchObject({ status: 200 });
  await once(await elsewhere.transfer(alias, '+14155550177', noTicket), 'answered');
  expect(await transferred()).toMatchObject({
    correlation: { rule: 'only-live-leg', evidence: { inCommon: [], bridge: own.correlation.evidence.bridges?.[0] } },
  });
});

test('a ticket that the bridge made itself, and names in its transfer, is one of the journey', async () => {
  await using bridge = await testBridge();
  await using world = await testEmulator({ bridge: bridge.uri });
  await world.send('PUT', '/accounts/acme/settings', { talk: { ticketTiming: 'call_end' } });
  await world.send('POST', '/agents', { name: 'Grace Hopper', answers: 'when-told' });
  const path = await dial(world);
  await world.until<View>(path, ({ legs }) => legs.some(({ kind, state }) => kind === 'trunk' && state === 'answered'));

  const { account, sipIn } = world.emulator.describe();
  const authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  const response = await fetch(`${account.url}/api/v2/tickets`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ ticket: { via_id: 34, comment: { body: 'They ask for a human.' } } }),
  });
  const { ticket } = (await response.json()) as { ticket: { id: number } };
  await bridge.transfer(sipIn?.alias ?? '', '+14155550100', ticket.id);
  const bound = await world.until<View & { binding: { result: string } }>(path, ({ binding }) => binding.result === 'bound');
  expect(bound).toMatchObject({ ticket: null, tickets: [ticket.id], correlation: { rule: 'from-number' } });
});

test('hold music is no bridge', async () => {
  await using world = await testEmulator({
    seed: { agents: [{ name: 'Grace', answers: 'ignores' }], talk: { lines: [{ group: 'Support' }] } },
  });
  const path = await dial(world, [{ await: { hears: 'bridge' }, withinMs: 1_000 }]);
  const waited = await world.until<View>(path, (view) => view.call.script.state === 'failed');
  expect(waited).toMatchObject({
    call: { script: { problem: 'waited in vain for hearing "bridge": the call was still answered after 1000 ms' } },
    hearing: [{ listener: 'caller', speaker: 'bridge', hears: false }],
  });
});

test('reset hangs up on the bridge, sends no more webhooks, and the next call works', async () => {
  const hook = createServer((req, res) => void req.resume().on('end', () => res.end())).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  let deliveries = 0;
  hook.on('request', () => deliveries++);
  await using bridge = await testBridge();
  await using world = await testEmulator({ bridge: bridge.uri });
  const { account } = world.emulator.describe();
  const webhook = {
    name: 'bridge',
    status: 'active',
    endpoint: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.created'],
  };
  const created = await fetch(`${account.url}/api/v2/webhooks`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ webhook }),
  });
  expect(created.status).toBe(201);
  await world.send('POST', '/snapshot', { name: 'connected' });

  const path = await dial(world);
  await world.until<View>(path, (view) => view.legs.some((leg) => leg.kind === 'trunk' && leg.state === 'answered'));
  const hungUp = once(bridge.ended, 'ended');
  expect(await world.send('POST', '/reset')).toEqual({ status: 200, body: { account: 'acme', endedCalls: 1 } });
  await hungUp;
  expect((await world.send('GET', path)).status).toBe(404);
  expect((await world.send('GET', '/journeys')).body).toEqual({ journeys: [] });

  // The webhook was made after the seed: it is gone, and comes back with the snapshot.
  const delivered = deliveries;
  const second = await dial(world);
  await world.until<View>(second, (view) => view.legs.some((leg) => leg.kind === 'trunk' && leg.state === 'answered'));
  await world.send('POST', `${second}/hangup`);
  await world.until<View>(second, (view) => view.state === 'finished');
  expect(deliveries).toBe(delivered);
  expect((await world.send('POST', '/restore', { name: 'connected' })).status).toBe(200);
  const third = await dial(world);
  await world.until<{ correlation: { webhooks: unknown[] } }>(third, (view) => view.correlation.webhooks.length === 1);
  expect(deliveries).toBe(delivered + 1);
  hook.close();
});

test('two accounts have calls at once; ending one leaves the other', async () => {
  await using bridge = await testBridge();
  await using world = await testEmulator({ bridge: bridge.uri });
  await world.send('POST', '/accounts', { subdomain: 'globex', trunk: { originationUri: bridge.uri } });
  const first = await dial(world);
  const { body } = await world.send<{ journey: string }>('POST', '/calls', { account: 'globex', from: '+14155550100' });
  const second = `/journeys/${body.journey}`;
  const up = (view: View): boolean => view.legs.some((leg) => leg.kind === 'trunk' && leg.state === 'answered');
  await world.until<View>(first, up);
  await world.until<View>(second, up);
  expect(bridge.calls.map((call) => call.request.headers.get('From'))).toEqual([
    expect.stringContaining('@acme.pstn.twilio.com'),
    expect.stringContaining('@globex.pstn.twilio.com'),
  ]);
  const hungUp = once(bridge.ended, 'ended');
  expect((await world.send('DELETE', '/accounts/globex')).status).toBe(204);
  await hungUp;
  expect((await world.send<View>('GET', first)).body).toMatchObject({ state: 'live', call: { state: 'answered' } });
  expect(bridge.calls.map((call) => call.state)).toEqual(['established', 'ended']);
});

test('stopping the emulator hangs up on the bridge', async () => {
  await using bridge = await testBridge();
  const world = await testEmulator({ bridge: bridge.uri });
  const path = await dial(world);
  await world.until<View>(path, (view) => view.legs.some((leg) => leg.kind === 'trunk' && leg.state === 'answered'));
  const hungUp = once(bridge.ended, 'ended');
  await Promise.all([world.emulator.stop(), world.emulator.stop(), hungUp]);
  expect(bridge.calls.map((call) => call.state)).toEqual(['ended']);
  await expect(fetch(world.url)).rejects.toThrow('fetch failed');
});
