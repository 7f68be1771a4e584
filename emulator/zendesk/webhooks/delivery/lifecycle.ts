import type { Delivery, DeliveryState } from '../entities.ts';

/** Where a delivery may go from each state. `queued` to `queued` is a retry. */
const NEXT: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ['queued', 'delivered', 'failed', 'broken', 'dropped', 'cancelled'],
  delivered: [],
  failed: [],
  broken: [],
  dropped: [],
  cancelled: [],
};

export const SETTLED = (Object.keys(NEXT) as DeliveryState[]).filter((state) => NEXT[state].length === 0);

/** @throws Error naming both states when a settled delivery is moved on. */
export function moved(delivery: Delivery, state: DeliveryState, change: Partial<Omit<Delivery, 'id' | 'state'>> = {}): Delivery {
  if (!NEXT[delivery.state].includes(state)) {
    throw new Error(`webhook delivery ${delivery.id} is ${delivery.state} and cannot become ${state}`);
  }
  return { ...delivery, ...change, state };
}
