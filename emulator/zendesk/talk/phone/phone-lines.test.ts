import { afterEach, describe, expect, it } from 'vitest';
import { NoToneLeft, type Voice } from '../../../telephony/media/index.ts';
import type { TalkFacts } from '../index.ts';
import { ACME, ADA, DID, LINE, staffed, TalkWorld, unstaffed } from '../testing/talk-world.ts';

let world: TalkWorld;

afterEach(() => world.close());

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
});

describe('requesters of phone calls', () => {
  it('are matched by the exact E.164 number, or made and named after it', async () => {
    world = new TalkWorld(unstaffed());
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
    world = new TalkWorld(unstaffed());
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
    world = new TalkWorld(unstaffed(line, settings));
    const { call, journey } = world.dial();
    await world.entry('call.rejected');
    expect(call.end).toMatchObject({ by: 'callee', cause });
    expect(journey.state).toBe('finished');
    expect(world.tickets()).toEqual([]);
    expect(world.talk.records.calls(ACME)).toEqual([]);
  });
});
