import { afterEach, describe, expect, it } from 'vitest';
import type { DialledCaller } from '../../telephony/pstn/index.ts';
import type { IncomingCall } from '../../telephony/sip/index.ts';
import type { Ticket } from '../support/index.ts';
import type { SipInFacts, SipInLineDraft, TalkSeed } from './index.ts';
import { SIP_HOST, SipWorld } from './testing/sip-world.ts';
import { ACME, ADA, DID, LINE } from './testing/talk-world.ts';

let world: SipWorld;

afterEach(() => world.close());

const support = (line: Partial<SipInLineDraft> = {}, rest: Partial<TalkSeed> = {}): TalkSeed => ({
  greetings: { voicemailMs: 0, voicemailOffMs: 0 },
  ...rest,
  sipIn: [{ user: 'support', nickname: 'Support SIP', group: 'Support', voicemail: false, ...line }],
});

const voiceTicket = (draft: object = {}): Ticket =>
  world.support.tickets.create(
    ACME,
    { subject: 'Call', description: 'Call', via_id: 34, requester: { name: 'Ada', phone: ADA }, ...draft },
    API,
  ).ticket;
const API = { userId: null, via: 'talk' } as const;

async function sipInFacts(): Promise<SipInFacts> {
  const joined = await world.entry('journey.joined');
  return world.core.journeys.get(joined.journey ?? '')?.facts['sipIn'] as SipInFacts;
}

