import { describe, expect, test } from 'vitest';
import type { JourneyView } from '../../emulator/journey-view.ts';
import { Agent } from '../actors/agent.ts';
import { anEntry, JOURNEY } from '../test-control.ts';
import { complaint, forwarded, ON_SIP_IN, ON_TRUNK, worldWith } from './test-journeys.ts';

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
