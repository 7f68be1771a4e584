import { describe, expect, scenario } from 'ringback';

describe('hanging up before anybody is transferred', () => {
  scenario(
    'the caller hangs up while it rings at the bridge',
    { bridgeEnv: { ANSWER_AFTER_MS: '20000' } },
    async ({ world: { caller, line, bridge } }) => {
      const journey = await caller.dials(line);
      await expect(journey).toBeForwardedTo(bridge, { until: 'ringing' });
      await caller.hangsUp();
      await expect(journey).toEnd({ by: 'caller' });
      await expect(journey).toHaveTickets(1);
    },
  );

  scenario('the caller hangs up on the bridge', async ({ world: { caller, line, bridge } }) => {
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toBeForwardedTo(bridge);
    await expect(caller).toHear(bridge);
    await caller.hangsUp();
    await expect(journey).toEnd({ by: 'caller', cause: 'normal' });
    await expect(journey).toHaveVoiceComment(ticket);
    await expect(journey).toHaveTickets([ticket]);
  });

  scenario('the bridge hangs up when it is told to', async ({ world: { caller, line, bridge } }) => {
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toBeForwardedTo(bridge);
    await expect(caller).toHear(bridge);
    await caller.presses('9');
    await expect(journey).toEnd({ by: 'callee', cause: 'normal' });
    await expect(journey).toHaveVoiceComment(ticket);
  });
});
