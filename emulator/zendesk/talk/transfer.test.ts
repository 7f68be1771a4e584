import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DialledCaller } from '../../telephony/pstn/index.ts';
import { formatAddress, type IncomingCall } from '../../telephony/sip/index.ts';
import { skipWithoutAddress } from '../../telephony/testing/own-address.ts';
import type { TalkSeed } from './index.ts';
import { SipWorld, supportLine, type TransferOptions } from './testing/sip-world.ts';
import { ACME, ADA, DID, LINE } from './testing/talk-world.ts';

let world: SipWorld;

afterEach(() => world.close());

describe('a transfer of a call that overflowed to the bridge', () => {
  const seed = (rest: Partial<TalkSeed> = {}): TalkSeed => ({
    ...supportLine({}, rest),
    lines: [{ number: LINE, nickname: 'Main line', group: 'Voice AI', overflowTo: DID }],
  });
  const atBridge = async (): Promise<DialledCaller & { incoming: IncomingCall }> => {
    const arriving = world.atBridge();
    const dialled = world.dial();
    const incoming = await arriving;
    const endpoint = await world.bridge.media.open();
    incoming.answer({ body: endpoint.answer(incoming.request.body) });
    await world.entry('call.overflow_answered', (data) => data['callId'] !== undefined);
    return { ...dialled, incoming };
  };

  it('is bound by its header, joins the journey by it, and everything ends with the caller', async () => {
    world = await SipWorld.open(seed());
    world.agent();
    const { journey, call, incoming } = await atBridge();
    const transfer = await world.transfer({ headers: [['X-Zendesk-Ticket-Id', '1']] });
    await transfer.answered;
    await world.entry('call.answered');
    expect(journey.facts['sipIn']).toMatchObject({ rule: 'ticket-header', evidence: { ticketId: 1 }, binding: 'bound', diagnostics: [] });
    const gone = new Promise((resolve) => {
      incoming.on('ended', resolve);
    });
    call.hangup();
    await gone;
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(world.tickets()).toMatchObject([{ id: 1, tags: ['call_overflow'] }]);
    expect(world.support.tickets.comments(ACME, 1).map((comment) => comment.type)).toEqual(['Comment', 'VoiceComment', 'VoiceComment']);
    expect(journey.facts['legs']).toMatchObject(
      ['caller', 'overflow', 'trunk', 'sip-in', 'agent'].map((kind) => ({ kind, state: 'ended' })),
    );
  });

  it('without the header is joined by its number, and duplicates the ticket', async () => {
    world = await SipWorld.open(seed());
    world.agent();
    const { journey } = await atBridge();
    await (
      await world.transfer()
    ).answered;
    expect(journey.facts['sipIn']).toMatchObject({ rule: 'from-number', evidence: { number: ADA }, binding: 'duplicated', ticketId: 2 });
    expect(await world.entry('call.duplicated')).toMatchObject({ journey: journey.id });
  });

  it("with the bridge's own number is joined as the only live leg, and has another requester", async () => {
    world = await SipWorld.open(seed());
    world.agent();
    const { journey } = await atBridge();
    await (
      await world.transfer({ from: `<sip:${DID}@bridge.example>` })
    ).answered;
    expect(journey.facts['sipIn']).toMatchObject({ rule: 'only-live-leg', binding: 'duplicated', number: DID });
  });

  describe('from another address than the bridge is called at', () => {
    const from = `<sip:${DID}@bridge.example>`;
    beforeEach(({ skip }) => skipWithoutAddress(skip, '127.0.0.2'));

    it.each<[string, () => Promise<TransferOptions>]>([
      [
        'wants its audio where the bridge was called',
        async () => ({ by: { ...(await world.bridgeAt('127.0.0.2')), media: world.bridge.media } }),
      ],
      [
        'has the Contact of the bridge',
        async () => ({
          by: await world.bridgeAt('127.0.0.2'),
          headers: [['Contact', `<sip:${formatAddress(world.bridge.sip.addresses.udp)}>`]],
        }),
      ],
    ])('is joined as the only live leg when it %s', async (_, transfer) => {
      world = await SipWorld.open(seed());
      world.agent();
      const { journey } = await atBridge();
      await (
        await world.transfer({ from, ...(await transfer()) })
      ).answered;
      expect(journey.facts['sipIn']).toMatchObject({
        rule: 'only-live-leg',
        evidence: { inCommon: ['127.0.0.1'], call: { source: '127.0.0.2', via: '127.0.0.2' } },
      });
    });

    it('joins no journey when nothing that it shows is the bridge that was called, which the evidence says', async () => {
      world = await SipWorld.open(seed());
      world.agent();
      const { journey } = await atBridge();
      await (
        await world.transfer({ from, by: await world.bridgeAt('127.0.0.2') })
      ).answered;
      expect(journey.facts['sipIn']).toBeUndefined();
      const why =
        "one live call at the bridge, but none of its addresses (called at 127.0.0.1, sends from 127.0.0.1, Contact 127.0.0.1, SDP 127.0.0.1) is one of this call's (sends from 127.0.0.2, Via 127.0.0.2, Contact 127.0.0.2, SDP 127.0.0.2)";
      expect(await world.sipInFacts()).toMatchObject({ rule: 'new-journey', evidence: { why: expect.stringContaining(why) as string } });
      expect((await world.entry('journey.joined')).label).toContain(why);
    });

    it('is joined all the same when the account says that its bridge is multi-homed', async () => {
      world = await SipWorld.open(seed({ multiHomedBridge: true }));
      world.agent();
      const { journey } = await atBridge();
      await (
        await world.transfer({ from, by: await world.bridgeAt('127.0.0.2') })
      ).answered;
      expect(journey.facts['sipIn']).toMatchObject({ rule: 'only-live-leg', evidence: { inCommon: [] } });
    });
  });

  it('joins no journey when two live calls could be meant', async () => {
    world = await SipWorld.open(seed());
    world.agent();
    const arriving = world.atBridge();
    const one = world.dial();
    await arriving;
    const second = new Promise<void>((resolve) => {
      world.bridge.sip.handle({ invite: () => resolve() });
    });
    const two = world.dial();
    await second;
    await (
      await world.transfer()
    ).answered;
    expect([one.journey.facts['sipIn'], two.journey.facts['sipIn']]).toEqual([undefined, undefined]);
    expect(await world.sipInFacts()).toMatchObject({ rule: 'new-journey' });
  });

  it('leaves two tickets when tickets are made at the end of the call', async () => {
    world = await SipWorld.open(seed({ omnichannel: false }));
    world.agent();
    const { call, journey } = await atBridge();
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('call.answered');
    transfer.call.hangup();
    call.hangup();
    await world.entry('journey.finished');
    expect(world.tickets().map((ticket) => ticket.tags)).toEqual([[], ['call_overflow']]);
    expect(journey.facts).toMatchObject({ sipIn: { binding: 'duplicated', ticketId: 1 }, talk: { ticketId: 2 } });
  });
});
