import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const known = ['webhookDelayMs', 'webhookTimeoutMs', 'rateLimits', 'name', 'file', 'account', 'party'];

test.each([
  ['webhookDelay', 'webhookDelayMs'],
  ['webhookdelayms', 'webhookDelayMs'],
  ['ratelimit', 'rateLimits'],
  ['nmae', 'name'],
  ['acount', 'account'],
  ['webhook', 'webhookDelayMs'],
  ['who', undefined],
  ['colour', undefined],
  ['', undefined],
])('%s: %s', (name, meant) => {
  expect(nearest(name, known)).toBe(meant);
});
