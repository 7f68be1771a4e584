import type { JournalEntry } from '../../../core/journal.ts';
import type { EventDraft, JsonObject } from './event-draft.ts';
import { eventTypesOf } from './event-types.ts';

/** What the workspace journals of an agent's availability on Talk. */
interface PresenceData {
  readonly agentId: number;
  readonly presence: string;
  readonly previous: string;
  /** ISO 8601, of the account's clock. */
  readonly changedAt: string;
}

const typeOf = eventTypesOf('agent');

/** Ids of the statuses that every account has (vendor article "Unified Agent Status API"). */
const UNIFIED: Readonly<Record<string, number>> = { offline: 2, online: 3, away: 4, transfers_only: 5 };

/**
 * An agent's availability (vendor article "Agent availability events"): `state_changed` of one channel, `unified_state_changed` of the
 * agent. An agent has one presence here, which is both: Talk is the only channel that is emulated. `transfers_only` goes out by its own
 * name, and the version, which only grows, is the entry's number in the journal (inferred). What is said of the unified state, clients read;
 * why it changed is not known here, and said in the vendor's word for that.
 */
export function agentEvents(entry: JournalEntry, accountId: (account: string) => number): EventDraft[] {
  const { agentId, presence, previous, changedAt } = entry.data as PresenceData;
  if (previous === presence) return [];
  const agent = String(agentId);
  const draft = (name: string, event: () => JsonObject): EventDraft => ({
    type: typeOf(name),
    subject: `zen:agent:${agent}`,
    detail: () => ({ account_id: String(accountId(entry.account ?? '')), agent_id: agent, version: String(entry.seq) }),
    event,
    ticket: null,
    marks: 'ulid',
  });
  return [
    draft('state_changed', () => ({ channel: 'talk', new_state: presence, previous_state: previous, updated_at: changedAt })),
    draft('unified_state_changed', () => ({
      new_unified_state: unified(presence),
      previous_unified_state: unified(previous),
      updated_at: changedAt,
    })),
  ];
}

function unified(presence: string): JsonObject {
  return { id: String(UNIFIED[presence]), name: presence, reason: 'UNKNOWN' };
}
