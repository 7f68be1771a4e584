import { type AgentDraft, describe, expect, scenario } from 'ringback';

/** An agent of the line's own group: once online, calls ring there first, and their tickets reach the bridge before they do. */
const RINGS_FIRST: AgentDraft = { name: 'Hedy Lamarr', groups: ['Voice AI'], presence: 'offline', answers: 'when-told' };

describe('several callers at once', () => {
  scenario('two live calls of one number are not guessed between', async ({ world: { caller, callerFrom, line, bridge, webhook } }) => {
    const colleague = callerFrom(caller.presentation);
    const held = await webhook.holds();
    const one = await caller.dials(line);
    const other = await colleague.dials(line);
    await expect(one).toBeForwardedTo(bridge);
    await expect(other).toBeForwardedTo(bridge);

    await held.release();
    await expect(one).toAnswerWebhookWith(200);
    await expect(other).toAnswerWebhookWith(200);
    await expect(one).toStayUnlinked();
    await expect(other).toStayUnlinked();
  });

  scenario('a second call of the same number leaves the first its ticket', async ({ world: { caller, callerFrom, line, bridge } }) => {
    const one = await caller.dials(line);
    const ticket = await one.ticket();
    await expect(one).toCorrelate(ticket);

    const other = await callerFrom(caller.presentation).dials(line);
    await expect(other).toBeForwardedTo(bridge);
    await expect(other).toAnswerWebhookWith(200);
    await expect(other).not.toCorrelate(ticket);
    await expect(one).toCorrelate(ticket);
  });

  scenario(
    'the second call’s ticket does not go to the first, whose own is late',
    { agents: [RINGS_FIRST] },
    async ({ world: { account, agent, caller, callerFrom, line, bridge, webhook } }) => {
      const held = await webhook.holds({ times: 1 });
      const one = await caller.dials(line);
      await expect(one).toBeForwardedTo(bridge);

      // Five seconds later by Zendesk's clock, which stamps the tickets.
      await account.timePasses(5_000);
      await agent.isOnline();
      const other = await callerFrom(caller.presentation).dials(line);
      await expect(other).toAnswerWebhookWith(200);
      await expect(one).not.toCorrelate(await other.ticket());
      await agent.declines();
      await expect(other).toBeForwardedTo(bridge);
      await held.release();
      await expect(one).toAnswerWebhookWith(200);
      await expect(other).not.toCorrelate(await one.ticket());
    },
  );

  scenario(
    'London +44 20 7946 0018 and Maine +1 207 946 0018 each get their own ticket',
    async ({ world: { callerFrom, line, bridge, webhook } }) => {
      const [london, maine] = [callerFrom('+442079460018'), callerFrom('+12079460018')];
      const held = await webhook.holds();
      const fromLondon = await london.dials(line);
      const fromMaine = await maine.dials(line);
      await expect(fromLondon).toBeForwardedTo(bridge);
      await expect(fromMaine).toBeForwardedTo(bridge);

      await held.release();
      await expect(fromLondon).toCorrelate(await fromLondon.ticket());
      await expect(fromMaine).toCorrelate(await fromMaine.ticket());
      await expect(fromLondon).toEnrich({ name: 'Mary Somerville', loyalty_tier: 'silver' });
      await expect(fromMaine).toEnrich({ name: 'Paul Revere', loyalty_tier: 'bronze' });
    },
  );

  scenario(
    'the ticket of Maine +1 207 946 0018 does not go to London +44 20 7946 0018, who waits for theirs',
    { agents: [RINGS_FIRST] },
    async ({ world: { agent, callerFrom, line, bridge, webhook } }) => {
      const [london, maine] = [callerFrom('+442079460018'), callerFrom('+12079460018')];
      const held = await webhook.holds({ times: 1 });
      const fromLondon = await london.dials(line);
      await expect(fromLondon).toBeForwardedTo(bridge);

      await agent.isOnline();
      const fromMaine = await maine.dials(line);
      await expect(fromMaine).toAnswerWebhookWith(200);
      await expect(fromLondon).toStayUnlinked();
      await agent.declines();
      await expect(fromMaine).toCorrelate(await fromMaine.ticket());
      await held.release();
      await expect(fromLondon).toCorrelate(await fromLondon.ticket());
    },
  );
});
