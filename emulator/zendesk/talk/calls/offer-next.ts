import { type Leg, openLeg } from '../../../telephony/pstn/index.ts';
import type { WorkspaceAgent } from '../../workspace/index.ts';
import type { TalkLeg } from './entities.ts';
import type { AgentLeg, LiveCall } from './live-call.ts';
import { newLeg } from './new-records.ts';
import { joinAgent } from './join-agent.ts';
import type { TalkRooms } from './rooms.ts';

/**
 * One agent at a time, the longest idle first, nobody twice (zendesk-talk §8 steps 6 and 7). Busy agents who were not
 * asked yet may still come free: the call waits for them. When nobody is left, the queue is given up.
 */
export function offerNext(
  rooms: TalkRooms,
  call: LiveCall,
  online: Online = (groupIds) => rooms.workspace.online(call.account, groupIds),
): void {
  if (call.state !== 'queued' || call.ringing) return;
  const left = online(call.line.groupIds).filter((agent) => !call.offered.includes(agent.id));
  const free = left.find((agent) => rooms.workspace.isIdle(call.account, agent.id));
  if (free) ring(rooms, call, free);
  else if (left.length === 0) rooms.steps.giveUp(call, 'no_agents');
}

/** Agents who are online in the groups, the longest idle first. */
type Online = (groupIds: readonly number[]) => readonly WorkspaceAgent[];

function ring(rooms: TalkRooms, call: LiveCall, agent: WorkspaceAgent): void {
  const { core, records, workspace } = rooms;
  records.step(call, () => {
    call.offered = [...call.offered, agent.id];
    const id = records.nextLegId(call.account);
    const record = newLeg({ id, callId: call.id, type: 'agent', now: call.now(), agentId: agent.id });
    const leg = openLeg(core, call.journey, { kind: 'agent', party: agent.name });
    const offer = endedUnless(leg, () =>
      workspace.offer(call.account, agent.id, {
        card: {
          callId: call.id,
          journey: call.journey,
          line: call.record.line ?? '',
          callerName: call.ticket?.requesterName ?? call.caller.shown ?? 'Unknown',
          callerNumber: call.caller.shown,
          ticketId: call.ticket?.id ?? null,
        },
        limitMs: call.line.offeringLimitSeconds * 1_000,
        onOutcome: (outcome) => (outcome === 'accepted' ? joinAgent(rooms, call) : turnedDown(rooms, call, outcome)),
        onHangUp: () => rooms.steps.end(call, { by: 'agent', cause: 'normal' }),
      }),
    );
    call.legs.push(record);
    call.ringing = { offer, agentId: agent.id, record, leg, startedAt: call.now() };
    leg.ring();
    records.save(call, record);
  });
}

/** The leg of an offer that cannot be made is over at once: nobody else would end it, and with it the journey. */
function endedUnless<T>(leg: Leg, work: () => T): T {
  try {
    return work();
  } catch (error) {
    leg.end('talk', 'failed');
    throw error;
  }
}

/** The agent declined, or let it ring too long. The next one is asked once the workspace knows the agent to be free. */
function turnedDown(rooms: TalkRooms, call: LiveCall, outcome: 'declined' | 'missed'): void {
  const { ringing } = call;
  if (!ringing) return;
  call.ringing = null;
  settle(call, ringing, outcome === 'declined' ? 'agent_declined' : 'agent_missed');
  ringing.leg.end('agent', outcome);
  rooms.records.save(call, ringing.record);
  offerNext(rooms, call);
}

/** Takes a ringing offer back: the caller hung up, or waited too long. */
export function withdrawOffer(rooms: TalkRooms, call: LiveCall, why: 'customer_hang_up' | 'agent_missed'): void {
  const { ringing } = call;
  if (!ringing) return;
  call.ringing = null;
  settle(call, ringing, why);
  try {
    ringing.leg.end('talk', 'withdrawn');
    rooms.records.save(call, ringing.record);
  } finally {
    rooms.workspace.withdraw(call.account, ringing.offer);
  }
}

/** What the record of a leg says that only rang. */
function settle(call: LiveCall, { record, startedAt }: AgentLeg, outcome: NonNullable<TalkLeg['completion_status']>): void {
  record.completion_status = outcome;
  record.duration = Math.round((call.now() - startedAt) / 1_000);
}

/** Looks each set of groups up once: many calls may wait. Who is idle is asked anew each time. */
function onlineOnce(rooms: TalkRooms, account: string): Online {
  const found = new Map<string, readonly WorkspaceAgent[]>();
  return (groupIds) => {
    const key = groupIds.join();
    let agents = found.get(key);
    if (!agents) found.set(key, (agents = rooms.workspace.online(account, groupIds)));
    return agents;
  };
}

/** Somebody came, left or became free: all waiting calls of the account are looked at, in the order of the queue. */
export function createDispatcher(rooms: TalkRooms): (account: string) => void {
  const running = new Set<string>();
  const again = new Set<string>();
  return function dispatch(account) {
    if (running.has(account)) {
      again.add(account);
      return;
    }
    running.add(account);
    try {
      do {
        again.delete(account);
        const online = onlineOnce(rooms, account);
        for (const call of rooms.waiting.inOrder(account)) offerNext(rooms, call, online);
      } while (again.has(account));
    } finally {
      running.delete(account);
    }
  };
}
