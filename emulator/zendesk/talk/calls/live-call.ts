import type { Clock, Timer } from '../../../core/clock.ts';
import type { JourneyId } from '../../../core/ids.ts';
import type { CarrierProfile, Leg, Presentation, PstnCall } from '../../../telephony/pstn/index.ts';
import type { Offer } from '../../workspace/index.ts';
import type { Line } from '../lines/entities.ts';
import type { CallRecord, TalkLeg } from './entities.ts';
import type { SharedEar } from './shared-ear.ts';
import type { CallerIdentity, CallerSide } from './side.ts';
import { nextCallState, type TalkCallState } from './states.ts';

/** The call's ticket: one that it was bound to by the ticket header, or one made for it. */
export interface CallTicket {
  readonly id: number;
  readonly requesterId: number;
  readonly requesterName: string;
  readonly origin: 'bound' | 'created';
  /** Where the call stood when the ticket became its own: `ended` when its end made it. */
  readonly createdAt: TalkCallState;
}

/** The agent that the call rings at or talks to. */
export interface AgentLeg {
  readonly offer: Offer;
  readonly agentId: number;
  readonly record: TalkLeg;
  readonly leg: Leg;
  /** When it began to ring. */
  readonly startedAt: number;
}

/** The leg to an external overflow number. */
export interface OverflowLeg {
  readonly call: PstnCall;
  readonly record: TalkLeg;
  readonly leg: Leg;
  /** With it the caller hears what comes in on the leg. */
  readonly ear: SharedEar;
  readonly startedAt: number;
  answeredAt: number | null;
}

export interface LiveCallOptions {
  readonly account: string;
  readonly journey: JourneyId;
  readonly line: Line;
  readonly caller: CallerIdentity;
  /** What an overflow leg says of the caller. */
  readonly presentation: Presentation;
  /** The carrier that its overflow leg crosses. */
  readonly carrier: CarrierProfile;
  readonly side: CallerSide;
  readonly record: CallRecord;
  readonly customerLeg: TalkLeg;
  /** The ticket of a usable ticket header. */
  readonly ticket: CallTicket | null;
  /** The account's business clock. */
  readonly clock: Clock;
  /** Told of every change that shows from outside. */
  readonly onChange: (call: LiveCall) => void;
}

type TimerName = 'greeting' | 'max-wait' | 'voicemail' | 'refusal' | 'longest';

/** A call that Talk has now: its state, its parties and its timers. What happens to it is in the files beside this one. */
export class LiveCall {
  readonly options: LiveCallOptions;
  readonly record: CallRecord;
  readonly legs: TalkLeg[];
  readonly arrivedAt: number;
  line: Line;
  ticket: CallTicket | null;
  /** Support refused to make its ticket: it has none, to its end. */
  ticketRefused = false;
  /** Lines that the call was on before, so that overflow from line to line ends. */
  readonly earlierLines: number[] = [];
  /** Agents who were offered this call already. */
  offered: readonly number[] = [];
  /** In the middle of a step: its legs to be written after it. */
  unwritten: TalkLeg[] | null = null;
  ringing: AgentLeg | null = null;
  agent: AgentLeg | null = null;
  overflow: OverflowLeg | null = null;
  queuedAt: number | null = null;
  answeredAt: number | null = null;
  /** Whether a voicemail can have been left: the greeting before it is over. */
  recordingVoicemail = false;
  #state: TalkCallState = 'arrived';
  /** The latest of each name. */
  #timers: Partial<Record<TimerName, Timer>> = {};

  constructor(options: LiveCallOptions) {
    this.options = options;
    this.record = options.record;
    this.legs = [options.customerLeg];
    this.arrivedAt = options.clock.now();
    this.line = options.line;
    this.ticket = options.ticket;
  }

  get id(): number {
    return this.record.id;
  }

  get account(): string {
    return this.options.account;
  }

  get journey(): JourneyId {
    return this.options.journey;
  }

  get caller(): CallerIdentity {
    return this.options.caller;
  }

  get side(): CallerSide {
    return this.options.side;
  }

  get state(): TalkCallState {
    return this.#state;
  }

  get isOver(): boolean {
    return this.#state === 'ended';
  }

  now(): number {
    return this.options.clock.now();
  }

  /** @throws Error naming both states when the table has no such step. */
  move(to: TalkCallState): void {
    this.#state = nextCallState(this.id, this.#state, to);
  }

  /** Starts a timer of that name, in place of a running one. */
  after(name: TimerName, clock: Clock, milliseconds: number, callback: () => void): void {
    this.#timers[name]?.clear();
    this.#timers[name] = clock.setTimeout(callback, milliseconds);
  }

  dropTimers(): void {
    for (const timer of Object.values(this.#timers)) timer.clear();
    this.#timers = {};
  }
}
