import type { Timer } from '../../core/clock.ts';
import type { AgentActivity } from './entities.ts';
import type { Offer } from './offer.ts';

const TRANSITIONS: Readonly<Record<AgentActivity, readonly AgentActivity[]>> = {
  idle: ['ringing'],
  ringing: ['on_call', 'idle'],
  on_call: ['wrap_up', 'idle'],
  wrap_up: ['idle'],
};

/** What one agent is doing now. Not stored: it ends with the process, as live calls do. */
export class AgentDesk {
  readonly agentId: number;
  offer: Offer | null = null;
  /** The timers of this activity: the offering limit and the agent's own reaction, or the wrap-up limit. */
  readonly #timers: Timer[] = [];
  #activity: AgentActivity = 'idle';
  /** Called when wrap-up ends, with how long it took in milliseconds. */
  onWrapUpEnd: (() => void) | null = null;

  constructor(agentId: number) {
    this.agentId = agentId;
  }

  get activity(): AgentActivity {
    return this.#activity;
  }

  /** Enters the next activity and drops the timers of the last one. @throws Error naming both when not in the table. */
  move(to: AgentActivity): void {
    if (!TRANSITIONS[this.#activity].includes(to)) throw new Error(`agent ${this.agentId}: ${this.#activity} cannot become ${to}`);
    this.#activity = to;
    this.dropTimers();
    if (to === 'idle' || to === 'wrap_up') this.offer = null;
  }

  keep(timer: Timer): void {
    this.#timers.push(timer);
  }

  dropTimers(): void {
    for (const timer of this.#timers.splice(0)) timer.clear();
  }
}
