import { EventEmitter } from 'node:events';
import type { CallState } from './call-states.ts';
import type { CallSetup, PstnEnd } from './call-types.ts';
import type { PstnCause } from './causes.ts';
import type { Connection } from './connection.ts';

export interface PstnCallEvents {
  ringing: [];
  /** The called party is heard before it answers (SIP 183 with SDP). */
  progress: [];
  answered: [];
  /** Exactly once, on every path. */
  ended: [end: PstnEnd];
  /** The called party pressed a key. */
  digit: [digit: string];
}

/** A call, seen by the party that dialled. */
export class PstnCall extends EventEmitter<PstnCallEvents> {
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

  get from(): CallSetup['from'] {
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

  get audio(): CallSetup['audio'] {
    return this.#connection.setup.audio;
  }

  /** Ends the call; nothing happens when it is over. */
  hangup(cause: PstnCause = 'normal'): void {
    this.#connection.finish({ by: 'caller', cause });
  }

  /**
   * Presses keys. Only an answered call carries them: returns whether it did.
   * @throws Error when there is something else than keys.
   */
  sendDigits(digits: string): boolean {
    return this.#connection.digits('caller', digits);
  }
}
