import type { JournalEntry } from '../../../core/journal.ts';
import type { EventDraft } from './event-draft.ts';
import { EVENT_PREFIX } from './event-types.ts';

/** What the workspace journals of an agent's availability on Talk. */
interface PresenceData {
  readonly agentId: number;
  readonly presence: string;
  readonly previous: string;
  /** ISO 8601, of the account's clock. */
  readonly changedAt: string;
}

/**
 * `agent.state_changed` (vendor article "Agent availability events"): an agent's availability on one channel. Talk is
 * the only channel that is emulated; `transfers_only` goes out by its own name and the version, which only grows, is
 * the entry's number in the journal (inferred).
 */
export function agentEvents(entry: JournalEntry, accountId: (account: string) => number): EventDraft[] {
  const { agentId, presence, previous, changedAt } = entry.data as PresenceData;
  if (previous === presence) return [];
  const agent = String(agentId);
  const draft: EventDraft = {
    type: `${EVENT_PREFIX}agent.state_changed`,
    subject: `zen:agent:${agent}`,
    detail: () => ({ account_id: String(accountId(entry.account ?? '')), agent_id: agent, version: String(entry.seq) }),
    event: () => ({ channel: 'talk', new_state: presence, previous_state: previous, updated_at: changedAt }),
    ticket: null,
    marks: 'ulid',
  };
  return [draft];
}
