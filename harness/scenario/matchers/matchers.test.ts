import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../emulator/journal-entry.ts';
import type { JourneyView, LegView } from '../../emulator/journey-view.ts';
import { Agent } from '../actors/agent.ts';
import { Bridge } from '../actors/bridge.ts';
import { Caller } from '../actors/caller.ts';
import { anEntry, aRead, aView, JOURNEY, type TestControl, testControl } from '../test-control.ts';
import { registerMatchers } from './register.ts';

registerMatchers();

const leg = (kind: LegView['kind'], state: LegView['state'], changes: Partial<LegView> = {}): LegView => ({
  id: `leg-${kind}`,
  kind,
  party: kind === 'agent' ? 'Grace Hopper' : kind === 'trunk' ? 'sip:127.0.0.1:5080' : '+14155550100',
  state,
  startedAt: 0,
  answeredAt: state === 'answered' ? 1 : null,
  endedAt: null,
  endedBy: null,
  cause: null,
  ...changes,
});

const ON_TRUNK = {
  callId: 'call-1',
  from: '<sip:+14155550100@acme.pstn.twilio.com>',
  pAssertedIdentity: null,
  privacy: null,
  diversion: null,
  originationUri: 'sip:127.0.0.1:5080',
  state: 'answered',
  status: 200,
};
const ON_SIP_IN = {
  callId: 'call-2',
  from: '<sip:+14155550100@127.0.0.1>',
  number: '+14155550100',
  ticketHeader: '35',
  headers: {},
  status: 200,
};

/** A call with its ticket at the bridge. */
const forwarded = (changes: Partial<JourneyView> = {}): JourneyView =>
  aView({
    ticket: 35,
    tickets: [35],
    requester: 7,
    presentation: { dialled: null, onTrunk: ON_TRUNK, onSipIn: null },
    legs: [leg('caller', 'answered'), leg('trunk', 'answered')],
    ...changes,
  });

/** What the expectation says when it fails. */
async function complaint(expectation: Promise<void>): Promise<string> {
  const error = await expectation.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  if (!error) throw new Error('it passed');
  return error.message;
}

async function worldWith(view: JourneyView, options: Parameters<typeof testControl>[0] = {}): Promise<TestControl & { bridge: Bridge }> {
  const world = await testControl({ expectMs: 40, settleMs: 20, ...options });
  world.view = view;
  world.stage.dialled.push(JOURNEY);
  return Object.assign(world, { bridge: new Bridge(world.stage) });
}

describe('toBeForwardedTo', () => {
  test('holds when the bridge answered', async () => {
    await using world = await worldWith(forwarded());
    await expect(world.journey).toBeForwardedTo(world.bridge);
    expect(world.stage.expectations).toMatchObject([
      { outcome: 'met', text: 'the call of +14155550100 to be forwarded to the bridge (answered by it)' },
    ]);
  });

  test('says what the bridge answered instead', async () => {
    const busy = forwarded({
      legs: [leg('caller', 'ended'), leg('trunk', 'ended', { cause: 'busy', endedBy: 'bridge' })],
      presentation: { dialled: null, onTrunk: { ...ON_TRUNK, state: 'ended', status: 486 }, onSipIn: null },
    });
    await using world = await worldWith(busy);
    const message = await complaint(expect(world.journey).toBeForwardedTo(world.bridge));
    expect(message).toContain('seen: the leg to the bridge (sip:127.0.0.1:5080) ended: busy, by bridge');
    expect(message).toContain("the bridge's last answer to the INVITE was 486");
  });

  test('says why the call was not forwarded at all', async () => {
    await using world = await worldWith(aView({ legs: [leg('caller', 'answered'), leg('agent', 'ringing')] }));
    expect(await complaint(expect(world.journey).toBeForwardedTo(world.bridge))).toContain(
      'it was not forwarded, because Talk offers it to an agent: the leg to the agent (Grace Hopper) is ringing',
    );
  });
});

