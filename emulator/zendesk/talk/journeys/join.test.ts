import { afterEach, describe, expect, it } from 'vitest';
import { createCore } from '../../../core/core.ts';
import type { PeerHosts } from '../../../telephony/peer-hosts.ts';
import { openLeg } from '../../../telephony/pstn/index.ts';
import { parseMessage, type SipRequest } from '../../../telephony/sip/index.ts';
import { JourneyJoiner } from './join.ts';

const cores: ReturnType<typeof createCore>[] = [];
afterEach(() => {
  for (const core of cores.splice(0)) core.close();
});

interface Bridge {
  uri: string;
  hosts: PeerHosts;
}

const at = (host: string, port = 5060, rest: PeerHosts = {}): Bridge => ({
  uri: `sip:${host}:${port}`,
  hosts: { calledAt: host, source: host, ...rest },
});

/** An INVITE from there; what it says of itself is nobody's address unless given. */
function invite(source: string, o: { port?: number; via?: string; contact?: string; media?: string } = {}) {
  const { port = 40_000, via = 'pbx.invalid', contact = 'pbx.invalid', media = '203.0.113.200' } = o;
  const lines = [
    'INVITE sip:support@acme.zendesk.sip.twilio.com SIP/2.0',
    `Via: SIP/2.0/UDP ${via};branch=z9hG4bK1`,
    `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0`,
    `Contact: <sip:bot@${contact}:5060>`,
    'Content-Type: application/sdp',
    '',
    `v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 ${media}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0`,
  ];
  const request = parseMessage(Buffer.from(lines.join('\r\n'))) as SipRequest;
  return { request, remote: { host: source, port } };
}

/** An account with one live call at each of these bridges. */
function callsAt(bridges: readonly Bridge[], o: { multiHomedBridge?: boolean; own?: string[] } = {}) {
  const core = createCore({ seed: 1 });
  cores.push(core);
  const { multiHomedBridge = false, own = ['127.0.0.1', 'localhost'] } = o;
  let asked = 0;
  const joiner = new JourneyJoiner({
    core,
    settings: { get: () => ({ multiHomedBridge }) },
    ownAddresses: () => {
      asked++;
      return new Set(own);
    },
  });
  const calls = bridges.map(({ uri, hosts }) => {
    const journey = core.journeys.open('acme', 'dialled');
    const leg = openLeg(core, journey.id, { kind: 'trunk', party: uri, callId: `${journey.id}@trunk` });
    leg.seenAt(hosts);
    return { journey, leg };
  });
  const join = (call: ReturnType<typeof invite>, number: string | null = null) => joiner.join('acme', { ticketId: null, number, call });
  return { core, joiner, calls, journeys: calls.map(({ journey }) => journey), join, ownAsked: () => asked };
}

