import { describe, expect, it } from 'vitest';
import { WEBHOOK_DEFAULTS } from '../options.ts';
import type { Reply } from './http-client.ts';
import { judge, spacing } from './verdict.ts';

function response(status: number, retryAfter?: string): Extract<Reply, { kind: 'response' }> {
  return { kind: 'response', status, headers: retryAfter === undefined ? [] : [['retry-after', retryAfter]], body: '' };
}
const NOW = Date.parse('2026-01-05T09:00:00Z');
const judged = (reply: Exclude<Reply, { kind: 'aborted' }>, over = {}): ReturnType<typeof judge> =>
  judge(reply, { ...WEBHOOK_DEFAULTS, ...over }, NOW);

describe('verdict', () => {
  it.each([200, 201, 204, 299])('takes %i as a success', (status) => {
    expect(judged(response(status))).toEqual({ status: 'success', statusCode: status, retry: null });
  });

  it('reads Retry-After as seconds and as a date', () => {
    expect(judged(response(429, '5')).retry).toEqual({ limit: 3, waitMs: 5_000 });
    expect(judged(response(503, 'Mon, 05 Jan 2026 09:00:30 GMT')).retry).toEqual({ limit: 3, waitMs: 30_000 });
    expect(judged(response(503, 'Mon, 05 Jan 2026 08:00:00 GMT')).retry).toEqual({ limit: 3, waitMs: 0 });
    for (const value of ['60', 'soon', 'Mon, 05 Jan 2026 09:01:00 GMT']) expect(judged(response(429, value)).retry).toBeNull();
    expect(judged(response(500, '5')).retry).toBeNull();
  });

  it('retries other failures only with the switch on', () => {
    const refused = { kind: 'error', code: 'ECONNREFUSED', message: '' } as const;
    expect([judged(response(500)).retry, judged(refused).retry]).toEqual([null, null]);
    const on = { webhookRetryOthers: true };
    expect([judged(response(500), on).retry?.limit, judged(refused, on).retry?.limit, judged(response(302), on).retry?.limit]).toEqual([
      3, 3, 3,
    ]);
  });

  it('spaces retries by the list, whose last wait repeats', () => {
    const options = { ...WEBHOOK_DEFAULTS, webhookRetrySpacingMs: [1, 2] };
    expect([0, 1, 2, 9].map((retries) => spacing(options, retries))).toEqual([1, 2, 2, 2]);
  });
});