describe('toCorrelate', () => {
  test('by the session of the bridge, where it can be asked', async () => {
    await using world = await worldWith(forwarded(), { readsSessions: true });
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: 35 }];
    await expect(world.journey).toCorrelate();
    await expect(world.journey).toCorrelate(35);
  });

  test("another call's ticket is said to be one, at once", async () => {
    await using world = await worldWith(forwarded(), { readsSessions: true, expectMs: 30_000 });
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: 36 }];
    expect(await complaint(expect(world.journey).toCorrelate())).toContain(
      "the bridge linked the call to ticket 36, not 35: another call's ticket",
    );
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: 35 }];
    expect(await complaint(expect(world.journey).toCorrelate(4711))).toContain(
      "the bridge linked the call to ticket 35, not 4711: the call's own ticket",
    );
  });

  test('the miss tells how ticket.created fared', async () => {
    const webhooks = [{ event: 'zen:event-type:ticket.created', ticket: 35, status: 401, attempt: 1, at: 0 }];
    const correlation = { webhooks, reads: [], ticketHeader: null, rule: null, evidence: null };
    await using world = await worldWith(forwarded({ correlation }), { readsSessions: true });
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: null, caller: '14155550100' }];
    const message = await complaint(expect(world.journey).toCorrelate());
    expect(message).toContain('ticket.created of ticket 35 was delivered and answered 401');
    expect(message).toContain('it took 14155550100 for the caller');
  });

  test('by the wire: reads of ticket and requester, or the header of the transfer', async () => {
    await using world = await worldWith(forwarded());
    await world.append(aRead('/api/v2/tickets/35.json'));
    expect(await complaint(expect(world.journey).toCorrelate())).toContain('it read ticket 35, but not its requester');
    await world.append(aRead('/api/v2/users/show_many.json', 'ids=6%2C7'));
    await expect(world.journey).toCorrelate();
  });

  test('.not waits, and sees a late link', async () => {
    await using world = await worldWith(forwarded(), { readsSessions: true, settleMs: 150, expectMs: 5_000 });
    const expectation = complaint(expect(world.journey).not.toCorrelate());
    await world.append(anEntry());
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: 35 }];
    expect(await expectation).toContain('expected the call of +14155550100 not to be correlated with its ticket');
  });

  test('.not passes when nothing links it', async () => {
    await using world = await worldWith(forwarded(), { readsSessions: true });
    await expect(world.journey).not.toCorrelate();
    await expect(world.journey).toStayUnlinked();
  });
});

test('toStayUnlinked names the wrong ticket', async () => {
  const correlation = { webhooks: [], reads: [], ticketHeader: '36', rule: null, evidence: null };
  await using world = await worldWith(forwarded({ correlation }));
  expect(await complaint(expect(world.journey).toStayUnlinked())).toContain("the transfer carried X-Zendesk-Ticket-Id: 36, another call's");
});

