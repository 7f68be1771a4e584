import type { Core } from '../../../core/core.ts';
import { type FaultRule, matchesEntry } from '../../../core/faults.ts';
import type { Delivery, Webhook } from '../entities.ts';
import { shortType } from '../events/event-types.ts';

/** What the faults that struck a delivery do to it. */
export interface Mischief {
  readonly drop: boolean;
  readonly delayMs: number;
  /** The rule in whose batches it goes out in another order. */
  readonly shuffle: FaultRule | null;
  /** Rules that hold it back until each is released. */
  readonly holds: readonly FaultRule[];
  readonly copies: number;
  /** Between a delivery and its copies. */
  readonly gapMs: number;
  /** Whether each copy is an invocation of its own; by default it carries the id of the one that it repeats. */
  readonly newInvocation: boolean;
  readonly corruptSignature: boolean;
  readonly staleSeconds?: number;
  readonly truncate: boolean;
  readonly contentType?: string;
  readonly slowMs?: number;
}

export const NO_MISCHIEF: Mischief = {
  drop: false,
  delayMs: 0,
  shuffle: null,
  holds: [],
  copies: 0,
  gapMs: 0,
  newInvocation: false,
  corruptSignature: false,
  truncate: false,
};

const STALE_SECONDS = 3_600;
const SLOW_MS = 1_000;

/** Lets the account's faults strike a delivery, once, before its first attempt. Each strike is journaled. */
export function strike(core: Core, account: string, delivery: Delivery, webhook: Webhook): Mischief {
  const type = shortType(delivery.event);
  const subject = { webhook: webhook.id, name: webhook.name, event: delivery.event, type, ticket: delivery.ticket };
  const about = { journey: delivery.journey, thread: threadOf(delivery), label: `${type} to ${webhook.name}` };
  return core.faults
    .strike(account, 'webhook', subject, about)
    .reduce((mischief, rule) => ({ ...mischief, ...effect(rule, mischief) }), NO_MISCHIEF);
}

export function threadOf(delivery: Delivery): string {
  return `delivery:${delivery.duplicateOf ?? delivery.id}`;
}

function effect(rule: FaultRule, before: Mischief): Partial<Mischief> {
  switch (rule.action) {
    case 'drop':
      return { drop: true };
    case 'delay':
      return { delayMs: before.delayMs + number(rule, 'ms', 0) };
    case 'reorder':
      return { shuffle: rule };
    case 'hold':
      return { holds: [...before.holds, rule] };
    case 'duplicate':
      return {
        copies: before.copies + number(rule, 'copies', 1),
        gapMs: number(rule, 'gapMs', before.gapMs),
        newInvocation: rule.params['newInvocation'] === true,
      };
    case 'corrupt-signature':
      return { corruptSignature: true };
    case 'stale-timestamp':
      return { staleSeconds: number(rule, 'seconds', STALE_SECONDS) };
    case 'truncated-body':
      return { truncate: true };
    case 'wrong-content-type':
      return { contentType: String(rule.params['contentType'] ?? 'text/plain') };
    case 'slow-send':
      return { slowMs: number(rule, 'ms', SLOW_MS) };
    default:
      return {};
  }
}

/** Resolves when every rule that holds the delivery has let go; at once for what its journey has already seen. */
export async function released(core: Core, delivery: Delivery, holds: readonly FaultRule[]): Promise<void> {
  const { journey } = delivery;
  const seen = journey === null ? [] : core.journal.read({ journey });
  await Promise.all(
    holds
      .filter(({ until }) => until === null || !seen.some((entry) => matchesEntry(until, entry)))
      .map((rule) => core.faults.released(rule)),
  );
}

/** A setting of a rule; what is left out, or is no number, is as the fault has it by default. */
export function number(rule: FaultRule, name: string, otherwise: number): number {
  const value = Number(rule.params[name] ?? otherwise);
  return Number.isFinite(value) && value >= 0 ? value : otherwise;
}
