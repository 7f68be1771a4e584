import type { CallEnded, CallRequestOptions, HangupOptions, HeaderList, IncomingRequest } from '../call-types.ts';
import { parseCSeq } from '../message/cseq.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Route } from '../transaction/context.ts';
import type { ServerTransaction } from '../transaction/transaction-layer.ts';
import { Acknowledger, sendBye } from './acknowledge.ts';
import { answerInDialog } from './default-answers.ts';
import type { Dialog } from './dialog.ts';
import { hangupHeaders } from './hangup-headers.ts';
import type { CallHost, LiveCall } from './host.ts';
import { localResponse } from './local-response.ts';
import { PendingRequest } from './pending-request.ts';
import { refusalOf } from './request-checks.ts';
import { makeResponse, type ResponseIdentity } from './response.ts';
import { SuccessRepeater } from './success-repeater.ts';
import { withAgent } from './with-agent.ts';
import type { Sent } from '../transport/wire.ts';

/** What a session tells its call. */
export interface SessionOwner {
  request(request: IncomingRequest): void;
  ended(ended: CallEnded): void;
}

/** The session description that we sent last, repeated to whoever asks again. */
export type Description = Pick<CallRequestOptions, 'body' | 'contentType'>;

/** What happens inside a dialog: requests of both sides, re-INVITEs with their ACKs, BYE (RFC 3261 12.2, 14, 15). */
export class Session {
  readonly dialog: Dialog;
  description: Description = {};
  readonly #host: CallHost;
  readonly #call: LiveCall;
  readonly #owner: SessionOwner;
  readonly #contact: string;
  readonly #initiator: 'local' | 'remote';
  #repeater: SuccessRepeater | undefined;
  #awaitedAck = 0;
  /** The re-INVITE whose 2xx waits for its ACK. */
  #answeredInvite: PendingRequest | undefined;
  #incomingInvite: PendingRequest | undefined;
  #outgoingInvite = false;
  #over = false;

  constructor(host: CallHost, call: LiveCall, dialog: Dialog, contact: string, owner: SessionOwner) {
    this.#host = host;
    this.#call = call;
    this.dialog = dialog;
    this.#contact = contact;
    this.#owner = owner;
    this.#initiator = call.direction === 'outgoing' ? 'local' : 'remote';
  }

