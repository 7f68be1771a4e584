import { afterEach, describe, expect, it } from 'vitest';
import { NoToneLeft, type Voice } from '../../telephony/media/index.ts';
import type { TalkFacts, TalkSeed } from './index.ts';
import { ACME, ADA, DID, LINE, TalkWorld } from './testing/talk-world.ts';

let world: TalkWorld;

afterEach(() => world.close());

const staffed = (line: object = {}, rest: Partial<TalkSeed> = {}): TalkSeed => ({
  ...rest,
  lines: [{ number: LINE, nickname: 'Main line', group: 'Support', voicemail: false, ...line }],
});
const empty = (line: object = {}, rest: Partial<TalkSeed> = {}): TalkSeed => staffed({ group: 'Voice AI', overflowTo: DID, ...line }, rest);

describe('a phone line with an agent', () => {
  it('offers the call, connects the agent, and leaves ticket, voice comment, call and legs', async () => {
    world = new TalkWorld(staffed());
    const agent = world.agent();
    const { journey, call, voice } = world.dial();
    await world.entry('call.answered');
    const agentVoice = world.workspace.voice(ACME, agent.id);
    await world.voices.untilHears(voice, agentVoice);
    await world.voices.untilHears(agentVoice, voice);
    expect(world.workspace.get(ACME, agent.id)).toMatchObject({ activity: 'on_call', call: { callerNumber: ADA, ticketId: 1 } });
    world.advance(65_000);
    world.workspace.hangup(ACME, agent.id);

    expect(call.end).toMatchObject({ by: 'callee', cause: 'normal' });
    const [ticket] = world.tickets();
    expect(ticket).toMatchObject({
      subject: 'Call with Ada Lovelace',
      status: 'open',
      assignee_id: agent.id,
      priority: 'normal',
      is_public: false,
      tags: [],
      via: { via_id: 34, source: { from: { phone: ADA, name: 'Ada Lovelace' }, to: { phone: LINE, name: 'Main line' }, rel: 'inbound' } },
    });
    const comments = world.support.tickets.comments(ACME, 1);
    expect(comments.map((comment) => comment.type)).toEqual(['Comment', 'VoiceComment']);
    expect(comments.map((comment) => comment.public)).toEqual([false, false]);
    expect(comments[1]?.data).toMatchObject({ from: ADA, to: LINE, answered_by_id: agent.id, answered_by_name: 'Grace Hopper' });
    expect(comments[1]?.data?.call_duration).toBeGreaterThanOrEqual(65);
    const [record] = world.talk.records.calls(ACME);
    expect(record).toMatchObject({ completion_status: 'completed', agent_id: agent.id, ticket_id: 1, overflowed: false });
    expect(record?.talk_time).toBeGreaterThanOrEqual(65);
    expect(world.talk.records.legs(ACME, record?.id ?? 0)).toMatchObject([
      { type: 'customer', completion_status: 'completed', agent_id: 0 },
      { type: 'agent', completion_status: 'completed', agent_id: agent.id, available_via: 'browser' },
    ]);
    expect(journey.state).toBe('finished');
    expect(journey.facts['legs']).toMatchObject([
      { kind: 'caller', state: 'ended' },
      { kind: 'agent', party: 'Grace Hopper', state: 'ended', endedBy: 'agent' },
    ]);
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
  });

  it('waits for a tone for an agent who has no voice', async () => {
    world = new TalkWorld(staffed());
    const agent = world.agent();
    const others: Voice[] = [];
    expect(() => {
      for (;;) others.push(world.voices.create(ACME, 'caller'));
    }).toThrow(NoToneLeft);
    world.voices.release(others.pop() as Voice);
    const { journey, call } = world.dial();
    await world.entry('call.queued');
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    // Nobody else comes, and no agent changes: the tone alone is what the call waits for.
    world.voices.release(others.pop() as Voice);
    await world.entry('call.answered');
    call.hangup();
    expect(journey.state).toBe('finished');
  });

  it('asks one agent after the other, the longest idle first, and nobody twice', async () => {
    world = new TalkWorld(staffed());
    const first = world.agent({ name: 'First', answers: 'declines' });
    const second = world.agent({ name: 'Second', answers: 'ignores' });
    const third = world.agent({ name: 'Third', answers: 'when-told' });
    const { journey } = world.dial();
    await world.entry('agent.ringing', (data) => data['agentId'] === second.id);
    expect(world.workspace.get(ACME, third.id).activity).toBe('idle');
    world.advance(29_000);
    expect(world.workspace.get(ACME, second.id).activity).toBe('ringing');
    world.advance(1_500);
    expect(world.workspace.get(ACME, third.id).activity).toBe('ringing');
    world.workspace.answer(ACME, third.id);
    expect(world.kinds(journey, 'agent.')).toEqual([
      'agent.ringing',
      'agent.declined',
      'agent.ringing',
      'agent.missed',
      'agent.ringing',
      'agent.accepted',
    ]);
    const [record] = world.talk.records.calls(ACME);
    expect(world.talk.records.legs(ACME, record?.id ?? 0)).toMatchObject([
      { type: 'customer', completion_status: null },
      { agent_id: first.id, completion_status: 'agent_declined' },
      { agent_id: second.id, completion_status: 'agent_missed', duration: 30 },
      { agent_id: third.id, completion_status: null },
    ]);
  });

  it('lets a call wait for a busy agent, and rings them when wrap-up is over', async () => {
    world = new TalkWorld(staffed({ wrapUp: 30 }));
    const agent = world.agent();
    const one = world.dial();
    await world.entry('call.answered');
    const two = world.dial({ from: '+14155550101' });
    await world.entry('call.queued', (data) => data['callId'] !== world.facts<TalkFacts>(one.journey, 'talk').callId);
    expect(world.facts<TalkFacts>(two.journey, 'talk').state).toBe('queued');
    one.call.hangup();
    expect(world.workspace.get(ACME, agent.id).activity).toBe('wrap_up');
    world.advance(30_000);
    // Rung and, being an agent who answers automatically, on the next call at once.
    expect(world.workspace.get(ACME, agent.id)).toMatchObject({ activity: 'on_call', call: { callerNumber: '+14155550101' } });
    expect(world.talk.records.calls(ACME)[0]).toMatchObject({ wrap_up_time: 30 });
  });

  it('puts calls of a priority line first', async () => {
    world = new TalkWorld({
      lines: [
        { number: LINE, group: 'Support', voicemail: false },
        { number: '+14155550151', group: 'Support', voicemail: false, priority: 1 },
      ],
    });
    const agent = world.agent();
    const one = world.dial();
    await world.entry('call.answered');
    world.dial({ from: '+14155550101' });
    world.dial({ from: '+14155550102', to: '+14155550151' });
    await world.entry('call.queued', (data) => data['line'] === '+14155550151');
    one.call.hangup();
    expect(world.workspace.get(ACME, agent.id).call?.callerNumber).toBe('+14155550102');
    expect(world.tickets().map((ticket) => ticket.priority)).toEqual(['normal', 'normal', 'high']);
  });

  it('takes the offer back when the caller hangs up while it rings', async () => {
    world = new TalkWorld(staffed());
    const agent = world.agent({ answers: 'when-told' });
    const { call, journey } = world.dial();
    await world.entry('agent.ringing');
    world.advance(7_000);
    call.hangup();
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    const [record] = world.talk.records.calls(ACME);
    expect(record).toMatchObject({ completion_status: 'abandoned_in_queue', agent_id: null });
    const rung = { completion_status: 'customer_hang_up', duration: 7 };
    expect(world.talk.records.legs(ACME, record?.id ?? 0)).toMatchObject([rung, rung]);
    expect(world.tickets()).toMatchObject([{ subject: 'Abandoned call from: Ada Lovelace', tags: ['voice_abandoned_in_queue'] }]);
    expect(journey.state).toBe('finished');
  });

  it('goes on when the agent whom it rings is removed meanwhile, and assigns the ticket to nobody', async () => {
    world = new TalkWorld(staffed());
    const agent = world.agent({ answers: 'when-told' });
    world.dial();
    await world.entry('agent.ringing');
    world.support.users.delete(ACME, agent.id, { userId: null, via: 'system' });
    world.workspace.answer(ACME, agent.id);
    expect(world.tickets()).toMatchObject([{ status: 'open', assignee_id: null }]);
    world.workspace.hangup(ACME, agent.id);
    expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed' }]);
  });

  it('overflows when everybody declined, and when the longest wait is over', async () => {
    world = new TalkWorld(staffed({ overflowTo: DID }));
    const agent = world.agent({ answers: 'declines' });
    const declined = await Promise.all([world.arrivalAt(DID), world.dial()]);
    expect(declined[0].to).toBe(DID);
    world.workspace.behave(ACME, agent.id, { answers: 'ignores' });
    const reached = world.arrivalAt(DID);
    world.dial({ from: '+14155550101' });
    await world.entry('agent.ringing', (data) => data['callerNumber'] === '+14155550101');
    world.talk.settings.set(ACME, { maximumQueueWaitMinutes: 5 });
    world.advance(31_000);
    await reached;
    expect(world.talk.records.calls(ACME).map((call) => call.overflowed_to)).toEqual([DID, DID]);
  });

  it('gives up a call that waited too long for a busy agent', async () => {
    world = new TalkWorld(staffed({ overflowTo: DID }));
    world.agent();
    world.dial();
    await world.entry('call.answered');
    const reached = world.arrivalAt(DID);
    world.dial({ from: '+14155550101' });
    await world.entry('call.queued', (data) => data['waiting'] === 1 && data['ticketId'] === 2);
    world.advance(5 * 60_000);
    await reached;
    expect(world.talk.records.calls(ACME)[1]).toMatchObject({ exceeded_queue_wait_time: true, overflowed: true });
  });
});

