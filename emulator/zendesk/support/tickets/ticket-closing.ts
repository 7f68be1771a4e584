import type { Timer } from '../../../core/clock.ts';
import type { Collection } from '../../../core/collection.ts';
import { SYSTEM, type SupportContext } from '../context.ts';
import type { TicketEventData } from '../entities.ts';
import type { TicketService } from './tickets.ts';

/** How long a ticket stays solved, whatever triggers and automations there are (vendor article "System ticket rules"). */
const LONGEST_SOLVED = 28 * 86_400_000;

/** What may leave a ticket solved. The days of one that is restored begin anew (inferred). */
const HEARD: ReadonlySet<string> = new Set(['ticket.created', 'ticket.imported', 'ticket.updated', 'ticket.restored']);

interface SolvedTicket {
  readonly id: number;
  /** When it is closed: milliseconds since the epoch. */
  readonly closes: number;
}

/** Closes tickets that have been solved for 28 days of the account's clock. An account without solved tickets has no timer. */
export class TicketClosing {
  readonly #context: SupportContext;
  readonly #tickets: TicketService;
  readonly #solved: Collection<SolvedTicket>;
  readonly #timers = new Map<string, { readonly timer: Timer; readonly closes: number }>();

  constructor(context: SupportContext, tickets: TicketService) {
    this.#context = context;
    this.#tickets = tickets;
    this.#solved = context.core.store.collection<SolvedTicket>({
      name: 'solved_tickets',
      key: ({ id }) => id,
      indexes: { closes: ({ closes }) => closes },
    });
    context.core.journal.within(({ kind, account, data }) => {
      if (account !== null && HEARD.has(kind)) this.#heard(account, data as TicketEventData);
    });
  }

  /** After a start, of all accounts; of the one named after a restore. */
  resume(account?: string): void {
    const accounts = account === undefined ? this.#context.accounts.list().map(({ name }) => name as string) : [account];
    for (const name of accounts) this.#arm(name);
  }

  /** Without `changes` the ticket was not there before. */
  #heard(account: string, { ticket: { id, status, updated_at }, changes }: TicketEventData): void {
    if (changes && !changes.some(({ field }) => field === 'status')) return;
    if (status === 'solved') {
      const closes = Date.parse(updated_at) + LONGEST_SOLVED;
      this.#solved.put(account, { id, closes });
      // Behind all others, but for an import.
      if (closes < (this.#timers.get(account)?.closes ?? Infinity)) this.#arm(account);
      // Most tickets that change were not solved; a deletion writes at once all that waits for its tables.
    } else if (changes && this.#solved.get(account, id)) this.#solved.delete(account, id);
  }

  #arm(account: string): void {
    this.#timers.get(account)?.timer.clear();
    this.#timers.delete(account);
    const [first] = this.#solved.find(account, { order: ['closes'], limit: 1 });
    if (!first || !this.#context.accounts.get(account)) return;
    const clock = this.#context.core.businessClock(account);
    const timer = clock.setTimeout(() => this.#due(account), first.closes - clock.now());
    this.#timers.set(account, { timer, closes: first.closes });
  }

  #due(account: string): void {
    const now = this.#context.core.businessClock(account).now();
    for (const { id } of this.#solved.find(account, { where: { closes: { lte: now } } })) this.#close(account, id);
    this.#arm(account);
  }

  #close(account: string, id: number): void {
    const { store, journal } = this.#context.core;
    try {
      store.transaction(() => {
        this.#solved.delete(account, id);
        if (this.#tickets.get(account, id)?.status === 'solved') this.#tickets.update(account, id, { status: 'closed' }, SYSTEM);
      });
    } catch (error) {
      // Nobody is there to hear a timer fail. The ticket stays solved, and is not tried again.
      this.#solved.delete(account, id);
      const label = `ticket ${id} was not closed after 28 days: ${error instanceof Error ? error.message : String(error)}`;
      journal.append({ kind: 'rule.problem', account, from: 'zendesk', label, data: { ticket: id, problem: String(error) } });
    }
  }
}
