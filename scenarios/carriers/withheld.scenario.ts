import { describe, expect, scenario } from 'ringback';

const WITHHELD = '+14155550100';

describe('callers who do not want to be known', () => {
  scenario(
    'a withheld caller whose carrier tells the bridge who they are',
    { caller: { number: WITHHELD, withheld: true, asserted: WITHHELD }, carrier: 'anonymous-asserted' },
    async ({ world: { caller, agent, line, bridge } }) => {
      await agent.isOnline();
      const journey = await caller.dials(line);
      await expect(journey).toReachBridgeAs({ from: /anonymous@anonymous\.invalid/, pAssertedIdentity: WITHHELD, privacy: 'id' });
      await expect(journey).toBeForwardedTo(bridge);
      await expect(journey).toAnswerWebhookWith(200);

      await caller.presses('0');
      await agent.answers();
      await expect(agent).toHear(caller);
      await expect(journey).not.toRevealInTransfer(WITHHELD);
      await expect(agent).not.toShowCaller(WITHHELD);
      await expect(journey).toStayUnlinked();
    },
  );

  scenario(
    'a withheld caller does not get the ticket of somebody who calls openly from the same number',
    { carrier: 'anonymous-asserted' },
    async ({ world: { callerFrom, line, bridge } }) => {
      const withheld = callerFrom({ number: WITHHELD, withheld: true, asserted: WITHHELD });
      const hidden = await withheld.dials(line);
      await expect(hidden).toBeForwardedTo(bridge);
      await expect(hidden).toAnswerWebhookWith(200);
      const open = await callerFrom(WITHHELD, 'clean').dials(line);
      const ticket = await open.ticket();
      await expect(open).toCorrelate(ticket);
      await expect(hidden).not.toCorrelate(ticket);
      await expect(hidden).toStayUnlinked();
    },
  );

  scenario(
    'an anonymous caller reaches a human without a number',
    { caller: { number: null } },
    async ({ world: { caller, agent, line, bridge } }) => {
      await agent.isOnline();
      const journey = await caller.dials(line);
      await expect(journey).toReachBridgeAs({ from: /anonymous/, pAssertedIdentity: null });
      await expect(journey).toBeForwardedTo(bridge);
      await expect(journey).toAnswerWebhookWith(200);
      await expect(journey).toStayUnlinked();

      await caller.presses('0');
      await agent.answers();
      await expect(agent).toHear(caller);
      await expect(agent).toShowCaller(null);
      await caller.hangsUp();
      await expect(journey).toEnd({ by: 'caller' });
      await expect(journey).toHaveTickets(2);
    },
  );

  scenario(
    'anonymous callers who are transferred are two people for Zendesk, too',
    { caller: { number: null }, agents: [{ name: 'Edith Clarke', groups: ['Support'], presence: 'offline', answers: 'when-told' }] },
    async ({ world: { account, agentNamed, caller, callerFrom, line, bridge } }) => {
      const requesters: unknown[] = [];
      for (const [anonymous, human] of [
        [caller, agentNamed('Grace Hopper')],
        [callerFrom({ number: null }), agentNamed('Edith Clarke')],
      ] as const) {
        await human.isOnline();
        const journey = await anonymous.dials(line);
        await expect(journey).toBeForwardedTo(bridge);
        await anonymous.presses('0');
        await human.answers();
        await expect(human).toShowCaller(null);
        await anonymous.hangsUp();
        await expect(journey).toEnd({ by: 'caller' });
        await expect(journey).toHaveTickets(2);
        for (const ticket of (await journey.view()).tickets) requesters.push((await account.ticket(ticket))['requester_id']);
        await human.isOffline();
      }
      // Zendesk makes a new user of each anonymous call; of calls that show the bridge's number it makes that number's user.
      expect(new Set(requesters).size, `different requesters among ${requesters.join(', ')}`).toBe(4);
    },
  );

  scenario(
    'two anonymous callers are two people',
    { caller: { number: null } },
    async ({ world: { caller, callerFrom, line, bridge } }) => {
      const one = await caller.dials(line);
      const other = await callerFrom({ number: null }).dials(line);
      await expect(one).toBeForwardedTo(bridge);
      await expect(other).toBeForwardedTo(bridge);
      await expect(one).toAnswerWebhookWith(200);
      await expect(other).toAnswerWebhookWith(200);
      await expect(one).toStayUnlinked();
      await expect(other).toStayUnlinked();
    },
  );
});
