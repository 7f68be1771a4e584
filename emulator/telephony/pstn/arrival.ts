import { EventEmitter } from 'node:events';
import type { CallState } from './call-states.ts';
import type { CallSetup, PstnEnd } from './call-types.ts';
import type { PstnCause } from './causes.ts';
import type { Connection } from './connection.ts';

export interface PstnArrivalEvents {
  /** Exactly once, on every path. */
  ended: [end: PstnEnd];
  /** The caller pressed a key. */
  digit: [digit: string];
}

/** A call, seen by the subscriber that it arrives at. */
export class PstnArrival extends EventEmitter<PstnArrivalEvents> {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super();
    this.#connection = connection;
  }

  get id(): string {
    return this.#connection.setup.id;
  }

  get state(): CallState {
    return this.#connection.state;
  }

  /** How it ended; undefined while it lives. */
  get end(): PstnEnd | undefined {
    return this.#connection.end;
  }

  get presentation(): CallSetup['from'] {
    return this.#connection.setup.from;
  }

  get to(): string {
    return this.#connection.setup.to;
  }

  get carrier(): CallSetup['carrier'] {
    return this.#connection.setup.carrier;
  }

  get account(): string {
    return this.#connection.setup.account;
  }

  get journey(): CallSetup['journey'] {
    return this.#connection.setup.journey;
  }

  /** The caller's: what they say (read it) and hear (write it). */
  get audio(): CallSetup['audio'] {
    return this.#connection.setup.audio;
  }

  /** Alerting. Ringing again changes nothing. @throws Error when the call is answered or over. */
  ringing(): void {
    this.#connection.ring();
  }

  /** The caller hears this party from now on, before any answer. */
  progress(): void {
    this.#connection.progress();
  }

  /** @throws Error when the call is answered already or over. */
  answer(): void {
    this.#connection.answer();
  }

  /** Turns the call down before it is answered (afterwards: as `hangup`). */
  reject(cause: PstnCause, o: { sipStatus?: number } = {}): void {
    this.#connection.finish({ by: 'callee', cause, ...o });
  }

  /** The call cannot be carried on, by nobody's wish: the next hop is out of order. */
  fail(cause: PstnCause, o: { sipStatus?: number } = {}): void {
    this.#connection.finish({ by: 'network', cause, ...o });
  }

  /** Ends the call; nothing happens when it is over. */
  hangup(cause: PstnCause = 'normal'): void {
    this.#connection.finish({ by: 'callee', cause });
  }

  /** Presses keys; see `PstnCall.sendDigits`. */
  sendDigits(digits: string): boolean {
    return this.#connection.digits('callee', digits);
  }
}
