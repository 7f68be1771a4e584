import type { Clock } from '../../../core/clock.ts';
import type { SipMessage } from '../message/message.ts';
import { parseMessage } from '../message/parse-message.ts';
import { headOf, serializeMessage } from '../message/serialize-message.ts';
import type { Address } from './address.ts';
import { publishSent } from './sent-channel.ts';
import type { Impairment, SipProblem, SipTraffic } from './traffic.ts';
import type { Transport } from './transport.ts';

export interface WireOptions {
  clock: Clock;
  /** What failures to send are reported under. */
  guard: (run: () => void) => void;
  onMessage?: ((traffic: SipTraffic) => void) | undefined;
  onProblem?: ((problem: SipProblem) => void) | undefined;
  impair?: ((traffic: SipTraffic) => Impairment) | undefined;
  /** What the traffic names as our side. */
  local: Address;
}

/** What was sent, for sending it again: a message without a body as its text, which the journal has too and so costs nothing. */
export type Sent = string | Uint8Array;

/** Everything that has to be said about a message besides the message. */
export interface Passage {
  remote: Address;
  initiator: 'local' | 'remote';
  retransmission?: boolean;
  /** The message's bytes as text, where that was made anyway. */
  text?: string | undefined;
  failed?: ((error: Error) => void) | undefined;
  /** Whether the bytes go out as given, message or not. */
  raw?: boolean;
}

/** Between the socket and the transactions: shows every message to the tap and lets the network be impaired. */
export class Wire {
  readonly counters = { received: 0, sent: 0, receivedAgain: 0, sentAgain: 0, problems: 0 };
  readonly #options: WireOptions;
  #transport: Transport | undefined;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  attach(transport: Transport): void {
    this.#transport = transport;
  }

  /** Sends a message. */
  send(message: SipMessage, passage: Passage): Sent {
    if (message.body.length > 0) {
      const bytes = serializeMessage(message);
      this.#out(bytes, undefined, message, passage);
      return bytes;
    }
    const text = headOf(message).toWellFormed();
    this.#out(Buffer.from(text, 'utf8'), text, message, passage);
    return text;
  }

  /** Sends it again; the message is read back only where somebody looks at it. */
  resend(sent: Sent, passage: Passage): void {
    const again = { ...passage, retransmission: true };
    if (typeof sent === 'string') this.#out(Buffer.from(sent, 'utf8'), sent, undefined, again);
    else this.#out(sent, undefined, undefined, again);
  }

  /** Sends bytes that may be no message at all. */
  sendRaw(bytes: Uint8Array, remote: Address): void {
    this.#out(bytes, undefined, undefined, { remote, initiator: 'local', raw: true });
  }

  /**
   * Shows an arrived message to the tap, then hands it on as the network decides.
   * @param deliver told whether that is later, or again, so that what was looked up before may be so no more
   */
  arrived(message: SipMessage, bytes: Uint8Array, passage: Passage, deliver: (later: boolean) => void): void {
    this.counters.received++;
    if (passage.retransmission) this.counters.receivedAgain++;
    const { onMessage, impair } = this.#options;
    const traffic = this.#traffic('in', message, bytes, passage);
    if (impair) return this.#impaired(impair(traffic), traffic, () => deliver(true));
    onMessage?.(traffic);
    deliver(false);
  }

  problem(problem: string, bytes: Uint8Array, remote: Address): void {
    this.counters.problems++;
    this.#options.onProblem?.({ problem, bytes, remote });
  }

  #out(bytes: Uint8Array, text: string | undefined, message: SipMessage | undefined, passage: Passage): void {
    this.counters.sent++;
    if (passage.retransmission) this.counters.sentAgain++;
    const { onMessage, impair } = this.#options;
    const shown = onMessage || impair ? (message ?? readBack(bytes)) : undefined;
    if (!shown) return this.#put(bytes, passage);
    const traffic = this.#traffic('out', shown, bytes, passage, text);
    if (!impair) {
      onMessage?.(traffic);
      return this.#put(bytes, passage);
    }
    const verdict = impair(traffic);
    const replaced = typeof verdict === 'object' && 'bytes' in verdict ? verdict.bytes : undefined;
    const how = replaced ? { ...passage, raw: true } : passage;
    this.#impaired(verdict, traffic, () => this.#put(replaced ?? bytes, how));
  }

  /** What the network loses on our way in was never seen here; what it loses on the way out was sent all the same. */
  #impaired(verdict: Impairment, traffic: SipTraffic, go: () => void): void {
    if (verdict === 'drop' && traffic.direction === 'in') return;
    this.#options.onMessage?.(traffic);
    if (verdict === 'drop') return;
    if (typeof verdict === 'object' && 'delayMs' in verdict) return void this.#options.clock.setTimeout(go, verdict.delayMs);
    go();
    if (verdict === 'duplicate') go();
  }

  #put(bytes: Uint8Array, { remote, failed, raw = false }: Passage): void {
    publishSent(bytes, raw);
    this.#transport?.send(bytes, remote, (error) => {
      this.#options.guard(() => {
        this.problem(`could not send to ${remote.host}:${remote.port}: ${error.message}`, bytes, remote);
        failed?.(error);
      });
    });
  }

  #traffic(direction: 'in' | 'out', message: SipMessage, bytes: Uint8Array, passage: Passage, text = passage.text): SipTraffic {
    const { remote, initiator, retransmission = false } = passage;
    return { direction, protocol: 'udp', local: this.#options.local, remote, message, bytes, text, retransmission, initiator };
  }
}

function readBack(bytes: Uint8Array): SipMessage | undefined {
  try {
    return parseMessage(bytes);
  } catch {
    return undefined;
  }
}
