import { EventEmitter } from 'node:events';
import { Ear, type IncomingCall, type RtpEndpoint } from 'ringback/sip';
import type { Correlatable } from './correlator.ts';
import type { Contact } from './enrichment.ts';
import type { Transfer } from './transfer.ts';

/** Tones that the read-out listens for, in Hz: those that stand for speech in Ringback lie on this grid. */
const TONES = Array.from({ length: 291 }, (_, index) => 300 + 10 * index);

export type SessionState = 'ringing' | 'talking' | 'transferring' | 'transferred' | 'ended';

/** One call that the bridge answers: the caller's leg, what is known of the caller, and the transfer leg. */
export class Session extends EventEmitter<{ ticket: []; ended: [] }> implements Correlatable {
  readonly id: string;
  readonly call: IncomingCall;
  readonly media: RtpEndpoint;
  readonly #ear = new Ear();
  /** E.164, or undefined when withheld or not to be told. */
  readonly caller: string | undefined;
  /** The bridge's own number that was dialled. */
  readonly dialled: string | undefined;
  readonly startedAt: number;
  endedAt: number | undefined;
  ticketId: number | undefined;
  contact: Contact | undefined;
  transfer: Transfer | undefined;
  transferSent = false;
  state: SessionState = 'ringing';
  /** Why the last transfer did not succeed: the SIP status, or what happened. */
  transferFailure: string | undefined;

  constructor(options: {
    id: string;
    call: IncomingCall;
    media: RtpEndpoint;
    caller: string | undefined;
    dialled: string | undefined;
    startedAt: number;
  }) {
    super();
    this.id = options.id;
    this.call = options.call;
    this.media = options.media;
    this.caller = options.caller;
    this.dialled = options.dialled;
    this.startedAt = options.startedAt;
    this.media.sinks.add(this.#ear);
  }

  end(at: number): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.endedAt = at;
    this.transfer?.hangup();
    this.media.close();
    this.emit('ended');
  }

  /** The read-out that `GET /sessions` gives. */
  view(): Record<string, unknown> {
    return {
      id: this.id,
      callId: this.call.id,
      caller: this.caller ?? null,
      ticketId: this.ticketId ?? null,
      contact: this.contact ?? null,
      state: this.state,
      heardHz: this.#ear.hearing(TONES)?.frequencyHz ?? null,
      transferFailure: this.transferFailure ?? null,
    };
  }
}
