import type { PlanName } from './entities.ts';

/** API requests per minute and account (vendor article "Rate limits"). */
const REQUESTS_PER_MINUTE: Readonly<Record<PlanName, number>> = {
  essential: 10,
  team: 200,
  growth: 400,
  professional: 400,
  enterprise: 700,
  enterprise_plus: 2_500,
  high_volume: 2_500,
};

export const DEFAULT_PLAN: PlanName = 'enterprise';

export function requestsPerMinute(plan: PlanName): number {
  return REQUESTS_PER_MINUTE[plan];
}

/** @throws RangeError naming the known plans. */
export function planName(text: string): PlanName {
  if (Object.hasOwn(REQUESTS_PER_MINUTE, text)) return text as PlanName;
  throw new RangeError(`unknown plan "${text}"; known plans: ${Object.keys(REQUESTS_PER_MINUTE).join(', ')}`);
}
