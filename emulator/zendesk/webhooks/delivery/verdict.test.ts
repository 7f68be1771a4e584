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
    for (const date of ['Monday, 05-Jan-26 09:00:30 GMT', 'Mon Jan  5 09:00:30 2026', ' Mon, 05 Jan 2026 09:00:30 GMT '])
      expect(judged(response(503, date)).retry).toEqual({ limit: 3, waitMs: 30_000 });
  });

  it('takes what is no form of Retry-After as none, although it could be read as a date of long ago', () => {
    for (const value of ['-5', '1.5', '+3', '', '5 seconds', '2026-01-05', 'Jan 5', '5, 6', 'Mon, 99 Xyz 2026 09:00:30 GMT'])
      expect([value, judged(response(429, value)).retry]).toEqual([value, null]);
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