describe('a call from the bridge that says neither ticket nor number', () => {
  it.each<[string, Bridge, ReturnType<typeof invite>, string]>([
    ['it was called at', at('192.0.2.7'), invite('192.0.2.7'), '192.0.2.7'],
    ['its name resolves to', at('bridge', 5060, { resolvedTo: ['172.18.0.9', '172.18.0.3'] }), invite('172.18.0.3'), '172.18.0.3'],
    ['it answers from', at('192.0.2.7', 5060, { source: '192.0.2.8' }), invite('192.0.2.8'), '192.0.2.8'],
    ['its Contact has', at('192.0.2.7', 5060, { contact: '10.0.0.5' }), invite('192.0.2.9', { contact: '10.0.0.5' }), '10.0.0.5'],
    ['its audio wants', at('192.0.2.7', 5060, { media: '10.0.0.5' }), invite('192.0.2.9', { media: '10.0.0.5' }), '10.0.0.5'],
    [
      'its Via has, and is the Contact of the answer',
      at('192.0.2.7', 5060, { contact: 'pbx' }),
      invite('192.0.2.9', { via: 'PBX' }),
      'PBX',
    ],
    ['is another name of this machine', at('127.0.0.1'), invite('192.0.2.9', { contact: 'localhost' }), 'localhost'],
    ['is IPv4 in IPv6', at('192.0.2.7'), invite('::ffff:192.0.2.7'), '::ffff:192.0.2.7'],
    ['is the same IPv6', at('2001:db8::7'), invite('2001:DB8:0:0::7'), '2001:DB8:0:0::7'],
  ])('joins the only call at the bridge by a host that %s', (_, bridge, call, common) => {
    const { journeys, join } = callsAt([bridge]);
    const joined = join(call);
    expect(joined).toMatchObject({ journey: journeys[0], rule: 'only-live-leg' });
    expect(joined.evidence).toMatchObject({
      trunkCallId: `${journeys[0]?.id}@trunk`,
      calledAt: bridge.uri,
      bridge: bridge.hosts,
      call: { source: call.remote.host },
      inCommon: [common],
    });
  });

  it('joins no call at a bridge with which it has no host in common, and says why', () => {
    const { journeys, join } = callsAt([at('127.0.0.2', 5070, { contact: '127.0.0.2', media: '0.0.0.0' })]);
    const joined = join(invite('127.0.0.3', { via: '127.0.0.3', contact: '0.0.0.0', media: '0.0.0.0' }), '+14155550100');
    expect(joined.rule).toBe('new-journey');
    expect(joined.journey).not.toBe(journeys[0]);
    expect(joined.evidence).toEqual({
      ticketId: null,
      number: '+14155550100',
      why: "one live call at the bridge, but none of its addresses (called at 127.0.0.2, sends from 127.0.0.2, Contact 127.0.0.2, SDP 0.0.0.0) is one of this call's (sends from 127.0.0.3, Via 127.0.0.3, Contact 0.0.0.0, SDP 0.0.0.0); if it is the same bridge, let it say one host in Contact or SDP of both calls, or set talk.multiHomedBridge",
      comesFrom: '127.0.0.3:40000',
      call: { source: '127.0.0.3', via: '127.0.0.3', contact: '0.0.0.0', media: '0.0.0.0' },
      bridges: [{ calledAt: '127.0.0.2', source: '127.0.0.2', contact: '127.0.0.2', media: '0.0.0.0' }],
    });
  });

  it('joins the only call at that bridge, when there are several bridges', () => {
    const { journeys, join } = callsAt([at('127.0.0.1', 5070), at('127.0.0.1', 5080), at('192.0.2.1'), at('192.0.2.2'), at('192.0.2.3')]);
    expect(join(invite('127.0.0.1', { port: 5080 })).journey).toBe(journeys[1]);
    expect(join(invite('192.0.2.1')).journey).toBe(journeys[2]);
    expect(join(invite('127.0.0.1')).evidence.why).toBe(
      '2 live calls are at the bridge that it may come from, and neither ticket header nor From tells which is meant',
    );
    const { evidence } = join(invite('192.0.2.9'));
    expect(evidence.why).toMatch(/^5 live calls at bridges, but none of their addresses \(called at 127[^;]+; or [^;]+; or [^;]+; …\) is/);
    expect(evidence['bridges']).toHaveLength(3);
  });

  it('joins none of two calls at one bridge, until one is over', () => {
    const { calls, journeys, join } = callsAt([at('127.0.0.1', 5070), at('127.0.0.1', 5070)]);
    expect(join(invite('127.0.0.1', { port: 5070 })).rule).toBe('new-journey');
    calls[0]?.leg.end('bridge', 'normal');
    expect(join(invite('127.0.0.1', { port: 5070 })).journey).toBe(journeys[1]);
  });

  it('joins the only call wherever it comes from, for a bridge that is said to be multi-homed', () => {
    const one = callsAt([at('192.0.2.7')], { multiHomedBridge: true });
    expect(one.join(invite('192.0.2.9'))).toMatchObject({ journey: one.journeys[0], rule: 'only-live-leg', evidence: { inCommon: [] } });
    const two = callsAt([at('192.0.2.7'), at('192.0.2.8')], { multiHomedBridge: true });
    expect(two.join(invite('192.0.2.8')).journey).toBe(two.journeys[1]);
    expect(two.join(invite('192.0.2.9')).rule).toBe('new-journey');
  });

  it('is not read where no call is at a bridge', () => {
    const { joiner, journeys, join, ownAsked } = callsAt([at('127.0.0.1')]);
    for (const journey of journeys) joiner.matched(journey);
    const call = {
      remote: { host: '127.0.0.1', port: 5060 },
      request: {
        get headers(): never {
          throw new Error('it was read');
        },
      },
    };
    expect(join(call as never)).toMatchObject({ rule: 'new-journey', evidence: { ticketId: null, number: null } });
    expect(ownAsked()).toBe(0);
  });
});
