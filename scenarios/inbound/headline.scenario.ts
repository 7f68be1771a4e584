import { expect, scenario } from 'ringback';

scenario('a caller whom the bridge answers reaches a human, with their ticket', async ({ world: { caller, agent, line, bridge } }) => {
  const journey = await caller.dials(line);
  await expect(journey).toBeForwardedTo(bridge);
  const ticket = await journey.ticket();
  await expect(journey).toCorrelate(ticket);
  await expect(journey).toEnrich({ name: 'Ada Lovelace', loyalty_tier: 'gold', org_plan: 'enterprise' });
  await expect(caller).toHear(bridge);
  if (await bridge.tellsWhatItHears()) await expect(bridge).toHear(caller);

  await agent.isOnline();
  await caller.presses('0');
  await agent.answers();
  await expect(journey).toBeBoundTo(ticket);
  await expect(agent).toShowCaller(caller.number);
  await expect(agent).toHear(caller);
  await expect(caller).toHear(agent);
  await expect(caller).not.toHear(bridge);
  await expect(agent).not.toHear(bridge);

  await caller.hangsUp();
  await expect(journey).toEnd({ by: 'caller' });
  await expect(journey).toHaveVoiceComment(ticket);
  await expect(journey).toHaveTickets([ticket]);
});
