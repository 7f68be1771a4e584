import type { CallCard } from './entities.ts';

/**
 * One call offered to one agent. `declined` by the agent, `missed` when the offering limit passes, `withdrawn` by Talk
 * (the caller hung up, or the queue limit passed).
 */
export type OfferState = 'ringing' | 'accepted' | 'declined' | 'missed' | 'withdrawn';

const TRANSITIONS: Readonly<Record<OfferState, readonly OfferState[]>> = {
  ringing: ['accepted', 'declined', 'missed', 'withdrawn'],
  accepted: [],
  declined: [],
  missed: [],
  withdrawn: [],
};

export interface OfferDraft {
  readonly card: CallCard;
  /** How long it may ring, in milliseconds on the business clock (15 s to 2 min, default 30 s; zendesk-talk §8). */
  readonly limitMs: number;
  /** Called once. After `accepted` the agent is on the call until `Workspace.release`. */
  readonly onOutcome: (outcome: Exclude<OfferState, 'ringing' | 'withdrawn'>) => void;
  /** The agent hung up the call that was accepted. */
  readonly onHangUp: () => void;
}

export class Offer {
  readonly agentId: number;
  readonly draft: OfferDraft;
  #state: OfferState = 'ringing';

  constructor(agentId: number, draft: OfferDraft) {
    this.agentId = agentId;
    this.draft = draft;
  }

  get state(): OfferState {
    return this.#state;
  }

  /** @throws Error naming both states when the step is not in the table. */
  move(to: OfferState): void {
    if (!TRANSITIONS[this.#state].includes(to)) {
      throw new Error(`offer of call ${this.draft.card.callId} to agent ${this.agentId}: ${this.#state} cannot become ${to}`);
    }
    this.#state = to;
  }
}
