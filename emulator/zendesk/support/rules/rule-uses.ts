import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { RuleUse } from './entities.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Uses are counted for so long (`usage_30d`). */
const COUNTED_MS = 30 * DAY;
/** Old counts that are thrown away with each new one. */
const MOST_SWEPT = 100;

/** Windows of the usage counts that a list can be asked for, in milliseconds. */
export const USAGE_WINDOWS: Readonly<Record<string, number>> = {
  usage_1h: 60 * MINUTE,
  usage_24h: DAY,
  usage_7d: 7 * DAY,
  usage_30d: COUNTED_MS,
};

/** How often rules were used: macros by agents, triggers and automations by themselves. Counted by the minute. */
export class RuleUses {
  readonly #context: SupportContext;
  readonly #uses: Collection<RuleUse>;

  constructor(context: SupportContext, uses: Collection<RuleUse>) {
    this.#context = context;
    this.#uses = uses;
  }

  /** Inside the transaction of the write that the rule had a part in. */
  add(account: string, ruleId: number): void {
    const now = this.#context.core.businessClock(account).now();
    const at = now - (now % MINUTE);
    const key = `${ruleId} ${at}`;
    const known = this.#uses.get(account, key);
    this.#uses.put(account, { key, rule_id: ruleId, at, count: (known?.count ?? 0) + 1 });
    if (known) return;
    const old = this.#uses.find(account, { where: { at: { lt: now - COUNTED_MS - MINUTE } }, limit: MOST_SWEPT });
    for (const use of old) this.#uses.delete(account, use.key);
  }

  /** Uses in the time before now, to the minute. */
  count(account: string, ruleId: number, window: number): number {
    const since = this.#context.core.businessClock(account).now() - window;
    const uses = this.#uses.find(account, { where: { rule_id: ruleId, at: { gt: since - MINUTE } } });
    return uses.reduce((sum, { count }) => sum + count, 0);
  }

  /** The rule is gone. */
  forget(account: string, ruleId: number): void {
    for (const { key } of this.#uses.find(account, { where: { rule_id: ruleId } })) this.#uses.delete(account, key);
  }
}