describe('overflow of a phone line', () => {
  it('with omnichannel routing makes the ticket at queue entry, and adds tag and voice comment at the end', async () => {
    world = new TalkWorld(empty());
    const arriving = world.arrivalAt(DID);
    const { journey, call, voice } = world.dial();
    const arrival = await arriving;
    expect(world.tickets()).toMatchObject([{ id: 1, tags: [], status: 'new', via: { via_id: 34 } }]);
    expect(arrival.presentation).toMatchObject({ number: ADA, asserted: ADA, diversions: [{ number: LINE }] });
    expect(arrival.audio.source).toBe(voice.port.source);
    arrival.ringing();
    arrival.answer();
    const pressed: string[] = [];
    arrival.on('digit', (digit) => pressed.push(digit));
    call.sendDigits('0');
    expect(pressed).toEqual(['0']);
    expect(world.facts<TalkFacts>(journey, 'talk')).toMatchObject({ state: 'overflowed', ticketTiming: 'queue_entry', overflowedTo: DID });
    world.advance(12_000);
    arrival.hangup();
    expect(call.end).toMatchObject({ by: 'callee' });
    expect(world.tickets()).toMatchObject([{ id: 1, tags: ['call_overflow'] }]);
    expect(world.support.tickets.comments(ACME, 1).at(-1)).toMatchObject({ type: 'VoiceComment', data: { overflow_to: DID } });
    const [record] = world.talk.records.calls(ACME);
    expect(record).toMatchObject({ completion_status: 'completed', overflowed: true, overflowed_to: DID, ticket_id: 1, agent_id: null });
    const legs = world.talk.records.legs(ACME, record?.id ?? 0);
    expect(legs).toMatchObject([
      { type: 'customer', completion_status: 'completed' },
      { type: 'external', completion_status: 'completed', forwarded_to: DID },
    ]);
    expect(legs[1]?.duration).toBeGreaterThanOrEqual(12);
    expect(world.kinds(journey, 'call.', 'ticket.', 'journey.')).toEqual(
      [
        'call.dialled',
        'call.arrived',
        'ticket.created',
        'call.queued',
        'call.unanswered',
        'call.overflowed',
        'call.overflow_answered',
        'call.digits',
        'ticket.updated',
        'call.ended',
        'journey.finished',
      ].filter((kind) => kind !== 'call.digits'),
    );
  });

  it('without omnichannel routing makes the ticket when the overflowed call ends, with the tag', async () => {
    world = new TalkWorld(empty({}, { omnichannel: false }));
    const arriving = world.arrivalAt(DID);
    const { journey, call } = world.dial();
    const arrival = await arriving;
    arrival.answer();
    expect(world.tickets()).toEqual([]);
    call.hangup();
    expect(arrival.end).toMatchObject({ by: 'caller' });
    expect(world.tickets()).toMatchObject([{ tags: ['call_overflow'], priority: null, subject: 'Call with Ada Lovelace' }]);
    expect(world.support.tickets.comments(ACME, 1).map((comment) => comment.type)).toEqual(['Comment', 'VoiceComment']);
    expect(world.kinds(journey, 'ticket.created', 'call.ended', 'journey.')).toEqual(['ticket.created', 'call.ended', 'journey.finished']);
  });

  it.each([
    ['queue_entry', true],
    ['overflow_start', true],
    ['call_end', false],
  ] as const)('with ticketTiming %s has a ticket while the call is live: %s', async (ticketTiming, live) => {
    world = new TalkWorld(empty({}, { ticketTiming }));
    const arriving = world.arrivalAt(DID);
    const { call } = world.dial();
    await arriving;
    expect(world.tickets()).toHaveLength(live ? 1 : 0);
    (await arriving).answer();
    call.hangup();
    expect(world.tickets()).toHaveLength(1);
  });

  it.each([
    ['caller', { number: ADA, withheld: false }],
    ['line', { number: LINE, withheld: false, asserted: LINE }],
    ['+14155550155', { number: '+14155550155', withheld: false, asserted: '+14155550155' }],
  ] as const)('shows the number that forwarding caller ID "%s" says', async (forwardingCallerId, shown) => {
    world = new TalkWorld(empty({ forwardingCallerId }));
    const arriving = world.arrivalAt(DID);
    world.dial();
    expect((await arriving).presentation).toMatchObject({ ...shown, diversions: [{ number: LINE }] });
  });

  it('refuses the caller when the overflow number does not answer', async () => {
    world = new TalkWorld(empty({}, { greetings: { voicemailOffMs: 0 } }));
    const arriving = world.arrivalAt(DID);
    const { call, journey } = world.dial();
    (await arriving).reject('busy', { sipStatus: 486 });
    await world.entry('journey.finished');
    expect(call.end).toMatchObject({ by: 'callee', cause: 'normal' });
    expect(world.facts<TalkFacts>(journey, 'talk')).toMatchObject({ completion: 'completed' });
    expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed', talk_time: 0, overflowed: true }]);
    expect(world.tickets()).toMatchObject([{ tags: [] }]);
  });

  it.each([
    [{}, 240],
    [{ maximumCallMinutes: 5 }, 5],
    [{ maximumCallMinutes: null }, null],
  ])('with the switches %j lasts %s minutes at most', async (switches, minutes) => {
    world = new TalkWorld(empty({}, switches));
    const arriving = world.arrivalAt(DID);
    const { call } = world.dial();
    (await arriving).answer();
    await world.entry('call.overflow_answered');
    world.advance((minutes ?? 10_000) * 60_000 - 1_500);
    expect(call.end).toBeUndefined();
    world.advance(1_500);
    expect(call.end?.by).toBe(minutes === null ? undefined : 'callee');
    expect(world.core.journal.read({ kind: 'call.too_long' })).toHaveLength(minutes === null ? 0 : 1);
  });

  it('never happens on a line with voicemail', async () => {
    world = new TalkWorld(empty({ voicemail: true }, { greetings: { voicemailMs: 0 } }));
    const { call, journey } = world.dial();
    await world.entry('call.voicemail_recording');
    call.hangup();
    expect(world.tickets()).toHaveLength(1);
    expect(world.support.tickets.comments(ACME, 1).at(-1)).toMatchObject({ data: { recording_type: 'voicemail', via_id: 33 } });
    expect(world.facts<TalkFacts>(journey, 'talk').completion).toBe('completed');
    expect(world.talk.records.calls(ACME)).toMatchObject([{ voicemail: true, overflowed: false }]);
  });

  it('to another Zendesk line is an ordinary call of that line', async () => {
    const other = '+14155550151';
    world = new TalkWorld({
      lines: [
        { number: LINE, group: 'Voice AI', overflowTo: other },
        { number: other, group: 'Support', nickname: 'Backup', overflowTo: LINE },
      ],
    });
    const agent = world.agent();
    const { call } = world.dial();
    await world.entry('call.answered');
    call.hangup();
    expect(world.tickets()).toMatchObject([{ tags: [], assignee_id: agent.id }]);
    expect(world.talk.records.calls(ACME)).toMatchObject([{ overflowed: true, overflowed_to: other, phone_number: other, line: 'Backup' }]);
  });

  it('ends where lines overflow in a circle', async () => {
    const other = '+14155550151';
    world = new TalkWorld({
      greetings: { voicemailOffMs: 0 },
      lines: [
        { number: LINE, group: 'Voice AI', overflowTo: other },
        { number: other, group: 'Voice AI', overflowTo: LINE },
      ],
    });
    const { call } = world.dial();
    await world.entry('journey.finished');
    expect(call.end).toMatchObject({ by: 'callee' });
  });

  it('outside business hours goes to the other number', async () => {
    world = new TalkWorld(empty({ overflowOutsideTo: '+14155550198', schedule: { timeZone: 'UTC', intervals: [] } }));
    const arriving = world.arrivalAt('+14155550198');
    world.dial();
    await arriving;
    expect(world.talk.records.calls(ACME)).toMatchObject([{ outside_business_hours: true, overflowed_to: '+14155550198' }]);
  });

  it('happens when the queue is full', async () => {
    world = new TalkWorld(staffed({ overflowTo: DID }, { maximumQueueSize: 1 }));
    world.agent({ answers: 'when-told' });
    world.dial();
    await world.entry('agent.ringing');
    const arriving = world.arrivalAt(DID);
    world.dial({ from: '+14155550101' });
    await arriving;
    expect(await world.entry('call.unanswered')).toMatchObject({ data: { reason: 'queue_full', next: 'overflow' } });
  });
});