describe('a call to a SIP-IN line', () => {
  it('is answered early, rings an agent, and both hear each other; the bridge hangs up', async () => {
    world = await SipWorld.open(support());
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
    expect(await sipInFacts()).toMatchObject({
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
    world = await SipWorld.open(support());
    const agent = world.agent();
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('call.answered');
    world.workspace.hangup(ACME, agent.id);
    expect(await transfer.ended).toMatchObject({ by: 'remote', cause: 'bye' });
  });

  it('is released with a BYE when nobody answers, voicemail is off and nothing overflows', async () => {
    world = await SipWorld.open(support());
    const transfer = await world.transfer();
    expect((await transfer.answered).status).toBe(200);
    expect(await transfer.ended).toMatchObject({ by: 'remote', cause: 'bye' });
    expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed', talk_time: 0 }]);
  });

  it('goes to voicemail where the line has it', async () => {
    world = await SipWorld.open(support({ voicemail: true }));
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('call.voicemail_recording');
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(world.support.tickets.comments(ACME, 1).at(-1)?.data).toMatchObject({ recording_type: 'voicemail' });
  });

  it('overflows with the outbound number, and carries audio between the two networks', async () => {
    world = await SipWorld.open(support({ group: 'Nobody', overflowTo: DID, outboundNumber: '+14155550160' }));
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

  it('cancelled while it rings at an agent leaves an abandoned call', async () => {
    world = await SipWorld.open(support({ answerMode: 'on_agent' }));
    const agent = world.agent({ answers: 'when-told' });
    const transfer = await world.transfer();
    await world.entry('agent.ringing');
    transfer.call.hangup();
    await world.entry('journey.finished');
    expect(await sipInFacts()).toMatchObject({ status: 487, completion: 'abandoned_in_queue' });
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    expect(world.tickets()).toMatchObject([{ tags: ['voice_abandoned_in_queue'] }]);
  });

  it('is answered only by the agent in answer mode on_agent', async () => {
    world = await SipWorld.open(support({ answerMode: 'on_agent' }));
    const agent = world.agent({ answers: 'when-told' });
    const transfer = await world.transfer();
    await world.entry('agent.ringing');
    expect(transfer.call.state).not.toBe('established');
    world.workspace.answer(ACME, agent.id);
    expect((await transfer.answered).status).toBe(200);
    await world.voices.untilHears(world.bridge.ear, world.workspace.voice(ACME, agent.id));
  });

  it('may come without an offer: the answer is in the ACK', async () => {
    world = await SipWorld.open(support());
    const agent = world.agent();
    const transfer = await world.transfer({ body: '' });
    transfer.call.on('answered', (response) => {
      transfer.call.ackBody = transfer.endpoint.answer(response.body);
    });
    await transfer.answered;
    await world.entry('call.answered');
    await world.voices.untilHears(world.bridge.ear, world.workspace.voice(ACME, agent.id));
  });

  it('without omnichannel routing makes its ticket when the agent accepts', async () => {
    world = await SipWorld.open(support({}, { omnichannel: false }));
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
    world = await SipWorld.open(support({ noTicketPolicy: 'none' }));
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
    world = await SipWorld.open(support({ voicemail: true }));
    world.agent({ answers: 'when-told' });
    const transfer = await world.transfer();
    await transfer.answered;
    await world.entry('agent.ringing');
    return transfer;
  };

  it('REFER is answered 405 with Allow', async () => {
    const { call } = await established();
    const response = await call.send('REFER', { headers: [['Refer-To', '<sip:x@example.com>']] });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'INVITE, ACK, CANCEL, BYE, OPTIONS']);
  });

  it('OPTIONS is answered 200, inside and outside', async () => {
    const { call } = await established();
    expect((await call.send('OPTIONS')).status).toBe(200);
    const outside = await world.bridge.sip.request({ method: 'OPTIONS', uri: world.sipInUri, target: world.sip.addresses.udp });
    expect(outside.status).toBe(200);
  });

  it('REGISTER is answered 403', async () => {
    await established();
    const response = await world.bridge.sip.request({ method: 'REGISTER', uri: `sip:${SIP_HOST}`, target: world.sip.addresses.udp });
    expect(response.status).toBe(403);
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
});

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
    const { status, response } = await refused(support({ allowedCidrs: ['192.0.2.0/24'] }));
    expect(status).toBe(403);
    expect(response?.headers.get('X-Twilio-Error')).toBe('32201 Authentication failure - source IP Address not in ACL');
    expect(await sipInFacts()).toMatchObject({ status: 403, binding: 'none', state: 'rejected' });
    expect(await world.entry('call.rejected')).toMatchObject({ account: ACME, label: expect.stringContaining('127.0.0.1') });
    await world.entry('journey.finished');
  });

  it('403 for everybody when the allow list is empty', async () => {
    expect((await refused(support({ allowedCidrs: [] }))).status).toBe(403);
  });

  it.each([
    ['an unknown host', 404, {}, { uri: 'sip:support@nobody.zendesk.sip.twilio.com' }],
    ['a line that is off', 404, { enabled: false }, {}],
    ['secure media over UDP', 403, { secureMedia: true }, {}],
    ['G.729 only', 488, {}, { body: g729 }],
    ['a code of its own', 606, { responses: { no_codec: 606 } }, { body: g729 }],
  ] as const)('%s: %i', async (_name, status, line, o) => {
    expect((await refused(support(line), o)).status).toBe(status);
  });

  it.each([
    ['a blocked number', { blockedNumbers: [ADA] }],
    ['Talk off', { enabled: false }],
  ])('%s: 603', async (_name, settings) => {
    expect((await refused(support({}, settings))).status).toBe(603);
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

  it('503 with Retry-After when a fault asks for it', async () => {
    world = await SipWorld.open(support());
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
    world = await SipWorld.open(support());
    expect((await (await world.transfer({ uri })).answered).status).toBe(200);
  });

  it('has a domain of its own where the seed says so', async () => {
    world = await SipWorld.open(support({ host: 'mongoose.sip.twilio.com', user: 'mongoose' }));
    expect((await (await world.transfer({ uri: 'sip:mongoose@mongoose.sip.twilio.com' })).answered).status).toBe(200);
  });
});

describe('the ticket header (every row of zendesk-talk §12.4)', () => {
  const outcome = async (headers: readonly (readonly [string, string])[], o: { uri?: string; from?: string } = {}): Promise<SipInFacts> => {
    await (
      await world.transfer({ headers, ...o })
    ).answered;
    return sipInFacts();
  };
  const open = async (): Promise<void> => {
    world = await SipWorld.open(support());
    world.agent({ answers: 'when-told' });
  };

  it.each([
    ['as documented', [['X-Zendesk-Ticket-Id', '1']], []],
    ['in other case', [['x-zendesk-TICKET-id', '1']], []],
    ['with white space around the digits', [['X-Zendesk-Ticket-Id', '\t 1  ']], []],
    ['twice: the first counts', [['X-Zendesk-Ticket-Id', '1'], ['X-Zendesk-Ticket-Id', '77']], ['sip_in.ticket_header_repeated']], // prettier-ignore
  ] as const)('binds the call: %s', async (_name, headers, diagnostics) => {
    await open();
    voiceTicket();
    expect(await outcome(headers)).toMatchObject({ binding: 'bound', ticketId: 1, diagnostics });
    expect(world.tickets()).toHaveLength(1);
    expect(await world.entry('call.bound')).toMatchObject({ data: { ticketId: 1 } });
  });

  it('binds the call when the number is a header of the Request-URI', async () => {
    await open();
    voiceTicket();
    expect(await outcome([], { uri: `${world.sipInUri}?X-Zendesk-Ticket-Id=1` })).toMatchObject({
      binding: 'bound',
      diagnostics: ['sip_in.ticket_header_in_request_uri'],
    });
  });

  it.each(['#1', 'abc', '', '-1', '0', '1.5', '1 2'])('ignores "%s" and makes a new ticket', async (value) => {
    await open();
    voiceTicket();
    expect(await outcome([['X-Zendesk-Ticket-Id', value]])).toMatchObject({
      binding: 'none',
      ticketId: 2,
      diagnostics: ['sip_in.ticket_header_invalid'],
    });
    expect(world.tickets()).toHaveLength(2);
  });

  it.each([
    ['does not exist', 'none', 'sip_in.ticket_unknown', () => {}],
    ['is deleted', 'none', 'sip_in.ticket_unknown', () => world.support.tickets.delete(ACME, voiceTicket().id, API)],
    ['has via_id 45', 'duplicated', 'sip_in.via_mismatch', () => voiceTicket({ via_id: 45 })],
    ['came by the API', 'duplicated', 'sip_in.via_mismatch', () => voiceTicket({ via_id: 5 })],
    [
      'is closed',
      'duplicated',
      'sip_in.ticket_closed',
      () => voiceTicket({ status: 'closed', assignee_id: world.workspace.list(ACME)[0]?.id }),
    ],
  ] as const)('makes a new ticket when the one named %s', async (_name, binding, diagnostic, prepare) => {
    await open();
    prepare();
    const before = world.tickets().length;
    const facts = await outcome([['X-Zendesk-Ticket-Id', '1']]);
    expect(facts).toMatchObject({ binding, diagnostics: [diagnostic] });
    expect(facts.ticketId).not.toBeNull();
    expect(world.support.tickets.get(ACME, facts.ticketId ?? 0)?.requester_id).toBe(world.support.users.findByDirectPhone(ACME, ADA)?.id);
    expect(world.tickets()).toHaveLength(before + 1);
  });

  it('reopens a solved ticket when the agent answers', async () => {
    await open();
    const [agent] = world.workspace.list(ACME);
    voiceTicket({ status: 'solved', assignee_id: agent?.id });
    expect(await outcome([['X-Zendesk-Ticket-Id', '1']])).toMatchObject({ binding: 'bound' });
    expect(world.tickets()[0]?.status).toBe('solved');
    world.workspace.answer(ACME, agent?.id ?? 0);
    expect(world.tickets()[0]?.status).toBe('open');
  });

  it('leaves the requester as it is when From says another number', async () => {
    await open();
    const { requester_id } = voiceTicket();
    const facts = await outcome([['X-Zendesk-Ticket-Id', '1']], { from: '<sip:+14155550199@bridge.example>' });
    expect(facts).toMatchObject({ binding: 'bound', diagnostics: ['sip_in.requester_mismatch'] });
    expect(world.tickets()[0]?.requester_id).toBe(requester_id);
  });

  it('binds a second live call to the same ticket, and says so', async () => {
    await open();
    voiceTicket();
    await (
      await world.transfer({ headers: [['X-Zendesk-Ticket-Id', '1']] })
    ).answered;
    await (
      await world.transfer({ headers: [['X-Zendesk-Ticket-Id', '1']] })
    ).answered;
    expect(await world.entry('call.diagnostic')).toMatchObject({ data: { diagnostic: 'sip_in.ticket_linked_twice' } });
    expect(world.tickets()).toHaveLength(1);
  });

  it('makes a new ticket when it is absent', async () => {
    await open();
    expect(await outcome([])).toMatchObject({ binding: 'none', ticketId: 1, ticketHeader: null, diagnostics: [] });
  });
});

describe('the caller that From says', () => {
  it.each([
    ['<sip:+14155550100@bridge.example>', 'Ada Lovelace'],
    ['"Ada, really" <sip:+1(415)555-0100@bridge.example;user=phone>', 'Ada Lovelace'],
    ['<sip:%2B14155550100;npdi=yes@bridge.example>', 'Ada Lovelace'],
    ['<tel:+1-415-555-0100>', 'Ada Lovelace'],
    ['<sip:4155550100@bridge.example>', 'Caller 4155550100'],
    ['<sip:+442079460018@bridge.example>', 'Caller +44 20 7946 0018'],
  ])('%s: %s', async (from, name) => {
    world = await SipWorld.open(support());
    world.agent({ answers: 'when-told' });
    await (
      await world.transfer({ from })
    ).answered;
    expect(world.support.users.get(ACME, world.tickets()[0]?.requester_id ?? 0)?.name).toBe(name);
  });

  it.each([
    '<sip:anonymous@anonymous.invalid>',
    '"Restricted" <sip:Restricted@bridge.example>',
    '<sip:unknown@b.example>',
    '<sip:b.example>',
  ])('%s: an unknown caller, whatever is asserted', async (from) => {
    world = await SipWorld.open(support());
    const agent = world.agent({ answers: 'when-told' });
    await (
      await world.transfer({ from, headers: [['P-Asserted-Identity', `<sip:${ADA}@bridge.example>`]] })
    ).answered;
    await world.entry('agent.ringing');
    expect(world.tickets()).toEqual([]);
    world.workspace.answer(ACME, agent.id);
    expect(world.support.users.get(ACME, world.tickets()[0]?.requester_id ?? 0)?.name).toBe('Caller anonymous');
  });

  it('is the asserted identity where the line says that it wins', async () => {
    world = await SipWorld.open(support({ assertedIdentity: true }));
    world.agent({ answers: 'when-told' });
    const headers = [['P-Asserted-Identity', `<sip:${ADA}@bridge.example>`]] as const;
    await (
      await world.transfer({ from: '<sip:anonymous@anonymous.invalid>', headers })
    ).answered;
    expect(world.tickets()).toMatchObject([{ subject: 'Call with Ada Lovelace' }]);
  });
});

describe('a transfer of a call that overflowed to the bridge', () => {
  const seed = (rest: Partial<TalkSeed> = {}): TalkSeed => ({
    ...support({}, rest),
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
    expect(await sipInFacts()).toMatchObject({ rule: 'new-journey' });
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
