import type { Response } from 'express';
import { accountOf, endpointRateLimited } from '../../account/index.ts';
import type { Support } from '../index.ts';

/** A limit of an endpoint (vendor article "Rate limits"); those that a path tells are in `access/endpoint-limits.ts`. */
export interface EndpointLimit {
  /** As in `Zendesk-RateLimit-{name}`. */
  readonly name: string;
  readonly limit: number;
  /** Of trial accounts. */
  readonly trialLimit?: number;
  /** With the High Volume add-on. */
  readonly highVolume?: number;
  readonly windowSeconds: number;
  readonly title: string;
  /** Only shown and enforced on trial accounts. */
  readonly trialOnly?: boolean;
}

/** Counts against an endpoint's limit and shows it. @throws ApiError 429 unless the account only shows its limits. */
export function takeEndpoint(support: Support, res: Response, endpoint: EndpointLimit, subject: string | number = ''): void {
  const { name: account, plan, settings } = accountOf(res);
  const trial = settings.trial === true;
  if (endpoint.trialOnly && !trial) return;
  const usual = plan === 'high_volume' ? (endpoint.highVolume ?? endpoint.limit) : endpoint.limit;
  const limit = trial ? (endpoint.trialLimit ?? endpoint.limit) : usual;
  const rate = support.context.accounts.limiter.take(account, `${endpoint.name}:${subject}`, limit, endpoint.windowSeconds);
  res.setHeader(`Zendesk-RateLimit-${endpoint.name}`, `total=${limit}; remaining=${rate.remaining}; resets=${rate.resetSeconds}`);
  if (rate.exceeded && settings.rateLimits !== false) throw endpointRateLimited(endpoint.title, rate.resetSeconds);
}
