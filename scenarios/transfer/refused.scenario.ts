import { describe, expect, scenario } from 'ringback';

describe('a transfer that the SIP-IN line refuses', () => {
  scenario(
    'the bridge’s address is not on the allow list: 403, and the caller stays',
    async ({ world: { caller, agent, line, bridge, sipIn } }) => {
      await agent.isOnline();
      await sipIn.allowsOnly('192.0.2.0/24');
      const journey = await caller.dials(line);
      const ticket = await journey.ticket();
      await expect(journey).toCorrelate(ticket);
      await caller.presses('0');
      await expect(journey).toBeRejectedWith(403);
      await expect(agent).not.toRing();
      await expect(caller).toHear(bridge);
      await expect(journey).toHaveTickets([ticket]);
    },
  );

  scenario('once the address is allowed, the next try succeeds', async ({ world: { caller, agent, line, bridge, sipIn } }) => {
    await agent.isOnline();
    await sipIn.allowsOnly();
    const journey = await caller.dials(line);
    await expect(journey).toCorrelate();
    await caller.presses('0');
    await expect(journey).toBeRejectedWith(403);
    await expect(caller).toHear(bridge);

    await sipIn.allowsOnly('0.0.0.0/0');
    await caller.presses('0');
    await agent.answers();
    await expect(journey).toBeBoundTo(await journey.ticket());
    await expect(caller).toHear(agent);
  });
});