describe('toEnrich', () => {
  test('needs the reads and, where it can be asked, the values', async () => {
    await using world = await worldWith(forwarded(), { readsSessions: true });
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: 35, enrichment: { name: 'Ada', org_plan: 'gold' } }];
    await world.append(aRead('/api/v2/tickets/35'), aRead('/api/v2/users/7.json'));
    expect(await complaint(expect(world.journey).toEnrich({ name: 'Ada', org_plan: 'gold' }))).toContain(
      "it never read the requester's organization",
    );
    await world.append(aRead('/api/v2/organizations/9.json'));
    await expect(world.journey).toEnrich({ name: 'Ada', org_plan: 'gold' });
    expect(await complaint(expect(world.journey).toEnrich({ name: 'Ada L.', tier: 1 }))).toMatch(
      /name is "Ada", not "Ada L\."[^]*tier is missing, not 1/,
    );
  });

  test('side-loads, searches and lists are reads too', async () => {
    await using world = await worldWith(forwarded());
    const ada = { id: 7, organization_id: 9 };
    const aTicket = { ticket: { id: 35, organization_id: 9 }, users: [{ id: 2 }, ada], organizations: [{ id: 9 }] };
    await world.append(aRead('/api/v2/tickets/35.json', 'include=users,organizations', aTicket));
    await expect(world.journey).toCorrelate();
    await expect(world.journey).toEnrich({ org_plan: 'gold' });
    for (const [path, query, body] of [
      ['/api/v2/users/search.json', 'external_id=12345678', { users: [ada] }],
      ['/api/v2/search.json', 'query=type:user%20requester:12345678', { results: [{ ...ada, result_type: 'user' }] }],
      ['/api/v2/users.json', '', { users: [{ id: 2 }, ada] }],
    ] as const) {
      await using other = await worldWith(forwarded());
      await other.append(aRead('/api/v2/tickets/35'), aRead(path, query, body));
      await expect(other.journey).toEnrich();
      await other.append(aRead('/api/v2/users/7/organizations.json', '', { organizations: [{ id: 8 }, { id: 9 }] }));
      await expect(other.journey).toEnrich({ org_plan: 'gold' });
    }
  });

  test('a record that did not change since the bridge read it counts as read; another answer does not', async () => {
    await using world = await worldWith(forwarded());
    const answered = (status: number): JournalEntry[] =>
      ['tickets/35', 'users/7.json', 'organizations/9'].map((record) => {
        const read = aRead(`/api/v2/${record}`);
        return { ...read, data: { ...read.data, status } };
      });
    await world.append(...answered(301), ...answered(404));
    expect(await complaint(expect(world.journey).toEnrich())).toContain('it never read ticket 35');
    await world.append(...answered(304));
    await expect(world.journey).toEnrich({ org_plan: 'gold' });
    await expect(world.journey).toCorrelate();
  });

  test('several hits, a search by phone, and a list of tickets tell nothing of this call', async () => {
    await using world = await worldWith(forwarded());
    await world.append(
      aRead('/api/v2/tickets.json', 'include=users', { tickets: [{ id: 34 }, { id: 35 }] }),
      aRead('/api/v2/users/search.json', 'query=Ada', { users: [{ id: 6 }, { id: 7 }] }),
      aRead('/api/v2/users/search.json', 'query=phone%3A*5550100', { users: [{ id: 7 }] }),
    );
    const message = await complaint(expect(world.journey).toEnrich());
    expect(message).toContain('it never read ticket 35');
    expect(message).toContain("it never read the ticket's requester");
    expect(message).toContain('it searched users by phone instead: GET /api/v2/users/search.json?query=phone:*5550100 (200)');
    expect(await complaint(expect(world.journey).toCorrelate())).toContain('it never read ticket 35');
  });

  test("another caller's organization is not the requester's", async () => {
    await using world = await worldWith(forwarded());
    await world.append(
      aRead('/api/v2/tickets/35', '', { ticket: { id: 35, organization_id: null } }),
      aRead('/api/v2/users/7', '', { user: { id: 7, organization_id: 9 } }),
      aRead('/api/v2/organizations/10.json', '', { organization: { id: 10 } }),
    );
    expect(await complaint(expect(world.journey).toEnrich({ org_plan: 'gold' }))).toContain(
      "it never read the requester's organization (GET /api/v2/organizations/9); it read 10",
    );
    await world.append(aRead('/api/v2/organizations/9'));
    await expect(world.journey).toEnrich({ org_plan: 'gold' });
  });

  test('names the fuzzy search', async () => {
    await using world = await worldWith(forwarded());
    await world.append(aRead('/api/v2/tickets/35'), aRead('/api/v2/users/search.json', 'query=phone%3A%2B14155550100'));
    const message = await complaint(expect(world.journey).toEnrich());
    expect(message).toContain("it never read the ticket's requester (GET /api/v2/users/7)");
    expect(message).toContain('it searched users by phone instead: GET /api/v2/users/search.json?query=phone:+14155550100 (200)');
    await world.append(aRead('/api/v2/users/search.json', 'query=14155550100%'));
    expect(await complaint(expect(world.journey).toEnrich())).toContain('GET /api/v2/users/search.json?query=14155550100% (200)');
  });
});

