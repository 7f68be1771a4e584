import { describe, expect, scenario } from 'ringback';

// Zendesk's webhook and the telephone network race each other: ticket.created may reach the bridge before the call, while
// it is on, or not at all.
describe('the webhook and the call in any order', () => {
  scenario(
    'the webhook comes before the INVITE',
    { agents: [{ name: 'Hedy Lamarr', groups: ['Voice AI'], answers: 'when-told' }] },
    async ({ world: { caller, agent, line, bridge } }) => {
      // An agent of the line's group is rung first; the call overflows only when she declines.
      const journey = await caller.dials(line);
      const ticket = await journey.ticket();
      await expect(journey).toAnswerWebhookWith(200);
      await agent.declines();
      await expect(journey).toBeForwardedTo(bridge);
      await expect(journey).toCorrelate(ticket);
      await expect(journey).toEnrich({ name: 'Ada Lovelace' });
    },
  );

  scenario('the webhook comes while the caller talks to the bridge', async ({ world: { caller, line, bridge, webhook } }) => {
    const held = await webhook.holds();
    const journey = await caller.dials(line);
    await expect(journey).toBeForwardedTo(bridge);
    await expect(caller).toHear(bridge);
    await expect(journey).toStayUnlinked();

    await held.release();
    await expect(journey).toCorrelate();
    await expect(journey).toEnrich({ name: 'Ada Lovelace' });
    await expect(caller).toHear(bridge);
  });

  scenario('the webhook comes the moment the bridge answers', async ({ world: { caller, line, bridge, webhook } }) => {
    await webhook.holdsUntil({ kind: 'sip.message', from: 'bridge', 'data.status': 200, 'data.cseqMethod': 'INVITE' });
    const journey = await caller.dials(line);
    await expect(journey).toBeForwardedTo(bridge);
    await expect(journey).toCorrelate(await journey.ticket());
  });

  scenario('the webhook comes after the caller has hung up', async ({ world: { caller, line, bridge, webhook } }) => {
    const held = await webhook.holds({ times: 1 });
    const first = await caller.dials(line);
    const lateTicket = await first.ticket();
    await expect(first).toBeForwardedTo(bridge);
    await caller.hangsUp();
    await expect(first).toEnd({ by: 'caller' });

    // The same caller is on the line again when the first call's ticket comes at last.
    await webhook.drops();
    const second = await caller.dials(line);
    await expect(second).toBeForwardedTo(bridge);
    await held.release();
    await expect(first).toAnswerWebhookWith(200);
    await expect(second).not.toCorrelate(lateTicket);
    await expect(second).toStayUnlinked();
  });

  scenario('the webhook comes after the transfer began', async ({ world: { caller, agent, line, bridge, webhook } }) => {
    await agent.isOnline();
    await webhook.holdsUntil({ kind: 'sip.message', 'data.direction': 'in', 'data.method': 'INVITE' }, { times: 1 });
    const journey = await caller.dials(line);
    await expect(journey).toBeForwardedTo(bridge);
    await caller.presses('0');
    await agent.answers();
    await expect(journey).toAnswerWebhookWith(200);
    await expect(caller).toHear(agent);
    await expect(journey).toHaveTickets(2);
  });
});
