import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import { eventSurface } from '../surface.ts';
import { Receiver } from '../testing/receiver.ts';
import { World } from '../testing/world.ts';
import { agentEvents } from './agent-events.ts';
import { envelope } from './envelope.ts';

const PRESENCE = { agentId: 10011, agent: 'Grace', presence: 'online', previous: 'offline', changedAt: '2023-04-05T23:30:58.642Z' };

function entry(data: object): JournalEntry {
  const common = { seq: 3, at: 0, account: 'acme', journey: null, thread: null, from: 'agent', to: 'agent', label: '' };
  return { ...common, kind: 'agent.presence', data };
}

describe('agent events', () => {
  it('tell of a state that changed, as documented', () => {
    const [draft] = agentEvents(entry(PRESENCE), () => 2);
    const context = { accountId: 2, id: '01GX79ST1QX01C889XV42S2J5T', time: '2023-04-05T23:30:58.642630335Z', sequence: null };
    expect(draft && envelope(draft, context)).toBe(
      [
        '{',
        '   "account_id": 2,',
        '   "detail": {',
        '      "account_id": "2",',
        '      "agent_id": "10011",',
        '      "version": "3"',
        '   },',
        '   "event": {',
        '      "channel": "talk",',
        '      "new_state": "online",',
        '      "previous_state": "offline",',
        '      "updated_at": "2023-04-05T23:30:58.642Z"',
        '   },',
        '   "id": "01GX79ST1QX01C889XV42S2J5T",',
        '   "subject": "zen:agent:10011",',
        '   "time": "2023-04-05T23:30:58.642630335Z",',
        '   "type": "zen:event-type:agent.state_changed",',
        '   "zendesk_event_version": "2022-11-06"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('tell of the unified state, by the ids that every account has', () => {
    const [, draft] = agentEvents(entry({ ...PRESENCE, presence: 'away', previous: 'transfers_only' }), () => 2);
    expect([draft?.type, draft?.event()]).toEqual([
      'zen:event-type:agent.unified_state_changed',
      {
        new_unified_state: { id: '4', name: 'away', reason: 'UNKNOWN' },
        previous_unified_state: { id: '5', name: 'transfers_only', reason: 'UNKNOWN' },
        updated_at: '2023-04-05T23:30:58.642Z',
      },
    ]);
  });

  it('say nothing of a state that stayed', () => {
    expect(agentEvents(entry({ ...PRESENCE, previous: 'online' }), () => 2)).toEqual([]);
  });

  it('are those that the surface lists', () => {
    const sent = eventSurface.filter(({ event, status }) => event.startsWith('agent.') && status !== 'none');
    expect(sent.map(({ event }) => event)).toEqual(['agent.state_changed', 'agent.unified_state_changed']);
  });
});

describe('delivered', () => {
  let world: World;
  let receiver: Receiver;
  beforeEach(async () => {
    world = await World.open();
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    await world.close();
    await receiver.close();
  });

  it('agent events are marked by ULIDs', async () => {
    await world.hook(receiver.url, { subscriptions: ['zen:event-type:agent.state_changed'] });
    world.core.journal.append({ kind: 'agent.presence', account: 'acme', from: 'agent', label: 'Grace is online', data: PRESENCE });
    await world.attempt(1);
    const body = JSON.parse(receiver.requests[0]?.body ?? '{}') as { id: string; time: string; subject: string };
    expect(body).toMatchObject({ id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/), subject: 'zen:agent:10011' });
  });
});