describe('the transfer', () => {
  const transferred = (changes: Partial<JourneyView>): JourneyView =>
    forwarded({ presentation: { dialled: null, onTrunk: ON_TRUNK, onSipIn: ON_SIP_IN }, ...changes });

  test('toBeBoundTo', async () => {
    await using world = await worldWith(transferred({ binding: { result: 'bound', ticketId: 35, diagnostics: [] } }));
    await expect(world.journey).toBeBoundTo(35);
    expect(await complaint(expect(world.journey).toBeBoundTo(36))).toContain('the transfer was bound to ticket 35');
    await expect(world.journey).not.toBeBoundTo(36);
  });

  test('a duplicated ticket is explained by the header', async () => {
    const onSipIn = { ...ON_SIP_IN, ticketHeader: null };
    const binding = { result: 'duplicated' as const, ticketId: 36, diagnostics: ['no ticket header'] };
    await using world = await worldWith(
      transferred({ binding, tickets: [35, 36], presentation: { dialled: null, onTrunk: ON_TRUNK, onSipIn } }),
    );
    expect(await complaint(expect(world.journey).toBeBoundTo(35))).toContain(
      'Talk made ticket 36 for the transfer, because its INVITE had no X-Zendesk-Ticket-Id',
    );
    expect(await complaint(expect(world.journey).toHaveTickets(1))).toMatch(
      /it has 2 tickets: 35, 36[^]*ticket 36 was made for the transfer/,
    );
    await expect(world.journey).toHaveTickets([36, 35]);
    await expect(world.journey).not.toHaveTickets(1);
  });

  test('a call from the bridge that joined no journey is told with the reason', async () => {
    await using world = await worldWith(forwarded());
    const joined = (rule: string, evidence: object) =>
      anEntry({ kind: 'journey.joined', journey: 'j-0000000002', data: { rule, evidence } });
    const why = "one live call at the bridge, but none of its addresses (called at 127.0.0.2) is one of this call's";
    await world.append(
      joined('new-journey', { ticketId: null, why }),
      joined('new-journey', { why }),
      joined('new-journey', { ticketId: 7 }),
    );
    const bound = await complaint(expect(world.journey).toBeBoundTo(35));
    expect(bound.split(`a call from the bridge began a journey of its own: ${why}`)).toHaveLength(2);
    expect(bound).not.toContain('has sent no INVITE');
    expect(await complaint(expect(world.journey).toHaveTickets(2))).toContain(`journey of its own: ${why}`);
    world.view = transferred({});
    expect(await complaint(expect(world.journey).toHaveTickets(2))).not.toContain('of its own');
  });

  test('toShowCaller, of the agent and of the journey', async () => {
    await using world = await worldWith(transferred({}));
    world.on('GET /agents/9', () => ({
      id: 9,
      name: 'Grace Hopper',
      journey: JOURNEY,
      state: 'ringing',
      presence: 'online',
      answers: 'ignores',
      groups: [],
    }));
    const agent = new Agent(world.stage, { id: 9, name: 'Grace Hopper' });
    await expect(agent).toShowCaller('+14155550100');
    await expect(world.journey).not.toShowCaller('+14155550199');
    expect(await complaint(expect(agent).toShowCaller('+14155550199'))).toContain(
      "expected Grace Hopper's screen to show +14155550199 as the caller\n\n  seen: it shows +14155550100; From of the transfer's INVITE is <sip:+14155550100@127.0.0.1>",
    );
  });

  test('toBeRejectedWith looks beyond the journey, toRevealInTransfer into the headers', async () => {
    await using world = await worldWith(transferred({}));
    const raw = 'INVITE sip:x SIP/2.0\r\nFrom: <sip:anonymous@h>\r\nP-Asserted-Identity: <tel:+1-415-555-0100>\r\n\r\n+14155550777';
    await world.append(
      anEntry({ kind: 'sip.message', from: 'bridge', to: 'talk', data: { direction: 'in', method: 'INVITE', callId: 'call-2', raw } }),
      anEntry({
        kind: 'sip.message',
        journey: null,
        label: '403 Forbidden (INVITE)',
        data: { direction: 'out', status: 403, cseqMethod: 'INVITE' },
      }),
    );
    await expect(world.journey).toBeRejectedWith(403);
    expect(await complaint(expect(world.journey).toBeRejectedWith(404))).toContain(
      "seen: the transfer's INVITE was answered 403 Forbidden (INVITE)",
    );
    expect(await complaint(expect(world.journey).not.toRevealInTransfer('+14155550100'))).toContain(
      'the transfer said P-Asserted-Identity: <tel:+1-415-555-0100>',
    );
    await expect(world.journey).toRevealInTransfer('+14155550777');
    await expect(world.journey).not.toRevealInTransfer('+14155550888');
  });
});

