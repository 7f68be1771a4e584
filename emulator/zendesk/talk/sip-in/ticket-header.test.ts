import { afterEach, describe, expect, it } from 'vitest';
import type { SipInFacts } from '../index.ts';
import { BY_TALK, SipWorld, supportLine } from '../testing/sip-world.ts';
import { ACME, ADA } from '../testing/talk-world.ts';

let world: SipWorld;

afterEach(() => world.close());

describe('the ticket header (every row of zendesk-talk §12.4)', () => {
  const outcome = async (headers: readonly (readonly [string, string])[], o: { uri?: string; from?: string } = {}): Promise<SipInFacts> => {
    await (
      await world.transfer({ headers, ...o })
    ).answered;
    return world.sipInFacts();
  };
  const open = async (): Promise<void> => {
    world = await SipWorld.open(supportLine());
    world.agent({ answers: 'when-told' });
  };

  it.each([
    ['as documented', [['X-Zendesk-Ticket-Id', '1']], []],
    ['in other case', [['x-zendesk-TICKET-id', '1']], []],
    ['with white space around the digits', [['X-Zendesk-Ticket-Id', '\t 1  ']], []],
    ['twice: the first counts', [['X-Zendesk-Ticket-Id', '1'], ['X-Zendesk-Ticket-Id', '77']], ['sip_in.ticket_header_repeated']], // prettier-ignore
  ] as const)('binds the call: %s', async (_name, headers, diagnostics) => {
    await open();
    world.voiceTicket();
    expect(await outcome(headers)).toMatchObject({ binding: 'bound', ticketId: 1, diagnostics });
    expect(world.tickets()).toHaveLength(1);
    expect(await world.entry('call.bound')).toMatchObject({ data: { ticketId: 1 } });
  });

  it('binds the call when the number is a header of the Request-URI', async () => {
    await open();
    world.voiceTicket();
    expect(await outcome([], { uri: `${world.sipInUri}?X-Zendesk-Ticket-Id=1` })).toMatchObject({
      binding: 'bound',
      diagnostics: ['sip_in.ticket_header_in_request_uri'],
    });
  });

  it.each(['#1', 'abc', '', '-1', '0', '1.5', '1 2'])('ignores "%s" and makes a new ticket', async (value) => {
    await open();
    world.voiceTicket();
    expect(await outcome([['X-Zendesk-Ticket-Id', value]])).toMatchObject({
      binding: 'none',
      ticketId: 2,
      diagnostics: ['sip_in.ticket_header_invalid'],
    });
    expect(world.tickets()).toHaveLength(2);
  });

  it.each([
    ['does not exist', 'none', 'sip_in.ticket_unknown', () => {}],
    ['is deleted', 'none', 'sip_in.ticket_unknown', () => world.support.tickets.delete(ACME, world.voiceTicket().id, BY_TALK)],
    ['has via_id 45', 'duplicated', 'sip_in.via_mismatch', () => world.voiceTicket({ via_id: 45 })],
    ['came by the API', 'duplicated', 'sip_in.via_mismatch', () => world.voiceTicket({ via_id: 5 })],
    [
      'is closed',
      'duplicated',
      'sip_in.ticket_closed',
      () => world.voiceTicket({ status: 'closed', assignee_id: world.workspace.list(ACME)[0]?.id ?? null }),
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
    world.voiceTicket({ status: 'solved', assignee_id: agent?.id ?? null });
    expect(await outcome([['X-Zendesk-Ticket-Id', '1']])).toMatchObject({ binding: 'bound' });
    expect(world.tickets()[0]?.status).toBe('solved');
    world.workspace.answer(ACME, agent?.id ?? 0);
    expect(world.tickets()[0]?.status).toBe('open');
  });

  it('makes a ticket that somebody else opened one of the journey: what Talk writes to it is told there', async () => {
    await open();
    const { requester_id } = world.voiceTicket();
    const transfer = await world.transfer({ headers: [['X-Zendesk-Ticket-Id', '1']] });
    await transfer.answered;
    world.workspace.answer(ACME, world.workspace.list(ACME)[0]?.id ?? 0);
    transfer.call.hangup();
    const { journey } = await world.entry('journey.finished');
    expect(world.core.journal.read({ journey: journey ?? '', kind: 'comment.added' })).toMatchObject([
      { data: { ticket: { id: 1 }, comment: { type: 'VoiceComment' } } },
    ]);
    // And who reads its requester reads the caller.
    expect(world.core.journeys.find(ACME, `user:${requester_id}`)).toBe(journey);
  });

  it('leaves the requester as it is when From says another number', async () => {
    await open();
    const { requester_id } = world.voiceTicket();
    const facts = await outcome([['X-Zendesk-Ticket-Id', '1']], { from: '<sip:+14155550199@bridge.example>' });
    expect(facts).toMatchObject({ binding: 'bound', diagnostics: ['sip_in.requester_mismatch'] });
    expect(world.tickets()[0]?.requester_id).toBe(requester_id);
  });

  it('binds a second live call to the same ticket, and says so', async () => {
    await open();
    world.voiceTicket();
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
    world = await SipWorld.open(supportLine());
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
    world = await SipWorld.open(supportLine());
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
    world = await SipWorld.open(supportLine({ assertedIdentity: true }));
    world.agent({ answers: 'when-told' });
    const headers = [['P-Asserted-Identity', `<sip:${ADA}@bridge.example>`]] as const;
    await (
      await world.transfer({ from: '<sip:anonymous@anonymous.invalid>', headers })
    ).answered;
    expect(world.tickets()).toMatchObject([{ subject: 'Call with Ada Lovelace' }]);
  });
});
