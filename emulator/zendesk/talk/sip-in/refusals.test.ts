import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoPortLeft } from '../../../telephony/media/index.ts';
import type { TalkSeed } from '../index.ts';
import { SIP_HOST, SipWorld, supportLine } from '../testing/sip-world.ts';
import { ACME, ADA } from '../testing/talk-world.ts';

let world: SipWorld;

afterEach(() => world.close());

describe('calls that SIP-IN turns down', () => {
  const refused = async (seed: TalkSeed, o: Parameters<SipWorld['transfer']>[0] = {}) => {
    world = await SipWorld.open(seed);
    const transfer = await world.transfer(o);
    const { cause, status, response } = await transfer.ended;
    expect(cause).toBe('rejected');
    expect(world.talk.records.calls(ACME)).toEqual([]);
    return { status, response };
  };
  const g729 =
    'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n';

  it('403 with the Twilio error for an address outside the allow list', async () => {
    const { status, response } = await refused(supportLine({ allowedCidrs: ['192.0.2.0/24'] }));
    expect(status).toBe(403);
    expect(response?.headers.get('X-Twilio-Error')).toBe('32201 Authentication failure - source IP Address not in ACL');
    expect(await world.sipInFacts()).toMatchObject({ status: 403, binding: 'none', state: 'rejected' });
    expect(await world.entry('call.rejected')).toMatchObject({ account: ACME, label: expect.stringContaining('127.0.0.1') });
    await world.entry('journey.finished');
  });

  it('403 for everybody when the allow list is empty', async () => {
    expect((await refused(supportLine({ allowedCidrs: [] }))).status).toBe(403);
  });

  it.each([
    ['an unknown host', 404, {}, { uri: 'sip:support@nobody.zendesk.sip.twilio.com' }],
    ["somebody else's host", 404, {}, { uri: 'sip:support@acme.zendesk.com' }],
    ['a line that is off', 404, { enabled: false }, {}],
    ['secure media over UDP', 403, { secureMedia: true }, {}],
    ['G.729 only', 488, {}, { body: g729 }],
    ['a code of its own', 606, { responses: { no_codec: 606 } }, { body: g729 }],
  ] as const)('%s: %i', async (_name, status, line, o) => {
    expect((await refused(supportLine(line), o)).status).toBe(status);
  });

  it.each(['<nobody in particular>', '<+14155550100>', '<sip:>', '"Ada" <sip:ada lovelace>', '<sip:ada@bridge.example:99999>'])(
    'a From that is no URI: 400 (%s)',
    async (from) => {
      expect((await refused(supportLine(), { from })).status).toBe(400);
      expect(await world.entry('call.rejected')).toMatchObject({ label: expect.stringContaining('From cannot be read') });
    },
  );

  it.each([
    ['a blocked number', { blockedNumbers: [ADA] }],
    ['Talk off', { enabled: false }],
  ])('%s: 603', async (_name, settings) => {
    expect((await refused(supportLine({}, settings))).status).toBe(603);
  });

  it('a reset before the line could answer: 503, and nothing is left of the call', async () => {
    world = await SipWorld.open(supportLine());
    const open = world.media.open.bind(world.media);
    vi.spyOn(world.media, 'open').mockImplementationOnce(async (...args) => {
      const endpoint = await open(...args);
      world.core.journeys.clear(ACME);
      return endpoint;
    });
    const transfer = await world.transfer();
    expect(await transfer.ended).toMatchObject({ cause: 'rejected', status: 503 });
    expect([world.talk.records.calls(ACME), world.talk.liveCalls(ACME)]).toEqual([[], 0]);
  });

  it.each([
    [503, new NoPortLeft('the even RTP ports 20000-20001 are all in use')],
    [500, new Error('cannot bind an RTP socket')],
  ])('%i when no audio can be opened: %s, journaled', async (status, error) => {
    world = await SipWorld.open(supportLine());
    vi.spyOn(world.media, 'open').mockRejectedValueOnce(error);
    expect(await (await world.transfer()).ended).toMatchObject({ cause: 'rejected', status });
    expect(await world.entry('call.rejected')).toMatchObject({ data: { status, because: error.message } });
  });

  it('an unknown user of a host with several lines: 404, or the first line', async () => {
    const two = (unknownUser: '404' | 'first_line'): TalkSeed => ({
      sipIn: [
        { user: 'support', group: 'Support', unknownUser },
        { user: 'sales', group: 'Sales' },
      ],
    });
    expect((await refused(two('404'), { uri: `sip:else@${SIP_HOST}` })).status).toBe(404);
    await world.close();
    world = await SipWorld.open(two('first_line'));
    expect((await (await world.transfer({ uri: `sip:else@${SIP_HOST}` })).answered).status).toBe(200);
  });

  it('an alias that no line has: 404, journaled', async () => {
    expect((await refused(supportLine(), { uri: 'sip:sales@127.0.0.1:5060' })).status).toBe(404);
    expect(await world.entry('call.rejected')).toMatchObject({
      account: null,
      label: expect.stringContaining('"sales" is the alias of no SIP-IN line'),
      data: { status: 404, uri: 'sip:sales@127.0.0.1:5060' },
    });
  });

  it('503 with Retry-After when a fault asks for it', async () => {
    world = await SipWorld.open(supportLine());
    world.core.faults.add({ account: ACME, target: 'sip-in', action: 'reject', params: { status: 503, retryAfter: 5 }, remaining: 1 });
    const { status, response } = await (await world.transfer()).ended;
    expect([status, response?.headers.get('Retry-After')]).toEqual([503, '5']);
    expect((await (await world.transfer()).answered).status).toBe(200);
  });
});

describe('the line that a Request-URI means', () => {
  it.each([
    ['any user of a host with one line', `sip:whoever@${SIP_HOST}`],
    ['a host in capitals, with port and parameters', `sip:support@${SIP_HOST.toUpperCase()}:5060;transport=udp`],
    ['a regional host', 'sip:support@acme.zendesk.sip.us1.twilio.com'],
    ['the alias on our own address', 'sip:support@127.0.0.1'],
  ])('%s', async (_name, uri) => {
    world = await SipWorld.open(supportLine());
    expect((await (await world.transfer({ uri })).answered).status).toBe(200);
  });

  it('has a domain of its own where the seed says so', async () => {
    world = await SipWorld.open(supportLine({ host: 'mongoose.sip.twilio.com', user: 'mongoose' }));
    expect((await (await world.transfer({ uri: 'sip:mongoose@mongoose.sip.twilio.com' })).answered).status).toBe(200);
  });
});
