import { EventEmitter } from 'node:events';
import type { CallState } from './call-states.ts';
import type { CallSetup, PstnEnd } from './call-types.ts';
import type { Connection } from './connection.ts';

export interface CallSideEvents {
  /** Exactly once, on every path. */
  ended: [end: PstnEnd];
  /** The other party pressed a key. */
  digit: [digit: string];
}

/** What the dialling and the called party see of a call alike. */
export abstract class CallSide<Events extends CallSideEvents & Record<keyof Events, unknown[]>> extends EventEmitter<Events> {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    super();
    this.connection = connection;
  }

  get id(): string {
    return this.connection.setup.id;
  }

  get state(): CallState {
    return this.connection.state;
  }

  /** How it ended; undefined while it lives. */
  get end(): PstnEnd | undefined {
    return this.connection.end;
  }

  get to(): string {
    return this.connection.setup.to;
  }

  get carrier(): CallSetup['carrier'] {
    return this.connection.setup.carrier;
  }

  get account(): string {
    return this.connection.setup.account;
  }

  get journey(): CallSetup['journey'] {
    return this.connection.setup.journey;
  }

  /** The dialling party's: what they say (read it) and hear (write it). */
  get audio(): CallSetup['audio'] {
    return this.connection.setup.audio;
  }
}
