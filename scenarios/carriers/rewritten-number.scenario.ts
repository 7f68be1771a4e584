import { describe, expect, scenario } from 'ringback';

describe('carriers that rewrite the caller’s number', () => {
  scenario(
    'national format of the bridge’s own country is the same caller',
    { carrier: 'national' },
    async ({ world: { caller, agent, line } }) => {
      await agent.isOnline();
      const journey = await caller.dials(line);
      await expect(journey).toReachBridgeAs({ from: '<sip:4155550100@' });
      const ticket = await journey.ticket();
      await expect(journey).toCorrelate(ticket);

      await caller.presses('0');
      await agent.answers();
      await expect(agent).toShowCaller(caller.number);
      await expect(journey).toBeBoundTo(ticket);
    },
  );

  scenario(
    'a foreign number in its national format is nobody’s',
    { caller: '+442079460018', carrier: 'national' },
    async ({ world: { caller, line, bridge } }) => {
      const journey = await caller.dials(line);
      await expect(journey).toReachBridgeAs({ from: '<sip:02079460018@' });
      await expect(journey).toBeForwardedTo(bridge);
      await expect(journey).toAnswerWebhookWith(200);
      await expect(journey).toStayUnlinked();
    },
  );

  scenario(
    'the carrier shows the Zendesk line instead of the caller',
    { carrier: 'replaced-caller' },
    async ({ world: { caller, line, bridge } }) => {
      const journey = await caller.dials(line);
      await expect(journey).toReachBridgeAs({ from: line.number });
      await expect(journey).toBeForwardedTo(bridge);
      await expect(journey).toAnswerWebhookWith(200);
      await expect(journey).toStayUnlinked();
    },
  );

  scenario(
    'Talk itself shows its line instead of the caller (forwarding caller ID)',
    async ({ world: { caller, callerFrom, line, bridge } }) => {
      await line.forwardsShowing('line');
      const one = await caller.dials(line);
      const other = await callerFrom('+442079460018').dials(line);
      await expect(one).toReachBridgeAs({ from: line.number });
      await expect(one).toBeForwardedTo(bridge);
      await expect(other).toBeForwardedTo(bridge);
      await expect(one).toAnswerWebhookWith(200);
      await expect(other).toAnswerWebhookWith(200);
      await expect(one).toStayUnlinked();
      await expect(other).toStayUnlinked();
    },
  );
});
