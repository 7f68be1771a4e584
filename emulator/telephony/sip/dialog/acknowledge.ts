import type { HeaderList } from '../call-types.ts';
import type { SipResponse } from '../message/message.ts';
import { tagOf } from '../message/name-addr.ts';
import type { ClientListener } from '../transaction/context.ts';
import type { Address } from '../transport/address.ts';
import type { Dialog } from './dialog.ts';
import type { CallHost } from './host.ts';
import { withAgent } from './with-agent.ts';
import type { Sent } from '../transport/wire.ts';

export interface AcknowledgerOptions {
  /** CSeq number of the INVITE. */
  number: number;
  initiator: 'local' | 'remote';
  headers?: HeaderList | undefined;
  body?: string | Uint8Array | undefined;
}

/**
 * Sends the ACK to a 2xx (RFC 3261 13.2.2.4) and repeats it whenever the 2xx is repeated. A 2xx of another branch of a forked
 * INVITE gets its own ACK and a BYE. Small, because it outlives the call by timer M.
 */
export class Acknowledger implements ClientListener {
  readonly #host: CallHost;
  readonly #dialog: Dialog;
  readonly #options: AcknowledgerOptions;
  readonly #sent: Sent;
  readonly #target: Address;
  #forks: Map<string, Acknowledger> | undefined;

  constructor(host: CallHost, dialog: Dialog, options: AcknowledgerOptions) {
    const { number, initiator, body } = options;
    const headers = withAgent(options.headers, host.userAgent);
    const via = host.via(host.newBranch());
    const [ack, target] = dialog.request('ACK', via, { number, headers, ...(body === undefined ? {} : { body }) });
    this.#host = host;
    this.#dialog = dialog;
    this.#options = { number, initiator, headers };
    this.#target = target;
    this.#sent = host.wire.send(ack, { remote: target, initiator });
  }

  response(response: SipResponse): void {
    const tag = tagOf(response.headers.get('To')) ?? '';
    if (tag === (this.#dialog.remoteTag ?? '')) {
      this.#host.wire.resend(this.#sent, { remote: this.#target, initiator: this.#options.initiator });
      return;
    }
    const known = this.#forks?.get(tag);
    if (known) known.response(response);
    else this.#refuseFork(tag, response);
  }

  failed(): void {
    // The 2xx came long ago; nothing is left to fail.
  }

  #refuseFork(tag: string, response: SipResponse): void {
    this.#forks ??= new Map();
    if (this.#forks.size >= 16) return;
    const dialog = this.#dialog.fork(response);
    this.#forks.set(tag, new Acknowledger(this.#host, dialog, this.#options));
    sendBye(this.#host, dialog, this.#options.initiator, { headers: [] }, () => undefined);
  }
}

/** Sends a BYE; `done` is called when it was answered or could not be. */
export function sendBye(
  host: CallHost,
  dialog: Dialog,
  initiator: 'local' | 'remote',
  options: { headers: HeaderList },
  done: () => void,
): void {
  const branch = host.newBranch();
  const [bye, remote] = dialog.request('BYE', host.via(branch), { headers: withAgent(options.headers, host.userAgent) });
  host.transactions.request(
    bye,
    branch,
    { remote, initiator },
    {
      response: (response) => {
        if (response.status >= 200) done();
      },
      failed: done,
    },
  );
}