  /** Tag, Contact and Server of responses in this dialog. */
  identity(withContact: boolean): ResponseIdentity {
    return { toTag: this.dialog.localTag, server: this.#host.userAgent, contact: withContact ? this.#contact : undefined };
  }

  send(method: string, options: CallRequestOptions): Promise<SipResponse> {
    if (this.#over) return Promise.reject(new Error(`cannot send ${method} in call ${this.dialog.callId}: it is over`));
    const invite = method === 'INVITE';
    if (invite && (this.#outgoingInvite || this.isInvitePending)) {
      return Promise.reject(new Error(`cannot send a re-INVITE in call ${this.dialog.callId}: another one is pending; await it first`));
    }
    return new Promise((resolve, reject) => {
      const branch = this.#host.newBranch();
      const contact = invite || method === 'UPDATE' || method === 'REFER' ? this.#contact : undefined;
      const headers = withAgent(options.headers, this.#host.userAgent);
      const [request, remote] = this.dialog.request(method, this.#host.via(branch), { ...options, headers, contact });
      const route: Route = { remote, initiator: this.#initiator };
      if (!invite) {
        const response = (answer: SipResponse): void => {
          if (answer.status >= 200) this.#settle(answer, resolve);
        };
        const failed = (cause: 'timeout' | 'transport'): void => this.#settle(localResponse(cause), resolve);
        return void this.#host.transactions.request(request, branch, route, { response, failed });
      }
      this.#outgoingInvite = true;
      const number = this.dialog.localNumber;
      const transaction = this.#host.transactions.invite(request, branch, route, {
        response: (answer) => {
          if (answer.status < 200) return;
          this.#outgoingInvite = false;
          if (answer.status < 300) {
            this.dialog.refresh(answer);
            if (options.body !== undefined) this.description = options;
            let body: string | Uint8Array | undefined;
            try {
              body = options.ackBody?.(answer);
            } catch (error) {
              // The 2xx is acknowledged all the same.
              reject(error as Error);
            }
            transaction.handOver(new Acknowledger(this.#host, this.dialog, { number, initiator: this.#initiator, body }));
            if (body !== undefined) this.description = { body };
          }
          this.#settle(answer, resolve);
        },
        failed: (cause) => {
          this.#outgoingInvite = false;
          this.#settle(localResponse(cause), resolve);
        },
      });
    });
  }

  /** Whether an INVITE of the peer is unanswered, or its 2xx not acknowledged. */
  get isInvitePending(): boolean {
    return this.#repeater !== undefined || this.#incomingInvite !== undefined;
  }

  /** Ends the dialog with BYE and lets go of the call when that is done. */
  bye(options: HangupOptions = {}): void {
    this.stop();
    sendBye(this.#host, this.dialog, this.#initiator, { headers: hangupHeaders(options) }, () => this.#host.release(this.#call));
  }

  /** No more timers, no more requests of ours. */
  stop(): void {
    this.#over = true;
    this.#repeater?.stop();
    this.#repeater = undefined;
    this.#incomingInvite?.respond(487);
  }

  /** Repeats a 2xx until the ACK with that number comes; without one, `gaveUp` is called. */
  awaitAck(number: number, sent: Sent, route: Route, gaveUp: () => void): void {
    this.#awaitedAck = number;
    this.#repeater = new SuccessRepeater(this.#host, sent, route, () => {
      this.#repeater = undefined;
      gaveUp();
    });
  }

  /** Whether the ACK was one that we waited for. */
  receiveAck(ack: SipRequest): boolean {
    if (!this.#repeater || parseCSeq(ack.headers.get('CSeq'))?.number !== this.#awaitedAck) return false;
    this.#repeater.stop();
    this.#repeater = undefined;
    const answered = this.#answeredInvite;
    this.#answeredInvite = undefined;
    answered?.onAck?.(ack);
    return true;
  }

  receive(request: SipRequest, transaction: ServerTransaction): void {
    const answer = (status: number, headers: HeaderList = []): void => {
      transaction.respond(makeResponse(request, status, { headers }, this.identity(false)));
    };
    if (!this.dialog.accept(request)) return answer(500);
    if (request.method === 'BYE') {
      answer(200);
      if (this.#over) return;
      this.stop();
      this.#host.release(this.#call);
      return this.#owner.ended({ by: 'remote', cause: 'bye', request });
    }
    if (this.#over) return answer(481);
    const refusal = refusalOf(request);
    if (refusal) return answer(refusal.status, refusal.headers);
    if (request.method === 'INVITE') return this.#receiveInvite(request, transaction, answer);
    const pending = new PendingRequest(
      request,
      transaction,
      this.identity(request.method === 'UPDATE' || request.method === 'REFER'),
      transaction.route.remote,
    );
    this.#owner.request(pending);
    if (!pending.taken) answerInDialog(pending);
  }

  /** RFC 3261 14.2: 491 when ours is pending, 500 when theirs is. */
  #receiveInvite(request: SipRequest, transaction: ServerTransaction, answer: (status: number, headers?: HeaderList) => void): void {
    if (this.#outgoingInvite) return answer(491);
    if (this.isInvitePending || this.#call.isUnanswered) return answer(500, [['Retry-After', '1']]);
    const number = parseCSeq(request.headers.get('CSeq'))?.number ?? 0;
    const pending = new PendingRequest(request, transaction, this.identity(true), transaction.route.remote, (status, sent, options) => {
      if (status < 200) return;
      this.#incomingInvite = undefined;
      if (status >= 300 || !sent || this.#over) return;
      this.dialog.refresh(request);
      if (options.body !== undefined) this.description = options;
      this.#answeredInvite = pending;
      this.awaitAck(number, sent, transaction.route, () => {
        this.bye();
        this.#owner.ended({ by: 'local', cause: 'no-ack' });
      });
    });
    this.#incomingInvite = pending;
    const cancelled = (): void => pending.respond(487);
    if (transaction.invite) transaction.onCancel = cancelled;
    this.#owner.request(pending);
    if (!pending.taken) this.#repeatDescription(pending);
    else if (transaction.invite && transaction.isSilent) pending.respond(100);
  }

  #repeatDescription(pending: PendingRequest): void {
    if (this.description.body === undefined) pending.respond(488);
    else pending.respond(200, this.description);
  }

  /** A 481 or 408 inside a dialog says that there is none any more (12.2.1.2). */
  #settle(response: SipResponse, resolve: (response: SipResponse) => void): void {
    resolve(response);
    if (this.#over || (response.status !== 481 && response.status !== 408)) return;
    const cause = response.status === 408 ? 'timeout' : 'rejected';
    this.bye();
    this.#owner.ended({ by: 'remote', cause, status: response.status, response });
  }
}
