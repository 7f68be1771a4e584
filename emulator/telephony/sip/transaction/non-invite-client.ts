import type { Timer } from '../../../core/clock.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { ClientListener, Route, TransactionContext } from './context.ts';
import { step } from './machine.ts';
import {
  type NonInviteClientAction,
  type NonInviteClientEvent,
  nonInviteClientMachine,
  type NonInviteClientState,
} from './non-invite-client-machine.ts';
import type { Sent } from '../transport/wire.ts';

/** A request of ours other than INVITE and ACK (RFC 3261 17.1.2). */
export class NonInviteClient {
  readonly route: Route;
  readonly #context: TransactionContext;
  readonly #terminated: () => void;
  #listener: ClientListener | undefined;
  #request: SipRequest | undefined;
  #sent: Sent | undefined;
  #state: NonInviteClientState = 'trying';
  #interval: number;
  #timerE: Timer | undefined;
  #timerF: Timer | undefined;

  constructor(context: TransactionContext, request: SipRequest, route: Route, listener: ClientListener, terminated: () => void) {
    this.#context = context;
    this.route = route;
    this.#listener = listener;
    this.#terminated = terminated;
    this.#request = request;
    this.#interval = context.timers.t1;
  }

  get state(): NonInviteClientState {
    return this.#state;
  }

  get isFinal(): boolean {
    return this.#state === 'completed';
  }

  start(): void {
    const { clock, timers, wire } = this.#context;
    this.#arm(this.#interval);
    this.#timerF = clock.setTimeout(() => this.#handle('timerF'), 64 * timers.t1);
    this.#sent = wire.send(this.#request as SipRequest, this.#passage());
    this.#request = undefined;
  }

  receive(response: SipResponse): void {
    this.#handle(response.status < 200 ? 'provisional' : 'final', response);
  }

  expire(): void {
    this.#handle('timerK');
  }

  stop(): void {
    this.#do('stopTimers');
  }

  #handle(event: NonInviteClientEvent, response?: SipResponse): void {
    const { to, actions } = step(nonInviteClientMachine, this.#state, event);
    this.#state = to;
    for (const action of actions) this.#do(action, response);
    if (to === 'terminated' && event !== 'transportError') this.#terminated();
  }

  #do(action: NonInviteClientAction, response?: SipResponse): void {
    const { timers, wire, linger } = this.#context;
    switch (action) {
      case 'resend':
        wire.resend(this.#sent as Sent, this.#passage());
        return;
      case 'armE':
        this.#interval = Math.min(2 * this.#interval, timers.t2);
        this.#arm(this.#interval);
        return;
      case 'armLongE':
        this.#arm(timers.t2);
        return;
      case 'stopTimers':
        this.#timerE?.clear();
        this.#timerF?.clear();
        return;
      case 'lingerK':
        this.#sent = undefined;
        linger.t4.add(this);
        return;
      case 'report':
        this.#tell(response as SipResponse);
        return;
      case 'timeout':
        this.#listener?.failed('timeout');
        return;
      case 'unreachable':
        this.#terminated();
        this.#listener?.failed('transport');
    }
  }

  #tell(response: SipResponse): void {
    const listener = this.#listener;
    if (response.status >= 200) this.#listener = undefined;
    listener?.response(response);
  }

  #arm(milliseconds: number): void {
    this.#timerE = this.#context.clock.setTimeout(() => this.#handle('timerE'), milliseconds);
  }

  #passage(): Route & { failed: () => void } {
    return { ...this.route, failed: () => this.#handle('transportError') };
  }
}
