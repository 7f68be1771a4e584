import { describe, expect, test } from 'vitest';
import { anEntry, aRead } from '../test-control.ts';
import { complaint, forwarded, worldWith } from './test-journeys.ts';

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