describe('toHear', () => {
  const hearing = (hears: boolean, dominanceDb: number): JourneyView['hearing'][number] => ({
    listener: 'caller',
    speaker: 'Grace Hopper',
    hears,
    dominanceDb,
    share: 0.4,
  });

  test('says who is heard instead, and how near it was', async () => {
    const bridge = { listener: 'caller', speaker: 'bridge', hears: true, dominanceDb: null, share: null };
    await using world = await worldWith(forwarded({ hearing: [hearing(false, 12.4), bridge] }));
    world.on('POST /calls', () => ({ journey: JOURNEY }));
    const caller = new Caller(world.stage, { number: '+14155550100' });
    await caller.dials('+14155550150');
    const agent = new Agent(world.stage, { id: 9, name: 'Grace Hopper' });
    const message = await complaint(expect(caller).toHear(agent));
    expect(message).toContain('seen: +14155550100 hears bridge');
    expect(message).toContain("Grace Hopper's tone stands 12 dB above the rest in 40 % of the windows");
    await expect(caller).not.toHear(agent);
    world.view = forwarded({ hearing: [{ ...hearing(false, -99), share: 0 }] });
    expect(await complaint(expect(caller).toHear(agent))).toContain("hears nobody\n        Grace Hopper's tone is not there;");
    world.view = forwarded({ hearing: [hearing(true, 31)] });
    await expect(caller).toHear(agent);
    expect(await complaint(expect(caller).not.toHear(agent))).toContain(
      "seen: +14155550100 hears Grace Hopper\n        Grace Hopper's tone stands 31 dB above the rest",
    );
  });

  test('of the bridge in the same words; where its tone is not known, says so', async () => {
    const bridge = { listener: 'caller', speaker: 'bridge', hears: false };
    await using world = await worldWith(forwarded({ hearing: [{ ...bridge, dominanceDb: 12.4, share: 0.4 }] }));
    world.on('POST /calls', () => ({ journey: JOURNEY }));
    const caller = new Caller(world.stage, { number: '+14155550100' });
    await caller.dials('+14155550150');
    const measured = await complaint(expect(caller).toHear(world.bridge));
    expect(measured).toContain('seen: +14155550100 hears nobody');
    expect(measured).toContain(
      "the bridge's tone stands 12 dB above the rest in 40 % of the windows; 20 dB in 80 % of the windows is hearing",
    );
    world.view = forwarded({ hearing: [{ ...bridge, dominanceDb: null, share: null }] });
    expect(await complaint(expect(caller).toHear(world.bridge))).toContain(
      "the bridge's tone is not known: half a second of sound that is nobody else's is hearing",
    );
  });

  test('the bridge says itself what it hears of its caller', async () => {
    const call = { from: '+14155550100', to: '+14155550150', carrier: 'clean', state: 'answered', endedBy: null, cause: null } as const;
    await using world = await worldWith(forwarded({ call: { ...call, toneHz: 1000 } }), { readsSessions: true });
    world.on('POST /calls', () => ({ journey: JOURNEY }));
    const caller = new Caller(world.stage, { number: '+14155550100' });
    await caller.dials('+14155550150');
    world.sessions = [{ id: 's', callId: 'call-1', heardHz: 1000 }];
    expect(await world.bridge.tellsWhatItHears()).toBe(true);
    await expect(world.bridge).toHear(caller);
    world.sessions = [{ id: 's', callId: 'call-1', heardHz: 1370 }];
    expect(await complaint(expect(world.bridge).toHear(caller))).toContain('the bridge hears 1370 Hz; the caller speaks 1000 Hz');
    world.sessions = [{ id: 's', callId: 'call-1', heardHz: null }];
    await expect(world.bridge).not.toHear(caller);
    world.sessions = [{ id: 's', callId: 'call-1' }];
    expect(await world.bridge.tellsWhatItHears()).toBe(false);
    expect(await complaint(expect(world.bridge).toHear(caller))).toContain('turn it round: expect(caller).toHear(bridge)');
    await expect(async () => expect(world.bridge).toHear(world.bridge)).rejects.toThrow('the bridge can be asked about its caller only');
  });
});

test('toEnd says which leg is left, and who ended the call', async () => {
  await using world = await worldWith(forwarded());
  expect(await complaint(expect(world.journey).toEnd())).toContain('the leg to the bridge (sip:127.0.0.1:5080) is answered');
  world.view = forwarded({
    state: 'finished',
    legs: [],
    call: { from: null, to: '+1', carrier: 'clean', state: 'ended', endedBy: 'callee', cause: 'normal' },
  });
  await expect(world.journey).toEnd({ by: 'callee' });
  expect(await complaint(expect(world.journey).toEnd({ by: 'caller' }))).toContain('it ended by the callee with normal');
});

test('voice comments and webhook answers are read from the journal', async () => {
  await using world = await worldWith(forwarded());
  await world.append(
    anEntry({ kind: 'ticket.updated', data: { ticket: { id: 35 }, comment: { type: 'VoiceComment' } } }),
    anEntry({ kind: 'comment.added', data: { ticket: { id: 35 }, comment: { type: 'VoiceComment' } } }),
    anEntry({ kind: 'webhook.attempt', data: { event: 'zen:event-type:ticket.created', status: 401 } }),
  );
  await expect(world.journey).toHaveVoiceComment();
  expect(await complaint(expect(world.journey).toHaveVoiceComment(36))).toMatch(/voice comments are on ticket 35$/m);
  await expect(world.journey).toRefuseWebhook();
  expect(await complaint(expect(world.journey).toAnswerWebhookWith(200))).toContain(
    'zen:event-type:ticket.created was delivered and answered 401',
  );
});

test('what a matcher cannot be said of is told at once', async () => {
  await expect(async () => expect({}).toCorrelate()).rejects.toThrow(
    'toCorrelate is said of a journey (what caller.dials(line) returns) or a caller; got {}',
  );
});