describe('requesters of phone calls', () => {
  it('are matched by the exact E.164 number, or made and named after it', async () => {
    world = new TalkWorld(empty());
    world.support.users.create(ACME, { name: 'Near miss', phone: '+1 (415)-555-0101' }, { userId: null, via: 'system' });
    const arriving = world.arrivalAt(DID);
    world.dial({ from: '+14155550101' });
    await arriving;
    const [ticket] = world.tickets();
    expect(world.support.users.get(ACME, ticket?.requester_id ?? 0)).toMatchObject({
      name: 'Caller +1 (415) 555-0101',
      phone: '+14155550101',
      role: 'end-user',
    });
    expect(ticket?.subject).toBe('Call with Caller +1 (415) 555-0101');
  });

  it('of withheld calls are new each time, and get their ticket when somebody answers', async () => {
    world = new TalkWorld(empty());
    const withheld = { number: ADA, withheld: true, asserted: ADA };
    for (const expected of [1, 2]) {
      const arriving = world.arrivalAt(DID);
      const { call } = world.dial({ from: withheld });
      const arrival = await arriving;
      expect(arrival.presentation).toMatchObject({ withheld: true, asserted: ADA });
      expect(world.tickets()).toHaveLength(expected - 1);
      arrival.answer();
      expect(world.tickets()).toHaveLength(expected);
      call.hangup();
    }
    const requesters = world.tickets().map((ticket) => ticket.requester_id);
    expect(new Set(requesters).size).toBe(2);
    expect(world.support.users.get(ACME, requesters[0] ?? 0)).toMatchObject({ name: 'Caller anonymous', phone: null });
    expect(world.tickets()[0]?.via.source.from).toMatchObject({ phone: null, formatted_phone: null });
  });

  it('of anonymous calls that are abandoned are not made at all', async () => {
    world = new TalkWorld(staffed());
    world.agent({ answers: 'ignores' });
    const { call } = world.dial({ from: { number: null } });
    await world.entry('agent.ringing');
    call.hangup();
    expect(world.tickets()).toEqual([]);
    expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'abandoned_in_queue', ticket_id: null, customer_id: null }]);
  });
});

describe('calls that Talk does not take', () => {
  it.each([
    ['a blocked number', { blockedNumbers: [ADA] }, {}, 'rejected'],
    ['Talk off', { enabled: false }, {}, 'rejected'],
    ['a line that is off', {}, { enabled: false }, 'unallocated-number'],
  ] as const)('%s', async (_name, settings, line, cause) => {
    world = new TalkWorld(empty(line, settings));
    const { call, journey } = world.dial();
    await world.entry('call.rejected');
    expect(call.end).toMatchObject({ by: 'callee', cause });
    expect(journey.state).toBe('finished');
    expect(world.tickets()).toEqual([]);
    expect(world.talk.records.calls(ACME)).toEqual([]);
  });
});
