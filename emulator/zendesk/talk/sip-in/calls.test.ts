import { afterEach, describe, expect, it, vi } from 'vitest';
import { SIP_HOST, SipWorld, supportLine } from '../testing/sip-world.ts';
import { ACME, ADA, DID } from '../testing/talk-world.ts';

let world: SipWorld;

afterEach(() => world.close());

describe('a call to a SIP-IN line', () => {
  it('is answered early, rings an agent, and both hear each other; the bridge hangs up', async () => {
    world = await SipWorld.open(supportLine());
    const agent = world.agent({ answers: 'when-told' });
    const transfer = await world.transfer({ headers: [['X-OPENCX-SESSION-ID', 's-1']] });
    const response = await transfer.answered;
    expect(transfer.provisional).toEqual([100, 180]);
    expect(response.headers.get('Content-Type')).toBe('application/sdp');
    expect(world.workspace.get(ACME, agent.id)).toMatchObject({ activity: 'ringing', call: { callerNumber: ADA, ticketId: 1 } });
    expect(world.kinds({ id: (await world.entry('journey.joined')).journey } as never, 'call.answered')).toEqual([]);
    world.workspace.answer(ACME, agent.id);
    const voice = world.workspace.voice(ACME, agent.id);
    await world.voices.untilHears(voice, world.bridge.ear);
    await world.voices.untilHears(world.bridge.ear, voice);
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    expect(await world.sipInFacts()).toMatchObject({
      number: ADA,
      from: `<sip:${ADA}@bridge.example>`,
      headers: { 'X-OPENCX-SESSION-ID': 's-1' },
      status: 200,
      rule: 'new-journey',
      binding: 'none',
      ticketId: 1,
      diagnostics: [],
      agent: { name: 'Grace Hopper' },
      completion: 'completed',
    });
    expect(world.tickets()).toMatchObject([{ subject: 'Call with Ada Lovelace', assignee_id: agent.id, via: { via_id: 34 } }]);
    expect(world.support.tickets.comments(ACME, 1).at(-1)).toMatchObject({ type: 'VoiceComment', data: { line_type: 'sip' } });
    expect(world.talk.records.calls(ACME)).toMatchObject([{ line: 'Support SIP', line_type: 'sip', phone_number: null }]);
  });

  it('ends with a BYE when the agent hangs up', async () => {
    world = await SipWorld.open(supportLine());
    const agent = world.agent();
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('call.answered');
    world.workspace.hangup(ACME, agent.id);
    expect(await transfer.ended).toMatchObject({ by: 'remote', cause: 'bye' });
  });

  it('is released with a BYE when nobody answers, voicemail is off and nothing overflows', async () => {
    world = await SipWorld.open(supportLine());
    const transfer = await world.transfer();
    expect((await transfer.answered).status).toBe(200);
    expect(await transfer.ended).toMatchObject({ by: 'remote', cause: 'bye' });
    expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed', talk_time: 0 }]);
  });

  it('goes to voicemail where the line has it', async () => {
    world = await SipWorld.open(supportLine({ voicemail: true }));
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('call.voicemail_recording');
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(world.support.tickets.comments(ACME, 1).at(-1)?.data).toMatchObject({ recording_type: 'voicemail' });
  });

  it('overflows with the outbound number, and carries audio between the two networks', async () => {
    world = await SipWorld.open(supportLine({ group: 'Nobody', overflowTo: DID, outboundNumber: '+14155550160' }));
    const far = world.voices.create(ACME, 'far end');
    const arriving = world.arrivalAt(DID);
    const transfer = await world.transfer();
    const arrival = await arriving;
    expect(arrival.presentation).toMatchObject({ number: '+14155550160' });
    arrival.answer();
    world.media.link(arrival.audio, far.port);
    await world.voices.untilHears(far, world.bridge.ear);
    await world.voices.untilHears(world.bridge.ear, far);
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(arrival.end).toMatchObject({ by: 'caller' });
  });

  it('of a bridge that died without a word ends after four hours of talk', async () => {
    world = await SipWorld.open(supportLine());
    const agent = world.agent();
    await world.transfer();
    await world.entry('call.answered');
    // The bridge says nothing any more.
    world.advance(239 * 60_000);
    expect(world.workspace.get(ACME, agent.id).activity).toBe('on_call');
    world.advance(60_000);
    await world.entry('journey.finished');
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed', talk_time: 14_400 }]);
  });

  it('cancelled while it rings at an agent leaves an abandoned call', async () => {
    world = await SipWorld.open(supportLine({ answerMode: 'on_agent' }));
    const agent = world.agent({ answers: 'when-told' });
    const transfer = await world.transfer();
    await world.entry('agent.ringing');
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(await world.sipInFacts()).toMatchObject({ status: 487, completion: 'abandoned_in_queue' });
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    expect(world.tickets()).toMatchObject([{ tags: ['voice_abandoned_in_queue'] }]);
  });

  it('is answered only by the agent in answer mode on_agent', async () => {
    world = await SipWorld.open(supportLine({ answerMode: 'on_agent' }));
    const agent = world.agent({ answers: 'when-told' });
    const transfer = await world.transfer();
    await world.entry('agent.ringing');
    expect(transfer.call.state).not.toBe('established');
    world.workspace.answer(ACME, agent.id);
    expect((await transfer.answered).status).toBe(200);
    await world.voices.untilHears(world.bridge.ear, world.workspace.voice(ACME, agent.id));
  });

  it('may come without an offer: the answer is in the ACK', async () => {
    world = await SipWorld.open(supportLine());
    const agent = world.agent();
    const transfer = await world.transfer({ body: '' });
    transfer.call.on('answered', (response) => {
      transfer.call.ackBody = transfer.endpoint.answer(response.body);
    });
    await transfer.answered;
    await world.entry('call.answered');
    const heard = await world.voices.untilHears(world.bridge.ear, world.workspace.voice(ACME, agent.id));
    expect(heard).toMatchObject({ hears: true, speaker: 'Grace Hopper' });
  });

  it('without omnichannel routing makes its ticket when the agent accepts', async () => {
    world = await SipWorld.open(supportLine({}, { omnichannel: false }));
    const agent = world.agent({ answers: 'when-told' });
    await (
      await world.transfer()
    ).answered;
    await world.entry('agent.ringing');
    expect(world.tickets()).toEqual([]);
    world.workspace.answer(ACME, agent.id);
    expect(world.tickets()).toHaveLength(1);
  });

  it('makes no ticket where the policy says so', async () => {
    world = await SipWorld.open(supportLine({ noTicketPolicy: 'none' }));
    world.agent();
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('call.answered');
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(world.tickets()).toEqual([]);
  });
});

