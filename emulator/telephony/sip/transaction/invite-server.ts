import type { Timer } from '../../../core/clock.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Route, TransactionContext } from './context.ts';
import { type InviteServerAction, type InviteServerEvent, inviteServerMachine, type InviteServerState } from './invite-server-machine.ts';
import { step } from './machine.ts';
import type { Sent } from '../transport/wire.ts';

/** A peer's INVITE (RFC 3261 17.2.1, RFC 6026). Holds no request, and no response longer than it may be asked for. */
export class InviteServer {
  readonly invite = true;
  readonly route: Route;
  /** Tag that its responses have in To; those to a CANCEL of it have the same (RFC 3261 9.2). */
  toTag: string | undefined;
  /** Told of a CANCEL that comes before the final response. */
  onCancel: ((cancel: SipRequest) => void) | undefined;
  readonly #context: TransactionContext;
  readonly #terminated: () => void;
  #response: Sent | undefined;
  #state: InviteServerState = 'proceeding';
  #interval: number;
  #timerG: Timer | undefined;
  #timerH: Timer | undefined;

  constructor(context: TransactionContext, route: Route, terminated: () => void) {
    this.#context = context;
    this.route = route;
    this.#terminated = terminated;
    this.#interval = context.timers.t1;
  }

  get state(): InviteServerState {
    return this.#state;
  }

  /** Whether no final response was sent yet. */
  get isOpen(): boolean {
    return this.#state === 'proceeding';
  }

  /** Whether nothing at all was answered yet. */
  get isSilent(): boolean {
    return this.isOpen && this.#response === undefined;
  }

  /** Sends a response and says what was sent. */
  respond(response: SipResponse): Sent {
    const { status } = response;
    return this.#handle(status < 200 ? 'sendProvisional' : status < 300 ? 'sendSuccess' : 'sendFailure', response) as Sent;
  }

  receiveAgain(): void {
    this.#handle('request');
  }

  /** Takes an ACK that carries the INVITE's branch; true when it was for a failure and nobody else needs it. */
  receiveAck(): boolean {
    const absorbed = this.#state !== 'accepted';
    this.#handle('ack');
    return absorbed;
  }

  expire(): void {
    this.#handle(this.#state === 'accepted' ? 'timerL' : 'timerI');
  }

  stop(): void {
    this.#do('stopTimers');
  }

  #handle(event: InviteServerEvent, response?: SipResponse): Sent | undefined {
    const { to, actions } = step(inviteServerMachine, this.#state, event);
    this.#state = to;
    if (to !== 'proceeding') this.onCancel = undefined;
    let sent: Sent | undefined;
    for (const action of actions) sent = this.#do(action, response) ?? sent;
    if (to === 'terminated') this.#terminated();
    return sent;
  }

  #do(action: InviteServerAction, response?: SipResponse): Sent | undefined {
    const { clock, timers, wire, linger } = this.#context;
    switch (action) {
      case 'send':
        return (this.#response = wire.send(response as SipResponse, this.route));
      case 'resend':
        if (this.#response) wire.resend(this.#response, this.route);
        return;
      case 'armG':
        this.#timerG = clock.setTimeout(() => this.#handle('timerG'), this.#interval);
        this.#interval = Math.min(2 * this.#interval, timers.t2);
        return;
      case 'armH':
        this.#timerH = clock.setTimeout(() => this.#handle('timerH'), 64 * timers.t1);
        return;
      case 'stopTimers':
        this.#timerG?.clear();
        this.#timerH?.clear();
        return;
      case 'dropResponse':
        this.#response = undefined;
        return;
      case 'lingerI':
        linger.t4.add(this);
        return;
      case 'lingerL':
        linger.long.add(this);
        return;
    }
  }
}
