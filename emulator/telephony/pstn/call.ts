import { CallSide, type CallSideEvents } from './call-side.ts';
import type { CallSetup } from './call-types.ts';
import type { PstnCause } from './causes.ts';

interface PstnCallEvents extends CallSideEvents {
  ringing: [];
  /** The called party is heard before it answers (SIP 183 with SDP). */
  progress: [];
  answered: [];
}

/** A call, seen by the party that dialled. */
export class PstnCall extends CallSide<PstnCallEvents> {
  get from(): CallSetup['from'] {
    return this.connection.setup.from;
  }

  /** Ends the call; nothing happens when it is over. */
  hangup(cause: PstnCause = 'normal'): void {
    this.connection.finish({ by: 'caller', cause });
  }

  /**
   * Presses keys. Only an answered call carries them: returns whether it did.
   * @throws Error when there is something else than keys.
   */
  sendDigits(digits: string): boolean {
    return this.connection.digits('caller', digits);
  }
}
