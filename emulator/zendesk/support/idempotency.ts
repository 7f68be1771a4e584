import { createHash } from 'node:crypto';
import type { SupportContext } from './context.ts';
import { idempotentRequestError } from './errors.ts';

/** The first answer to an Idempotency-Key. */
export interface StoredAnswer {
  readonly key: string;
  readonly hash: string;
  readonly body: unknown;
  readonly location: string | null;
  /** Milliseconds since the epoch. */
  readonly expires_at: number;
}

/** Keys live two hours (vendor article "Creating and updating tickets"). */
const LIFETIME = 2 * 3_600_000;

export class IdempotencyKeys {
  readonly #context: SupportContext;

  constructor(context: SupportContext) {
    this.#context = context;
  }

  /** The earlier answer to the same request. @throws ApiError 400 when the body differs. */
  find(account: string, key: string, body: unknown): StoredAnswer | undefined {
    const answer = this.#context.collections.idempotency.get(account, key);
    if (!answer || answer.expires_at <= this.#now(account)) return undefined;
    if (answer.hash !== hashOf(body)) throw idempotentRequestError();
    return answer;
  }

  keep(account: string, key: string, request: unknown, body: unknown, location: string | null): void {
    const { idempotency } = this.#context.collections;
    const now = this.#now(account);
    for (const old of idempotency.find(account, { where: { expires_at: { lte: now } }, limit: 100 })) idempotency.delete(account, old.key);
    idempotency.put(account, { key, hash: hashOf(request), body, location, expires_at: now + LIFETIME });
  }

  #now(account: string): number {
    return this.#context.core.businessClock(account).now();
  }
}

function hashOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('hex');
}
