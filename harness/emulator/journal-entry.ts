/** One thing that happened, as `GET /control/journal` and its WebSocket stream give it. */
export interface JournalEntry<Data = Record<string, unknown>> {
  readonly seq: number;
  /** The emulator's time in milliseconds since the epoch. */
  readonly at: number;
  readonly account: string | null;
  /** The journey that it belongs to; may be filled in later, and the entry is then streamed again. */
  readonly journey: string | null;
  readonly thread: string | null;
  readonly kind: string;
  /** Ladder columns: `caller`, `talk`, `trunk`, `bridge`, `zendesk`, `agent`, `ringback`. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly data: Data;
}

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

export interface HttpExchangeData {
  readonly method: string;
  readonly path: string;
  readonly query?: string | Record<string, unknown>;
  readonly status: number;
  readonly durationMs?: number;
  readonly request?: { readonly headers?: Record<string, unknown>; readonly body?: unknown };
  readonly response?: { readonly headers?: Record<string, unknown>; readonly body?: unknown };
}

export interface WebhookAttemptData {
  readonly webhook?: string;
  readonly name?: string;
  readonly invocation?: string;
  readonly attempt?: number;
  readonly event?: string;
  readonly type?: string;
  readonly ticket?: number | string | null;
  /** HTTP status, or why there was none. */
  readonly status?: number | string | null;
  readonly durationMs?: number;
  readonly request?: { readonly headers?: Record<string, unknown>; readonly body?: unknown };
  readonly response?: { readonly status?: number | null; readonly body?: unknown } | null;
}
