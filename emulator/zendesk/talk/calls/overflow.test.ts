import { afterEach, describe, expect, it } from 'vitest';
import type { TalkFacts } from '../index.ts';
import { ACME, ADA, DID, LINE, staffed, TalkWorld, unstaffed } from '../testing/talk-world.ts';

let world: TalkWorld;

afterEach(() => world.close());

describe('overflow of a phone line', () => {
  it('with omnichannel routing makes the ticket at queue entry, and adds tag and voice comment at the end', async () => {
    world = new TalkWorld(unstaffed());
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
    world = new TalkWorld(unstaffed({}, { omnichannel: false }));
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
    world = new TalkWorld(unstaffed({}, { ticketTiming }));
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
    world = new TalkWorld(unstaffed({ forwardingCallerId }));
    const arriving = world.arrivalAt(DID);
    world.dial();
    expect((await arriving).presentation).toMatchObject({ ...shown, diversions: [{ number: LINE }] });
  });

  it('refuses the caller when the overflow number does not answer', async () => {
    world = new TalkWorld(unstaffed({}, { greetings: { voicemailOffMs: 0 } }));
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
    world = new TalkWorld(unstaffed({}, switches));
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
    world = new TalkWorld(unstaffed({ voicemail: true }, { greetings: { voicemailMs: 0 } }));
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
    world = new TalkWorld(unstaffed({ overflowOutsideTo: '+14155550198', schedule: { timeZone: 'UTC', intervals: [] } }));
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

  it('happens when everybody declined, and when the longest wait is over', async () => {
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

  it('happens to a call that waited too long for a busy agent', async () => {
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
