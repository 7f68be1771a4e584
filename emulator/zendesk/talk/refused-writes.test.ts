import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PstnCall } from '../../telephony/pstn/index.ts';
import type { Ticket } from '../support/index.ts';
import { SipWorld, supportLine } from './testing/sip-world.ts';
import { ACME, ADA, DID, LINE, TalkWorld } from './testing/talk-world.ts';

const BY_SYSTEM = { userId: null, via: 'system' } as const;
const salesLine = { number: LINE, group: 'Sales', voicemail: false };

let world: TalkWorld;

afterEach(() => world.close());

const deleteGroup = (name: string): void => {
  const { groups } = world.support;
  groups.delete(ACME, groups.findByName(ACME, name)?.id ?? 0, BY_SYSTEM);
};

const breakAt = (kind: string, about = ''): (() => void) =>
  world.core.journal.within((entry) => {
    if (entry.kind === kind && entry.label.startsWith(about)) throw new Error('the disk is full');
  });

it('an agent answers a call whose group was deleted while it rang', async () => {
  world = new TalkWorld({ lines: [salesLine] });
  const agent = world.agent({ groups: ['Sales'], answerAfterMs: 5_000 });
  const { call } = world.dial();
  await world.entry('agent.ringing');
  deleteGroup('Sales');
  world.advance(5_000);
  expect(world.workspace.get(ACME, agent.id).activity).toBe('on_call');
  expect(world.tickets()).toMatchObject([{ status: 'open', assignee_id: agent.id }]);
  call.hangup();
  expect(world.talk.liveCalls(ACME)).toBe(0);
});

it('a call of a line whose first group was deleted gets its ticket, in the next one', async () => {
  world = new TalkWorld({ lines: [{ ...salesLine, group: undefined, groups: ['Sales', 'Second line'] } as never] });
  const agent = world.agent({ groups: ['Second line'] });
  deleteGroup('Sales');
  world.dial();
  await world.entry('call.answered');
  expect(world.tickets()).toMatchObject([{ assignee_id: agent.id, group_id: world.support.groups.findByName(ACME, 'Second line')?.id }]);
});

it('a call whose ticket is refused goes on without one, and the journal says why', async () => {
  world = new TalkWorld({ lines: [salesLine], templates: { description: '' } });
  const agent = world.agent({ groups: ['Sales'] });
  const { call, journey } = world.dial();
  await world.entry('call.answered');
  call.hangup();
  expect(world.tickets()).toEqual([]);
  expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
  expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed', ticket_id: null }]);
  expect(await world.entry('call.ticket_refused')).toMatchObject({
    journey: journey.id,
    label: expect.stringContaining('Description: cannot be blank'),
    data: { ticketId: null, status: 422 },
  });
});

it('a ticket that is refused is not tried again at every step, and leaves no requester', async () => {
  const unknownCaller = { unknownCallerTicket: 'as_others', ticketTiming: 'queue_entry' } as const;
  world = new TalkWorld({ ...unknownCaller, lines: [{ ...salesLine, overflowTo: DID }], templates: { description: '' } });
  const users = (): number => world.support.users.list(ACME).length;
  const before = users();
  const arriving = world.arrivalAt(DID);
  const { call, journey } = world.dial({ from: { number: ADA, withheld: true, asserted: ADA } });
  (await arriving).answer();
  call.hangup();
  expect(world.tickets()).toEqual([]);
  expect(world.kinds(journey, 'call.ticket_refused')).toHaveLength(1);
  expect(users()).toBe(before);
  expect(await world.entry('call.ticket_refused')).toMatchObject({ journey: journey.id });
  expect(world.kinds(journey, 'user.')).toEqual([]);
});

it('a call that is bound to a full ticket ends like any other', async () => {
  const sip = await SipWorld.open(supportLine());
  world = sip;
  const agent = world.agent();
  const ticket = sip.voiceTicket();
  const stored = world.core.store.collection<Ticket>({ name: 'tickets', key: ({ id }) => id });
  stored.put(ACME, { ...ticket, comment_count: 5_000 });
  const transfer = await sip.transfer({ headers: [['X-Zendesk-Ticket-Id', String(ticket.id)]] });
  await transfer.answered;
  await world.entry('call.answered');
  transfer.call.hangup();
  await world.entry('journey.finished');
  expect(world.talk.liveCalls(ACME)).toBe(0);
  expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
  expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: 'completed', ticket_id: ticket.id }]);
  expect(await world.entry('call.ticket_refused')).toMatchObject({ data: { ticketId: ticket.id, status: 422 } });
});

