import type { SipResponse } from '../message/message.ts';
import type { Route, TransactionContext } from './context.ts';
import { step } from './machine.ts';
import {
  type NonInviteServerAction,
  type NonInviteServerEvent,
  nonInviteServerMachine,
  type NonInviteServerState,
} from './non-invite-server-machine.ts';
import type { Sent } from '../transport/wire.ts';

/** A peer's request other than INVITE and ACK (RFC 3261 17.2.2). */
export class NonInviteServer {
  readonly invite = false;
  readonly route: Route;
  readonly #context: TransactionContext;
  readonly #terminated: () => void;
  #response: Sent | undefined;
  #state: NonInviteServerState = 'trying';

  constructor(context: TransactionContext, route: Route, terminated: () => void) {
    this.#context = context;
    this.route = route;
    this.#terminated = terminated;
  }

  get state(): NonInviteServerState {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#state === 'trying' || this.#state === 'proceeding';
  }

  respond(response: SipResponse): void {
    this.#handle(response.status < 200 ? 'sendProvisional' : 'sendFinal', response);
  }

  receiveAgain(): void {
    this.#handle('request');
  }

  expire(): void {
    this.#handle('timerJ');
  }

  #handle(event: NonInviteServerEvent, response?: SipResponse): void {
    const before = this.#state;
    const { to, actions } = step(nonInviteServerMachine, before, event);
    this.#state = to;
    for (const action of actions) this.#do(action, response);
    if (to === 'terminated' && before !== 'terminated') this.#terminated();
  }

  #do(action: NonInviteServerAction, response?: SipResponse): void {
    const { wire, linger } = this.#context;
    switch (action) {
      case 'send':
        this.#response = wire.send(response as SipResponse, this.route);
        return;
      case 'resend':
        if (this.#response) wire.resend(this.#response, this.route);
        return;
      case 'lingerJ':
        linger.long.add(this);
    }
  }
}
