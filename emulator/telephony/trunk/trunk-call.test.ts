import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { legsOf, type PstnEnd } from '../pstn/index.ts';
import { formatAddress, type IncomingCall, type SipRequest } from '../sip/index.ts';
import { next, testWorld, type TestWorld } from './testing/test-world.ts';

const ANSWER = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\nc=IN IP4 192.0.2.44\r\n';

describe('a call through the trunk', () => {
  let world: TestWorld;

  beforeEach(async () => {
    world = await testWorld();
  });

  afterEach(() => world.close());

  const ended = async (call: Parameters<typeof next>[0]): Promise<PstnEnd> => (await next<[PstnEnd]>(call as never, 'ended'))[0];

  test('reaches the bridge with the documented INVITE and is heard both ways', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call, voice, journey } = world.dial();
    await next(call, 'answered');
    const [invite] = (await bridge.got('INVITE')) as [SipRequest];
    expect(invite.headers.entries().map(({ name }) => name)).toEqual([
      'Record-Route',
      'From',
      'To',
      'CSeq',
      'Max-Forwards',
      'P-Asserted-Identity',
      'Diversion',
      'Call-ID',
      'Via',
      'Via',
      'Contact',
      'Allow',
      'X-Twilio-AccountSid',
      'User-Agent',
      'Content-Type',
      'X-Twilio-CallSid',
      'Content-Length',
    ]);
    expect(invite.uri).toBe(`sip:+14155550199@127.0.0.1:${bridge.sip.addresses.udp.port}`);
    expect(invite.headers.values('Via')[1]).toContain('SIP/2.0/UDP 172.25.');
    expect(Buffer.from(invite.body).toString()).toMatch(
      /^v=0\r\no=root \d+ \d+ IN IP4 172\.18\.\d+\.\d+\r\ns=Twilio Media Gateway\r\nc=IN IP4 127\.0\.0\.1\r\nt=0 0\r\nm=audio \d+ RTP\/AVP 0 8 101\r\n/,
    );
    await new Promise<void>((resolve) => {
      const stop = voice.ear.subscribe(() => {
        if (!voice.ear.measure(1370).hears) return;
        stop();
        resolve();
      });
    });
    expect(world.facts(journey)).toMatchObject({
      callId: invite.headers.get('Call-ID'),
      from: '<sip:+14155550100@acme.pstn.twilio.com>',
      pAssertedIdentity: '<sip:+14155550100@203.0.113.7:5060>',
      diversion: '<sip:+14155550199@twilio.com>;reason=unconditional',
      privacy: null,
      originationUri: bridge.uri,
      state: 'answered',
      status: 200,
    });
    expect(world.core.journeys.find('acme', `trunk-call:${invite.headers.get('Call-ID')}`)).toBe(journey.id);
    call.hangup();
    const [bye] = (await bridge.got('BYE')) as [SipRequest];
    expect(bye.headers.get('Reason')).toBe('Q.850;cause=16;text="Normal call clearing"');
    expect(bye.headers.get('User-Agent')).toBe('Twilio Gateway');
    const [ack] = (await bridge.got('ACK')) as [SipRequest];
    expect(ack.headers.get('User-Agent')).toBe('Twilio');
    for (const request of [ack, bye]) expect(request.headers.get('X-Twilio-CallSid')).toBe(invite.headers.get('X-Twilio-CallSid'));
    expect(legsOf(journey.facts)).toMatchObject([
      { kind: 'caller', state: 'ended', endedBy: 'caller' },
      { kind: 'trunk', party: bridge.uri, callId: invite.headers.get('Call-ID'), state: 'ended', endedBy: 'caller', cause: 'normal' },
    ]);
    expect(world.facts(journey)).toMatchObject({ state: 'ended', status: 200 });
  });

  test('its leg tells where the bridge was called, where it answers from, and where it says that it is', async () => {
    const bridge = await world.bridge((call, { sip }) => {
      const contact = ['Contact', `<sip:bot@BRIDGE.example:5070>, <sip:${formatAddress(sip.addresses.udp)}>`] as const;
      call.answer({ body: ANSWER, headers: [contact] });
    });
    world.trunk([`sip:localhost:${bridge.sip.addresses.udp.port}`]);
    const { call, journey } = world.dial();
    await next(call, 'answered');
    const leg = legsOf(journey.facts).at(-1);
    await vi.waitFor(() => expect(leg?.hosts?.resolvedTo).toContain('127.0.0.1'));
    expect(leg?.hosts).toMatchObject({ calledAt: 'localhost', source: '127.0.0.1', contact: 'BRIDGE.example', media: '192.0.2.44' });
    call.hangup();
  });

  test('the bridge hangs up, in the dialog that Record-Route leads to', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call, journey } = world.dial();
    await next(call, 'answered');
    bridge.calls[0]?.hangup({ reason: 'Q.850;cause=17;text="x"' });
    expect(await ended(call)).toEqual({ by: 'callee', cause: 'busy' });
    expect(legsOf(journey.facts).map(({ endedBy }) => endedBy)).toEqual(['callee', 'bridge']);
  });

  test('keys travel both ways, in order', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call, caller } = world.dial();
    await next(call, 'answered');
    let heard = '';
    const all = new Promise<void>((resolve) => bridge.endpoint?.on('digit', (digit) => (heard += digit).length === 3 && resolve()));
    caller.press('1#');
    caller.press('0');
    await all;
    expect(heard).toBe('1#0');
    const back = next<[string]>(call as never, 'digit');
    await bridge.endpoint?.sendDigits('7');
    expect(await back).toEqual(['7']);
    call.hangup();
  });

  test('180 rings, 183 with a description lets the caller hear the bridge before the answer', async () => {
    const bridge = await world.bridge((call) => call.provisional(180));
    world.trunk([bridge]);
    const { call, voice, journey } = world.dial();
    const arrived = bridge.next();
    await next(call, 'ringing');
    expect(world.facts(journey).state).toBe('ringing');
    const incoming = await arrived;
    const early = await world.media.open('bridge');
    incoming.on('ended', () => early.close());
    const { toneSource } = await import('../media/index.ts');
    early.source = toneSource(1010);
    const progress = next(call, 'progress');
    incoming.provisional(183, { body: early.answer(incoming.request.body) });
    await progress;
    await new Promise<void>((resolve) => voice.ear.subscribe(() => voice.ear.measure(1010).hears && resolve()));
    expect(call.state).toBe('ringing');
    call.hangup();
    const [cancel] = (await bridge.got('CANCEL')) as [SipRequest];
    expect(cancel.headers.getAll('User-Agent')).toEqual(['Twilio Gateway']);
    expect(await bridge.got('ACK')).toHaveLength(1);
    expect(world.facts(journey)).toMatchObject({ state: 'ended', status: null, attempts: [{ outcome: 'normal, by caller' }] });
  });

  test.each([
    [486, 'busy'],
    [404, 'unallocated-number'],
    [603, 'rejected'],
    [480, 'no-response'],
  ])('a final %d is %s for the caller, and tries nobody else', async (status, cause) => {
    const bridge = await world.bridge((call) => call.reject(status));
    const other = await world.bridge();
    world.trunk([bridge, other]);
    const { call, journey } = world.dial();
    expect(await ended(call)).toEqual({ by: 'callee', cause, sipStatus: status });
    expect(other.calls).toEqual([]);
    expect(world.facts(journey)).toMatchObject({ state: 'ended', status });
    expect((await world.entry('call.problem')).label).toBe(`Twilio warning 32011: ${bridge.uri} refused with ${status}`);
  });

  test('503 moves on to the next URI: another Call-ID, the same call', async () => {
    const first = await world.bridge((call) => call.reject(503));
    const second = await world.bridge();
    world.trunk([first, second]);
    const { call, journey } = world.dial();
    await next(call, 'answered');
    const [one, two] = [(await first.got('INVITE'))[0]?.headers, (await second.got('INVITE'))[0]?.headers];
    expect(one?.get('Call-ID')).not.toBe(two?.get('Call-ID'));
    expect(one?.get('X-Twilio-CallSid')).toBe(two?.get('X-Twilio-CallSid'));
    expect(world.facts(journey).attempts).toEqual([
      { originationUri: first.uri, callId: one?.get('Call-ID'), outcome: 'refused with 503' },
      { originationUri: second.uri, callId: two?.get('Call-ID'), outcome: 'answered' },
    ]);
    call.hangup();
    expect(legsOf(journey.facts).map(({ kind, cause }) => [kind, cause])).toEqual([
      ['caller', 'normal'],
      ['trunk', 'temporary-failure'],
      ['trunk', 'normal'],
    ]);
  });

  test('every URI failing ends the call with the last one’s failure', async () => {
    const first = await world.bridge((call) => call.reject(503));
    const second = await world.bridge((call) => call.reject(500));
    world.trunk([first, second]);
    const { call } = world.dial();
    expect(await ended(call)).toEqual({ by: 'callee', cause: 'temporary-failure', sipStatus: 500 });
  });

  test('a public address stands in Record-Route and Via, and is no hop of our own requests', async () => {
    await world.close();
    world = await testWorld({}, { host: '203.0.113.80', port: 5060 });
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call } = world.dial();
    await next(call, 'answered');
    const [invite] = (await bridge.got('INVITE')) as [SipRequest];
    expect(invite.headers.get('Record-Route')).toBe('<sip:203.0.113.80:5060;lr>');
    expect(invite.headers.get('Via')).toMatch(/^SIP\/2\.0\/UDP 203\.0\.113\.80:5060;branch=/);
    call.hangup();
    expect((await bridge.got('BYE'))[0]?.headers.has('Route')).toBe(false);
  });

  describe('with a network that gives up sooner', () => {
    beforeEach(async () => {
      await world.close();
      world = await testWorld({ t1: 20 });
    });

    test('a URI that says nothing in time is left for the next', async () => {
      const dead = await world.bridge();
      const awake = await world.bridge();
      await dead.sip.close();
      world.trunk([dead, awake], { firstResponseMs: 400 });
      const { call, journey } = world.dial();
      await next(call, 'answered');
      expect(world.facts(journey).attempts.map(({ outcome }) => outcome)).toEqual(['timeout', 'answered']);
      call.hangup();
    });

    test('a bridge that is lost during the call ends it, and nobody else is tried', async () => {
      const bridge = await world.bridge();
      const other = await world.bridge();
      world.trunk([bridge, other]);
      const { call, journey } = world.dial();
      await next(call, 'answered');
      await bridge.got('ACK');
      world.impair = ({ direction, message }) =>
        direction === 'in' && message.kind === 'request' && message.method === 'ACK' ? 'drop' : 'pass';
      await bridge.calls[0]?.send('INVITE', { body: bridge.endpoint?.offer() ?? '' });
      expect(await ended(call)).toEqual({ by: 'network', cause: 'timer-expiry' });
      expect(await bridge.got('BYE')).toHaveLength(1);
      expect(other.calls).toEqual([]);
      expect(world.facts(journey)).toMatchObject({ state: 'ended', status: 200, attempts: [{ outcome: 'answered' }] });
    });

    test('one that answers after it was left gets ACK and BYE', async () => {
      const slow = await world.bridge(() => undefined);
      const awake = await world.bridge();
      let drop = true;
      const { port } = slow.sip.addresses.udp;
      world.impair = ({ direction, remote }) => (drop && direction === 'in' && remote.port === port ? 'drop' : 'pass');
      world.trunk([slow, awake], { firstResponseMs: 400 });
      const { call } = world.dial();
      await next(call, 'answered');
      drop = false;
      await slow.talk(slow.calls[0] as IncomingCall);
      expect(await slow.got('ACK')).toHaveLength(1);
      expect(await slow.got('BYE')).toHaveLength(1);
      expect(call.state).toBe('answered');
      call.hangup();
    });
  });

  test('nobody answering is no answer for the caller, and CANCEL for the bridge', async () => {
    const bridge = await world.bridge((call) => call.provisional(180));
    world.trunk([bridge], { ringTimeoutMs: 150 });
    const { call } = world.dial();
    expect(await ended(call)).toEqual({ by: 'network', cause: 'no-answer' });
    expect(await bridge.got('CANCEL')).toHaveLength(1);
  });

  test('an answer without anything to speak is acknowledged, ended, and final', async () => {
    const bridge = await world.bridge((call) =>
      call.answer({ body: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 18\r\n' }),
    );
    const other = await world.bridge();
    world.trunk([bridge, other]);
    const { call } = world.dial();
    expect(await ended(call)).toEqual({ by: 'network', cause: 'incompatible-destination', sipStatus: 200 });
    expect(await bridge.got('ACK')).toHaveLength(1);
    expect((await bridge.got('BYE'))[0]?.headers.get('Reason')).toContain('cause=88');
    expect(other.calls).toEqual([]);
  });

  test('a carrier profile that does not fit the call ends it, and says why', async () => {
    world.trunk([await world.bridge()]);
    const { call } = world.dial({ carrier: { name: 'odd', title: 'Odd', from: '<sip:{nobody}@x>', headers: [] } });
    expect(await ended(call)).toEqual({ by: 'network', cause: 'network-out-of-order' });
    const { label } = await world.entry('call.problem');
    expect(label).toMatch(/^the trunk cannot place the call: carrier profile "odd" has the unknown placeholder \{nobody\}/);
  });

  test('without an enabled URI the call fails with Twilio’s own error', async () => {
    world.trunk([]);
    const { call } = world.dial();
    expect(await ended(call)).toEqual({ by: 'network', cause: 'no-route' });
    expect((await world.entry('call.problem')).label).toMatch(/^Twilio error 32010: the trunk has no enabled origination URI/);
  });

  test('a call that is longer than the trunk allows is ended on both sides', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge], { maxDurationMs: 50 });
    const { call } = world.dial();
    expect(await ended(call)).toEqual({ by: 'network', cause: 'timer-expiry' });
    expect(await bridge.got('BYE')).toHaveLength(1);
  });

  test('a call without a limit lasts until somebody hangs up', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge], { maxDurationMs: null });
    const { call } = world.dial();
    await next(call, 'answered');
    expect((await bridge.calls[0]?.send('INFO'))?.status).toBe(405);
    const end = ended(call);
    call.hangup();
    expect(await end).toEqual({ by: 'caller', cause: 'normal' });
  });

  test('REFER is refused, INFO is not allowed, hold is honoured, and the call lives on', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call } = world.dial();
    await next(call, 'answered');
    const incoming = bridge.calls[0];
    const refer = await incoming?.send('REFER', { headers: [['Refer-To', '<sip:support@acme.zendesk.sip.twilio.com>']] });
    expect(refer?.status).toBe(603);
    const info = await incoming?.send('INFO');
    expect([info?.status, info?.headers.get('Allow')]).toEqual([405, 'ACK,BYE,CANCEL,INVITE,OPTIONS,REFER,NOTIFY']);
    expect((await incoming?.send('OPTIONS'))?.status).toBe(200);
    expect((await incoming?.send('NOTIFY', { headers: [['Event', 'refer']] }))?.status).toBe(481);
    expect(call.state).toBe('answered');
    call.hangup();
  });

  test('hold and resume by re-INVITE are answered with audio; an impossible offer with 488', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call } = world.dial();
    await next(call, 'answered');
    const incoming = bridge.calls[0];
    await bridge.got('ACK');
    const hold = bridge.endpoint?.offer({ direction: 'sendonly' }) ?? '';
    const held = await incoming?.send('INVITE', { body: hold });
    expect(held?.status).toBe(200);
    expect(Buffer.from(held?.body ?? []).toString()).toContain('a=recvonly');
    const bad = await incoming?.send('INVITE', { body: hold.replace(/RTP\/AVP.*/, 'RTP/AVP 18') });
    expect([bad?.status, bad?.headers.get('Warning')?.slice(0, 12)]).toEqual([488, '305 ringback']);
    call.hangup();
  });

  test('a re-INVITE without an offer gets one, and the answer in its ACK counts', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call } = world.dial();
    await next(call, 'answered');
    await bridge.got('ACK');
    const moved = await world.media.open('moved');
    const offered = await bridge.calls[0]?.send('INVITE', { ackBody: (offer) => moved.answer(offer.body) });
    expect(Buffer.from(offered?.body ?? []).toString()).toContain('RTP/AVP 0 8 101');
    await vi.waitFor(() => expect(moved.stats.packetsReceived).toBeGreaterThan(0), { timeout: 2_000, interval: 10 });
    moved.close();
    call.hangup();
  });

  test('one whose ACK brings nothing to speak with ends the call', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call } = world.dial();
    await next(call, 'answered');
    await bridge.got('ACK');
    const ended = next<[{ cause: string }]>(call, 'ended');
    await bridge.calls[0]?.send('INVITE');
    expect(await ended).toMatchObject([{ by: 'network', cause: 'incompatible-destination' }]);
    await bridge.got('BYE');
  });

  test('a transfer mode that is not emulated says so', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge], { transferMode: 'enable-all' });
    const { call } = world.dial();
    await next(call, 'answered');
    const refer = await bridge.calls[0]?.send('REFER', { headers: [['Refer-To', '<tel:+14155550111>']] });
    expect([refer?.status, refer?.headers.get('Warning')]).toEqual([
      501,
      '399 ringback "REFER with transfer mode enable-all is not emulated"',
    ]);
    call.hangup();
  });

  test('a caller who is gone before the INVITE left leaves nothing behind', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call, journey } = world.dial();
    await Promise.resolve();
    expect(call.state).toBe('offered');
    call.hangup();
    await world.entry('leg.ended', (entry) => entry.journey === journey.id);
    const second = world.dial();
    await next(second.call, 'answered');
    expect(bridge.calls).toHaveLength(1);
    second.call.hangup();
  });
});
