import type { Timer } from '../../../core/clock.ts';
import type { SupportContext } from '../context.ts';
import type { TicketService } from '../tickets/tickets.ts';
import type { AutomationService } from './automations.ts';
import type { RuleCollections } from './collections.ts';
import { holds } from './conditions/evaluate.ts';
import type { Automation, Condition } from './entities.ts';
import { fire, ruleVia } from './fire.ts';
import { ticketsOf } from './views/run.ts';
import { type Readers, readWorld } from './read-world.ts';

const HOUR = 3_600_000;
/** Tickets that automations may fire on in one hour, and updates of one ticket by them (vendor article). */
const MOST_TICKETS = 1_000;
const MOST_UPDATES = 100;
const CLOCK = 'clock';
const NOT_CLOSED: Condition = { field: 'status', operator: 'less_than', value: 'closed' };

/**
 * Runs an account's automations every hour of its clock, in their order, on all tickets that are not closed. An account
 * without active automations has no timer.
 */
export class AutomationRunner {
  readonly #context: SupportContext;
  readonly #collections: RuleCollections;
  readonly #automations: AutomationService;
  readonly #tickets: TicketService;
  readonly #readers: Readers;
  readonly #used: (account: string, automationId: number) => void;
  readonly #timers = new Map<string, Timer>();

  /** @param parts with `used`, which counts that an automation changed a ticket */
  constructor(
    context: SupportContext,
    parts: {
      collections: RuleCollections;
      automations: AutomationService;
      tickets: TicketService;
      readers: Readers;
      used: (account: string, automationId: number) => void;
    },
  ) {
    this.#context = context;
    this.#collections = parts.collections;
    this.#automations = parts.automations;
    this.#tickets = parts.tickets;
    this.#readers = parts.readers;
    this.#used = parts.used;
    this.#automations.onChanged = (account) => this.arm(account);
  }

  /**
   * Sets, or takes back, the account's timer for its next run; a run that is overdue (a restart) comes at once.
   * @param anew the hour begins now, whatever was kept
   */
  arm(account: string, anew = false): void {
    this.#timers.get(account)?.clear();
    this.#timers.delete(account);
    if (!this.#automations.book.list(account).some((automation) => automation.active)) return;
    const clock = this.#context.core.businessClock(account);
    const kept = this.#collections.automationClocks.get(account, CLOCK)?.next;
    const next = !anew && kept !== undefined && kept - clock.now() <= HOUR ? kept : clock.now() + HOUR;
    if (next !== kept) this.#collections.automationClocks.put(account, { key: CLOCK, next });
    this.#timers.set(
      account,
      clock.setTimeout(() => this.#due(account), next - clock.now()),
    );
  }

  /** After a start, of all accounts; of the one named after a restore, whose clock has nothing to do with what was kept. */
  resume(account?: string): void {
    const accounts = account === undefined ? this.#context.accounts.list().map(({ name }) => name as string) : [account];
    for (const name of accounts) this.arm(name, account !== undefined);
  }

  #due(account: string): void {
    const { core, accounts } = this.#context;
    this.#timers.delete(account);
    if (!accounts.get(account)) return;
    this.#collections.automationClocks.put(account, { key: CLOCK, next: core.businessClock(account).now() + HOUR });
    // The next hour comes also when this one fails.
    this.arm(account);
    try {
      this.run(account);
    } catch (error) {
      // Nobody is there to hear a timer fail; tickets done so far are done.
      const label = `automations of ${account} ended early: ${error instanceof Error ? error.message : String(error)}`;
      core.journal.append({ kind: 'rule.problem', account, from: 'zendesk', label, data: { problem: String(error) } });
    }
  }

  /** One hourly run. Returns how many tickets were changed. */
  run(account: string): number {
    let left = MOST_TICKETS;
    for (const automation of this.#automations.book.list(account)) {
      if (!automation.active) continue;
      for (const id of this.#candidates(account, automation)) {
        if (left <= 0) break;
        if (this.#apply(account, automation, id)) left -= 1;
      }
    }
    return MOST_TICKETS - left;
  }

  /** Oldest first. */
  #candidates(account: string, { conditions }: Automation): number[] {
    const open = { any: conditions.any, all: [...conditions.all, NOT_CLOSED] };
    const ids = ticketsOf(this.#context, this.#readers, account, open, 0, { sort_by: 'nice_id', sort_order: 'asc' });
    return ids.filter((id) => (this.#collections.automationCounts.get(account, id)?.count ?? 0) < MOST_UPDATES);
  }

  /** One ticket, one transaction; what an earlier automation of this run did to it counts. False when nothing came of it. */
  #apply(account: string, automation: Automation, id: number): boolean {
    const { id: ruleId, title, actions, conditions } = automation;
    const firing = { id: ruleId, title, kind: 'automation', actions } as const;
    return this.#context.core.store.transaction(() => {
      const result = this.#tickets.updateByRule(account, id, ruleVia(firing), (write) => {
        const facts = { world: readWorld(this.#context, this.#readers, account), ticket: write.ticket };
        if (!holds(conditions, facts)) return undefined;
        const { ticket, events, notices } = fire(this.#context, firing, write, facts);
        const tell = (): void => notices.forEach((notice) => notice());
        if (events.length > 0) return { ticket, events, after: tell };
        // What was refused is told of, but it is no update.
        tell();
        return undefined;
      });
      if (!result) return false;
      const count = (this.#collections.automationCounts.get(account, id)?.count ?? 0) + 1;
      this.#collections.automationCounts.put(account, { ticket_id: id, count });
      this.#used(account, ruleId);
      return true;
    });
  }
}
