import type { Rooms } from '../rooms.ts';
import type { WorkspaceAgent } from '../../zendesk/workspace/index.ts';

/** An agent as the control plane shows one: groups by name, what they are doing, on whose call. */
export function agentView({ support, workspace }: Rooms, account: string, agent: WorkspaceAgent): Record<string, unknown> {
  return {
    id: agent.id,
    account,
    name: agent.name,
    email: agent.email,
    groups: agent.groupIds.map((id) => support.groups.get(account, id)?.name ?? String(id)),
    presence: agent.presence,
    answers: agent.answers,
    answerAfterMs: agent.answerAfterMs,
    toneHz: workspace.tone(account, agent.id),
    state: agent.activity === 'on_call' ? 'talking' : agent.activity,
    journey: agent.call?.journey ?? null,
  };
}