describe('requests inside a SIP-IN call', () => {
  const established = async () => {
    world = await SipWorld.open(supportLine({ voicemail: true }));
    world.agent({ answers: 'when-told' });
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('agent.ringing');
    return transfer;
  };

  it.each(['REFER', 'UPDATE', 'PRACK', 'MESSAGE'])('%s is answered 405 with Allow', async (method) => {
    const { call } = await established();
    const response = await call.send(method, method === 'REFER' ? { headers: [['Refer-To', '<sip:x@example.com>']] } : {});
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'INVITE, ACK, CANCEL, BYE, OPTIONS']);
  });

  it('NOTIFY is answered 481: there is no subscription', async () => {
    const { call } = await established();
    expect((await call.send('NOTIFY')).status).toBe(481);
  });

  it('OPTIONS is answered 200, inside and outside', async () => {
    const { call } = await established();
    expect((await call.send('OPTIONS')).status).toBe(200);
    const outside = await world.bridge.sip.request({ method: 'OPTIONS', uri: world.sipInUri, target: world.sip.addresses.udp });
    expect(outside.status).toBe(200);
  });

  it('REGISTER is answered 403', async () => {
    await established();
    for (const host of [SIP_HOST, SIP_HOST.replace('.sip.', '.sip.us1.')]) {
      const response = await world.bridge.sip.request({ method: 'REGISTER', uri: `sip:${host}`, target: world.sip.addresses.udp });
      expect(response.status).toBe(403);
    }
  });

  it('INFO may bring a digit: here the wish for voicemail', async () => {
    const { call } = await established();
    const response = await call.send('INFO', { contentType: 'application/dtmf-relay', body: 'Signal=1\r\nDuration=160\r\n' });
    expect(response.status).toBe(200);
    await world.entry('call.voicemail');
    expect(world.talk.records.calls(ACME)).toMatchObject([{ customer_requested_voicemail: true }]);
  });

  it('a re-INVITE puts on hold and back', async () => {
    const { call, endpoint } = await established();
    const held = await call.send('INVITE', { body: endpoint.offer({ direction: 'sendonly' }), contentType: 'application/sdp' });
    expect([held.status, new TextDecoder().decode(held.body)]).toEqual([200, expect.stringContaining('a=recvonly')]);
    const bad = await call.send('INVITE', {
      body: endpoint.offer().replaceAll(/RTP\/AVP [\d ]+/g, 'RTP/AVP 18'),
      contentType: 'application/sdp',
    });
    expect(bad.status).toBe(488);
    expect(call.state).toBe('established');
  });

  it('a re-INVITE without an offer gets one, and the answer in its ACK counts', async () => {
    const { call } = await established();
    const moved = await world.bridge.media.open('moved');
    const offered = await call.send('INVITE', { ackBody: (offer) => moved.answer(offer.body) });
    expect([offered.status, new TextDecoder().decode(offered.body)]).toEqual([200, expect.stringContaining('RTP/AVP 0 8 101')]);
    await vi.waitFor(() => expect(moved.stats.packetsReceived).toBeGreaterThan(0), { timeout: 2_000, interval: 10 });
    expect(call.state).toBe('established');
  });

  it('one whose ACK brings nothing to speak with ends the call', async () => {
    const { call, ended } = await established();
    expect((await call.send('INVITE')).status).toBe(200);
    const { request } = await ended;
    expect([request?.method, request?.headers.get('Reason')]).toEqual(['BYE', expect.stringContaining('SIP;cause=488;text=')]);
  });
});
