export type Party = 'caller' | 'talk' | 'trunk' | 'bridge' | 'zendesk' | 'agent' | 'ringback';

/** One thing that happened, as `GET /journal` and its WebSocket stream give it. */
export interface JournalEntry<Data = Readonly<Record<string, unknown>>> {
  readonly seq: number;
  /** The emulator's time in milliseconds since the epoch. */
  readonly at: number;
  readonly account: string | null;
  /** The journey that it belongs to; may be filled in later, and the entry is then streamed again. */
  readonly journey: string | null;
  readonly thread: string | null;
  readonly kind: string;
  /** Ladder columns; equal for what happens inside one party. */
  readonly from: Party;
  readonly to: Party;
  readonly label: string;
  readonly data: Data;
}

/** Data of `sip.message`; addresses are `host:port`, `raw` is the message as it was on the wire. */
export interface SipMessageData {
  readonly direction: 'in' | 'out';
  readonly local: string;
  readonly remote: string;
  readonly method?: string;
  readonly status?: number;
  readonly cseqMethod?: string;
  readonly callId?: string;
  readonly raw?: string;
  readonly retransmission?: boolean;
}

/** Data of `http.exchange`. */
export interface HttpExchangeData {
  readonly method: string;
  readonly path: string;
  readonly query?: unknown;
  readonly status: number;
  readonly durationMs?: number;
  readonly request?: { readonly headers?: Readonly<Record<string, unknown>>; readonly body?: unknown };
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>>; readonly body?: unknown };
}

/** Data of `webhook.attempt`; `status` is the bridge's answer, or why there was none. */
export interface WebhookAttemptData {
  readonly webhook?: string;
  readonly event?: string;
  readonly attempt?: number;
  readonly status?: number | string | null;
  readonly durationMs?: number;
}
