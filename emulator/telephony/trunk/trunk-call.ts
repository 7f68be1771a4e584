import type { Timer } from '../../core/clock.ts';
import type { RtpEndpoint } from '../media/index.ts';
import type { PstnArrival, PstnCause } from '../pstn/index.ts';
import { Attempt, type AttemptListener } from './attempt.ts';
import { carryDigits } from './digits.ts';
import type { OriginationUri, Trunk } from './entities.ts';
import { type AttemptFailure, causeOfFailure, failsOver } from './failover.ts';
import type { Invite } from './invite.ts';
import { attemptOrder } from './origination-uri.ts';
import type { TrunkWorld } from './rooms.ts';
import { nextTrunkCallState, type TrunkCallEvent, type TrunkCallState } from './trunk-call-states.ts';
import { type TrunkFacts, trunkFacts } from './trunk-facts.ts';

/** One call from the telephone network to the bridge: its attempts at the origination URIs, one after the other. */
export class TrunkCall {
  readonly #rooms: TrunkWorld;
  readonly #trunk: Trunk;
  readonly #arrival: PstnArrival;
  readonly #callSid: string;
  readonly #rest: OriginationUri[];
  #state: TrunkCallState = 'arrived';
  #attempt: Attempt | undefined;
  #timer: Timer | undefined;
  #facts: TrunkFacts | undefined;

  constructor(rooms: TrunkWorld, trunk: Trunk, arrival: PstnArrival) {
    this.#rooms = rooms;
    this.#trunk = trunk;
    this.#arrival = arrival;
    this.#callSid = rooms.core.ids.sid('CA');
    this.#rest = attemptOrder(rooms.random, trunk.originationUris);
  }

  /** Calls the bridge. From here on the call ends by itself, whatever happens. */
  start(): void {
    const { clock } = this.#rooms.core;
    this.#arrival.on('ended', (end) => this.#release(end.by === 'caller' ? 'caller' : 'network', end.cause));
    if (this.#rest.length === 0) {
      const label = 'Twilio error 32010: the trunk has no enabled origination URI; set one that leads to the bridge';
      this.#problem(label, { code: 32010 });
      this.#to('end');
      this.#arrival.fail('no-route');
      return;
    }
    this.#timer = clock.setTimeout(() => {
      this.#release('network', 'no-answer');
      this.#arrival.fail('no-answer');
    }, this.#trunk.ringTimeoutMs);
    this.#next();
  }

  #next(): void {
    const origination = this.#rest.shift() as OriginationUri;
    this.#to('attempt');
    const options = { rooms: this.#rooms, trunk: this.#trunk, arrival: this.#arrival, callSid: this.#callSid };
    this.#attempt = new Attempt({ ...options, origination, listener: this.#listener(origination) });
    void this.#attempt.start();
  }

  #listener(origination: OriginationUri): AttemptListener {
    return {
      sent: (invite) => this.#sent(invite, origination),
      progress: () => this.#to('progress'),
      ringing: () => {
        this.#to('ring');
        this.#arrival.ringing();
      },
      earlyMedia: () => this.#arrival.progress(),
      answered: (endpoint) => this.#answered(endpoint),
      hungUp: (cause) => {
        this.#over('bridge hung up');
        this.#arrival.hangup(cause);
      },
      failed: (failure) => this.#failed(failure, origination),
    };
  }

  #sent(invite: Invite, origination: OriginationUri): void {
    const { journeys } = this.#rooms.core;
    const { journey } = this.#arrival;
    this.#facts = trunkFacts(invite, { callSid: this.#callSid, originationUri: origination.sipUrl, before: this.#facts });
    journeys.link(journey, `trunk-call:${invite.callId}`);
    const owner = journeys.get(journey);
    if (owner) owner.facts['trunk'] = this.#facts;
  }

  #answered(endpoint: RtpEndpoint): void {
    this.#to('answer');
    this.#outcome('answered', 200);
    this.#timer?.clear();
    const longest = this.#trunk.maxDurationMs;
    if (longest !== null) {
      this.#timer = this.#rooms.core.clock.setTimeout(() => {
        this.#release('network', 'timer-expiry');
        this.#arrival.fail('timer-expiry');
      }, longest);
    }
    carryDigits(this.#arrival, endpoint, (what) => this.#problem(what, {}));
    this.#arrival.audio.sink.reset?.();
    this.#arrival.answer();
  }

  #failed(failure: AttemptFailure, origination: OriginationUri): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'answered') {
      this.#problem(`the bridge was lost during the call: ${failure.reason}`, { ...failure });
      this.#over();
      this.#arrival.fail(causeOfFailure(failure));
      return;
    }
    const words = failure.status === undefined ? failure.reason : `${failure.reason} with ${failure.status}`;
    this.#outcome(words, failure.status ?? null);
    this.#problem(`Twilio warning 32011: ${origination.sipUrl} ${words}`, { code: 32011, ...failure });
    if (this.#rest.length > 0 && failsOver(this.#trunk.failoverOn, failure)) {
      this.#next();
      return;
    }
    this.#over();
    const sipStatus = failure.status === undefined ? {} : { sipStatus: failure.status };
    const cause = causeOfFailure(failure);
    if (failure.reason === 'refused') this.#arrival.reject(cause, sipStatus);
    else this.#arrival.fail(cause, sipStatus);
  }

  /** Ends the attempt that is under way; nothing happens when the call is over. */
  #release(by: string, cause: PstnCause): void {
    if (this.#state === 'ended') return;
    this.#over(`${cause}, by ${by}`);
    this.#attempt?.release(by, cause);
  }

  #over(outcome?: string): void {
    this.#to('end');
    this.#timer?.clear();
    if (outcome !== undefined && this.#facts?.status === null) this.#outcome(outcome, null);
  }

  #outcome(outcome: string, status: number | null): void {
    const last = this.#facts?.attempts.at(-1);
    if (last) last.outcome = outcome;
    if (this.#facts) this.#facts.status = status;
  }

  #to(event: TrunkCallEvent): void {
    this.#state = nextTrunkCallState(this.#state, event);
    if (this.#facts) this.#facts.state = this.#state;
  }

  #problem(label: string, data: Record<string, unknown>): void {
    const { account, journey } = this.#arrival;
    this.#rooms.core.journal.append({ kind: 'call.problem', from: 'trunk', account, journey, label, data });
  }
}
