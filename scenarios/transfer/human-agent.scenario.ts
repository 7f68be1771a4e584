import { describe, expect, scenario } from 'ringback';

describe('the transfer to a human', () => {
  scenario('the agent hangs up first', async ({ world: { caller, agent, line } }) => {
    await agent.isOnline();
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toCorrelate(ticket);
    await caller.presses('0');
    await agent.answers();
    await expect(caller).toHear(agent);

    await agent.hangsUp();
    await expect(journey).toEnd({ by: 'callee', cause: 'normal' });
    await expect(journey).toHaveVoiceComment(ticket);
    await expect(journey).toHaveTickets([ticket]);
  });

  scenario('the caller hangs up while it rings at the agent', async ({ world: { caller, agent, line } }) => {
    await agent.isOnline();
    await agent.ignoresCalls();
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toCorrelate(ticket);
    await caller.presses('0');
    await expect(agent).toRing();

    await caller.hangsUp();
    await expect(journey).toEnd({ by: 'caller' });
    await expect(journey).toBeBoundTo(ticket);
    await expect(journey).toHaveTickets([ticket]);
  });

  // SIP-IN answers 200 before any agent is found, so the bridge cannot tell from SIP that nobody is there.
  scenario('no agent is online: the caller leaves a voicemail on their ticket', async ({ world: { account, caller, agent, line } }) => {
    await account.has({ sipIn: [{ voicemail: true }] });
    await agent.isOffline();
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toCorrelate(ticket);
    await caller.presses('0');
    await expect(journey).toBeBoundTo(ticket);
    await journey.waitFor('the voicemail to record', { 'it records': ({ kind }) => kind === 'call.voicemail_recording' });

    await caller.hangsUp();
    await expect(journey).toEnd({ by: 'caller' });
    await expect(journey).toHaveVoiceComment(ticket);
    await expect(journey).toHaveTickets([ticket]);
  });

  scenario('the agent lets it ring, and there is no voicemail: Zendesk hangs up', async ({ world: { account, caller, agent, line } }) => {
    await account.has({ sipIn: [{ voicemail: false }] });
    await agent.isOnline();
    await agent.ignoresCalls();
    const journey = await caller.dials(line);
    const ticket = await journey.ticket();
    await expect(journey).toCorrelate(ticket);
    await caller.presses('0');
    await expect(agent).toRing();

    // Longer than an agent may let it ring (30 s).
    await account.timePasses(31_000);
    await expect(journey).toEnd({ by: 'callee' });
    await expect(journey).toBeBoundTo(ticket);
    await expect(journey).toHaveTickets([ticket]);
  });

  scenario(
    'the first agent declines, the next one answers',
    { agents: [{ name: 'Edith Clarke', groups: ['Support'], presence: 'online', answers: 'when-told' }] },
    async ({ world: { caller, agent: next, agentNamed, line } }) => {
      const first = agentNamed('Grace Hopper');
      await first.isOnline();
      const journey = await caller.dials(line);
      const ticket = await journey.ticket();
      await expect(journey).toCorrelate(ticket);
      await caller.presses('0');
      await first.declines();
      await next.answers();
      await expect(next).toHear(caller);
      await expect(journey).toBeBoundTo(ticket);
    },
  );
});
