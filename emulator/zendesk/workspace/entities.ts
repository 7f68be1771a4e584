import type { JourneyId } from '../../core/ids.ts';

/** Talk availability of an agent (`agent_state` of the availabilities resource, zendesk-talk §4.1). */
export type Presence = 'online' | 'offline' | 'away' | 'transfers_only';
export const PRESENCES: readonly Presence[] = ['online', 'offline', 'away', 'transfers_only'];

/** What an agent does when a call rings. */
export type Answers = 'automatically' | 'when-told' | 'declines' | 'ignores';
export const ANSWERS: readonly Answers[] = ['automatically', 'when-told', 'declines', 'ignores'];

/** What an agent is busy with. `idle` and `ringing` read as null, the others as `call_status` of Talk's availabilities. */
export type AgentActivity = 'idle' | 'ringing' | 'on_call' | 'wrap_up';

/** A human agent as stored. The id is that of the agent's Zendesk user. */
export interface AgentRecord {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly presence: Presence;
  readonly answers: Answers;
  /** On the account's business clock; for `automatically` and `declines`. */
  readonly answerAfterMs: number;
  /** Business time of the last accepted call; null for never. The longest idle is offered a call first. */
  readonly lastAnsweredAt: number | null;
}

/** What the agent's screen shows of a call. */
export interface CallCard {
  readonly callId: number;
  readonly journey: JourneyId;
  readonly line: string;
  readonly callerName: string;
  /** E.164; null when withheld or not a number. */
  readonly callerNumber: string | null;
  readonly ticketId: number | null;
}

/** An agent as it is now. */
export interface WorkspaceAgent extends AgentRecord {
  readonly groupIds: readonly number[];
  readonly activity: AgentActivity;
  /** The call that rings or is talked on. */
  readonly call: CallCard | null;
}

export interface AgentDraft {
  name: string;
  /** Default: made of the name, at example.com. An existing user of this address becomes the agent. */
  email?: string;
  /** Group names; missing ones are created. */
  groups?: readonly string[];
  presence?: Presence;
  answers?: Answers;
  answerAfterMs?: number;
}
