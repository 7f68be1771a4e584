import { describe, expect, scenario } from 'ringback';

// Without omnichannel routing Zendesk makes the ticket of an overflowed call only when that call ends (documented): there
// is nothing to correlate with while the caller is on the line.
describe('tickets at call end', () => {
  scenario(
    'the transfer gets a ticket of its own, and the call its ticket at the end',
    { ticketTiming: 'call_end' },
    async ({ world: { caller, agent, line, bridge } }) => {
      const journey = await caller.dials(line);
      await expect(journey).toBeForwardedTo(bridge);
      await expect(journey).toStayUnlinked();

      await agent.isOnline();
      await caller.presses('0');
      await agent.answers();
      await expect(agent).toShowCaller(caller.number);
      await expect(agent).toHear(caller);

      await caller.hangsUp();
      await expect(journey).toEnd({ by: 'caller' });
      await expect(journey).toHaveTickets(2);
      await expect(journey).toStayUnlinked();
    },
  );

  scenario(
    'the late ticket is not given to the next call of the same caller',
    { ticketTiming: 'call_end' },
    async ({ world: { caller, line, bridge } }) => {
      const first = await caller.dials(line);
      await expect(first).toBeForwardedTo(bridge);
      await caller.hangsUp();
      await expect(first).toEnd({ by: 'caller' });
      const lateTicket = await first.ticket();

      const second = await caller.dials(line);
      await expect(second).toBeForwardedTo(bridge);
      await expect(first).toAnswerWebhookWith(200);
      await expect(second).not.toCorrelate(lateTicket);
      await expect(second).toStayUnlinked();
    },
  );
});
