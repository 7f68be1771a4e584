import { delay } from '../../core/clock.ts';
import type { OutgoingCall, OutgoingCallOptions } from './call-types.ts';
import { localResponse } from './dialog/local-response.ts';
import { nextHop } from './dialog/next-hop.ts';
import { PlacedCall } from './dialog/outgoing-call.ts';
import { outgoingRequest } from './dialog/outgoing-request.ts';
import { createGuard, type Guard } from './guard.ts';
import type { SipResponse } from './message/message.ts';
import { HEADER_BYTES } from './message/parse-message.ts';
import { Receiver } from './receiver.ts';
import { StackClock } from './stack-clock.ts';
import { RFC_TIMERS, type SipTimers } from './transaction/timers.ts';
import { TransactionLayer } from './transaction/transaction-layer.ts';
import { type Address, formatAddress } from './transport/address.ts';
import type { Transport } from './transport/transport.ts';
import { openUdp } from './transport/udp-transport.ts';
import { Wire } from './transport/wire.ts';
import type { OutgoingRequestOptions, SipCounters, SipHandlers, SipLimits, SipStack, SipStackOptions } from './types.ts';
import { UserAgent } from './user-agent.ts';

const LIMITS: SipLimits = { headerBytes: HEADER_BYTES, calls: 20_000, transactions: 500_000, unansweredMs: 600_000 };
/** How often closing looks whether the peers have answered, in milliseconds. */
const QUIET_CHECK = 5;
const WILDCARDS = new Set(['0.0.0.0', '::']);

/**
 * Opens the UDP socket and starts answering.
 * @throws Error naming the address when it cannot be bound.
 */
export async function createSipStack(options: SipStackOptions): Promise<SipStack> {
  const transport = await openUdp(options.udp);
  const stack = new Stack(options, transport);
  transport.start(
    (bytes, source) => stack.receive(bytes, source),
    (error) => stack.transportProblem(error),
  );
  return stack;
}

/** The stack over any transport; tests give it one without sockets. */
export class Stack implements SipStack {
  readonly addresses: { readonly udp: Address };
  readonly advertised: Address;
  readonly #transport: Transport;
  readonly #guard: Guard;
  readonly #clock: StackClock;
  readonly #wire: Wire;
  readonly #transactions: TransactionLayer;
  readonly #agent: UserAgent;
  readonly #receiver: Receiver;
  readonly #timers: SipTimers;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(options: SipStackOptions, transport: Transport) {
    const { local } = transport;
    const host = options.advertise?.host ?? (WILDCARDS.has(local.host) ? '127.0.0.1' : local.host);
    this.advertised = { host, port: options.advertise?.port ?? local.port };
    const limits = { ...LIMITS, ...options.limits };
    this.#timers = { ...RFC_TIMERS, ...options.timers };
    this.#transport = transport;
    this.addresses = { udp: { host: WILDCARDS.has(local.host) ? host : local.host, port: local.port } };
    this.#guard = createGuard((problem) => this.#wire.problem(problem, new Uint8Array(0), this.addresses.udp));
    const clock = (this.#clock = new StackClock(options.clock, this.#guard));
    const { onMessage, onProblem, impair, userAgent } = options;
    this.#wire = new Wire({ clock, guard: this.#guard, onMessage, onProblem, impair, local: this.addresses.udp });
    this.#wire.attach(transport);
    this.#transactions = new TransactionLayer({ clock, timers: this.#timers, wire: this.#wire });
    this.#agent = new UserAgent({
      clock,
      random: options.random,
      timers: this.#timers,
      limits,
      wire: this.#wire,
      transactions: this.#transactions,
      userAgent,
      advertised: this.advertised,
    });
    this.#receiver = new Receiver({ wire: this.#wire, transactions: this.#transactions, limits, userAgent, upper: this.#agent });
  }

  get counters(): SipCounters {
    return {
      ...this.#wire.counters,
      ...this.#agent.counters,
      calls: this.#agent.calls.size,
      serverTransactions: this.#transactions.serverCount,
      clientTransactions: this.#transactions.clientCount,
    };
  }

  receive(bytes: Uint8Array, source: Address): void {
    if (this.#closed) return;
    this.#guard(() => this.#receiver.receive(bytes, source));
  }

  transportProblem(error: Error): void {
    this.#guard(() => this.#wire.problem(error.message, new Uint8Array(0), this.addresses.udp));
  }

  handle(handlers: SipHandlers): void {
    Object.assign(this.#agent.handlers, handlers);
  }

  call(options: OutgoingCallOptions): OutgoingCall {
    this.#assertOpen(`call ${options.uri}`);
    const call = new PlacedCall(this.#agent, options);
    this.#agent.counters.callsOut++;
    this.#agent.keep(call);
    call.start();
    return call;
  }

  request(options: OutgoingRequestOptions): Promise<SipResponse> {
    const { method, uri } = options;
    if (method === 'INVITE' || method === 'ACK' || method === 'CANCEL') {
      return Promise.reject(new Error(`cannot send ${method} to ${uri} with request(); use call() and the call's own methods`));
    }
    this.#assertOpen(`send ${method} to ${uri}`);
    const { request, branch } = outgoingRequest(this.#agent, options);
    const remote = options.target ?? nextHop(request.headers.values('Route')[0] ?? uri);
    if (!remote) return Promise.resolve(localResponse('transport'));
    return new Promise((resolve) => {
      this.#transactions.request(
        request,
        branch,
        { remote, initiator: 'local' },
        {
          response: (response) => {
            if (response.status >= 200) resolve(response);
          },
          failed: (cause) => resolve(localResponse(cause)),
        },
      );
    });
  }

  sendRaw(bytes: Uint8Array, remote: Address): void {
    this.#assertOpen('send bytes');
    this.#wire.sendRaw(bytes, remote);
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** Hangs everything up, gives the peers T1 to answer, and closes. */
  async #end(): Promise<void> {
    this.#agent.handlers.invite = (call) => call.reject(503);
    for (const call of this.#agent.calls.values()) this.#guard(() => call.hangup());
    const deadline = this.#clock.monotonic() + this.#timers.t1;
    while (this.#transactions.waiting > 0 && this.#clock.monotonic() < deadline) await delay(this.#clock, QUIET_CHECK);
    this.#closed = true;
    for (const call of this.#agent.calls.values()) this.#guard(() => call.abort());
    this.#transactions.close();
    this.#clock.stop();
    await this.#transport.close();
  }

  #assertOpen(what: string): void {
    if (this.#closing) throw new Error(`cannot ${what}: the SIP stack on ${formatAddress(this.addresses.udp)} is closed`);
  }
}