const breakStore = (): (() => void) => {
  const transaction = vi.spyOn(world.core.store, 'transaction').mockImplementation(() => {
    throw new Error('the disk is full');
  });
  return () => transaction.mockRestore();
};

describe.each([
  ['nothing of it', () => breakStore()],
  ['not the whole of it', () => breakAt('call.ended')],
  ['not the end of a leg', () => breakAt('leg.ended', 'agent')],
])('a call whose end cannot be written, %s, holds nobody all the same, and its journey is over', (_, breakIt) => {
  it.each<[by: string, hangUp: (call: PstnCall, agent: number) => void]>([
    ['callee', (_call, agent) => world.workspace.hangup(ACME, agent)],
    ['caller', (call) => call.hangup()],
  ])('the %s hangs up', async (by, hangUp) => {
    world = new TalkWorld({ lines: [salesLine] });
    const agent = world.agent({ groups: ['Sales'] });
    const { call, journey } = world.dial();
    await world.entry('call.answered');
    const repair = breakIt();
    expect(() => hangUp(call, agent.id)).toThrow('the disk is full');
    repair();
    expect(world.talk.liveCalls(ACME)).toBe(0);
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    expect(call.end).toMatchObject({ by });
    expect(world.kinds(journey, 'journey.')).toEqual(['journey.finished']);
    expect(journey.state).toBe('finished');
  });

  it('the caller hangs up while it rings', async () => {
    world = new TalkWorld({ lines: [salesLine] });
    const agent = world.agent({ groups: ['Sales'], answerAfterMs: 5_000 });
    const { call, journey } = world.dial();
    await world.entry('agent.ringing');
    const repair = breakIt();
    expect(() => call.hangup()).toThrow('the disk is full');
    repair();
    expect(world.talk.liveCalls(ACME)).toBe(0);
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
    expect(world.kinds(journey, 'journey.')).toEqual(['journey.finished']);
  });

  it('the bridge hangs up', async () => {
    const sip = await SipWorld.open(supportLine());
    world = sip;
    const agent = world.agent();
    const transfer = await sip.transfer();
    await transfer.answered;
    await world.entry('call.answered');
    const repair = breakIt();
    transfer.call.hangup();
    await world.entry('journey.finished');
    repair();
    expect(world.talk.liveCalls(ACME)).toBe(0);
    expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
  });
});

it('of a call whose arrival is undone nothing waits and nothing rings, and its journey is over', async () => {
  const sip = await SipWorld.open(supportLine());
  world = sip;
  const agent = world.agent();
  const repair = breakAt('leg.ringing', 'agent');
  for (let count = 0; count < 5; count++) await (await sip.transfer()).ended;
  expect(world.core.journeys.live(ACME)).toEqual([]);
  repair();
  expect(world.workspace.get(ACME, agent.id).activity).toBe('idle');
  expect(world.talk.liveCalls(ACME)).toBe(0);
  const { answered } = await sip.transfer();
  await answered;
  await world.entry('call.answered');
  expect(world.talk.records.calls(ACME)).toMatchObject([{ completion_status: null, agent_id: agent.id }]);
});

it('a call that could not be offered rings nowhere, and is over with its caller', async () => {
  world = new TalkWorld({ lines: [salesLine] });
  world.agent({ groups: ['Sales'] });
  const free = world.agent({ name: 'Alan Turing', groups: ['Sales'], presence: 'away' });
  world.dial();
  await world.entry('call.answered');
  const waiting = world.dial();
  await world.entry('call.queued', ({ waiting: count }) => count === 1);
  const repair = breakAt('agent.ringing');
  expect(() => world.workspace.presence(ACME, free.id, 'online')).toThrow('the disk is full');
  repair();
  expect(world.workspace.get(ACME, free.id)).toMatchObject({ activity: 'idle', call: null });
  waiting.call.hangup();
  expect(waiting.journey.state).toBe('finished');
  const calls = world.talk.records.calls(ACME);
  expect(world.talk.records.legs(ACME, calls[1]?.id ?? 0)).toMatchObject([{ type: 'customer', completion_status: 'customer_hang_up' }]);
});
