import type { Core } from '../../../core/core.ts';
import type { JournalEntry } from '../../../core/journal.ts';
import { Memo } from '../../../core/memo.ts';
import type { Accounts } from '../../account/index.ts';
import type { Delivery, InvocationId } from '../entities.ts';
import { envelope } from '../events/envelope.ts';
import type { EventDraft } from '../events/event-draft.ts';
import { agentEvents } from '../events/agent-events.ts';
import { organizationEvents, userEvents } from '../events/person-events.ts';
import type { FieldOf } from '../events/field-of.ts';
import { Sequences } from '../events/sequences.ts';
import { type Surroundings, ticketEvents } from '../events/ticket-events.ts';
import type { Subscription, WebhookTables } from '../tables.ts';
import { nanoseconds, wholeSeconds } from '../times.ts';

export interface OutboxOptions {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly tables: WebhookTables;
  readonly author: Surroundings['author'];
  readonly field: FieldOf;
  /** Called after the commit, never inside the transaction. */
  readonly dispatch: (account: string, delivery: Delivery) => void;
}

type Source = (entry: JournalEntry) => EventDraft[];

/**
 * Turns state changes into outbox rows, inside the transaction that makes the change: either both are committed or
 * neither. What is committed is handed over for delivery afterwards.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sequences = new Sequences();
  readonly #random;
  readonly #subscriptions: Memo<readonly Subscription[]>;
  readonly #around: Surroundings;
  #last = { at: 0, fraction: 0 };

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#random = options.core.random.fork('webhook-events');
    this.#around = { author: options.author, base: (account) => options.accounts.url(account), field: options.field };
    this.#subscriptions = new Memo(options.tables.subscriptions);
  }

  /** A `within` listener of the journal. */
  readonly listen = (entry: JournalEntry): void => {
    const source = this.#sourceOf(entry.kind);
    if (!source || entry.account === null) return;
    const { account, journey } = entry;
    const subscriptions = this.#subscriptions.get(account, () => this.#options.tables.subscriptions.find(account));
    if (subscriptions.length === 0) return;
    const drafts = this.#sequences.place(entry, source(entry));
    for (const { draft, sequence } of drafts) {
      const recipients = subscriptions.filter(({ event }) => event === draft.type);
      if (recipients.length === 0) continue;
      const body = this.#body(account, draft, sequence);
      for (const { webhook } of recipients) {
        this.add(account, { webhook, event: draft.type, ticket: draft.ticket, journey, body, query: '' });
      }
    }
  };

  /** Writes one outbox row; it is dispatched once the running transaction (if any) is committed. */
  add(account: string, draft: Pick<Delivery, 'webhook' | 'event' | 'ticket' | 'journey' | 'body' | 'query'>): InvocationId {
    const { core, tables, dispatch } = this.#options;
    const now = core.businessClock(account).now();
    const id = core.ids.ulid() as InvocationId;
    const fresh = { state: 'queued', attempts: 0, retries: 0, dueAt: now, latest: null, duplicateOf: null } as const;
    const delivery: Delivery = { id, ...draft, createdAt: now, ...fresh };
    tables.deliveries.insert(account, delivery);
    // A microtask later, so that the entries of this transaction are read before those of the delivery.
    core.store.afterCommit(() => queueMicrotask(() => dispatch(account, delivery)));
    return id;
  }

  #sourceOf(kind: string): Source | undefined {
    if (kind.startsWith('ticket.') || kind === 'comment.added') return (entry) => ticketEvents(entry, this.#around);
    const { field, accounts } = this.#options;
    if (kind.startsWith('user.')) return (entry) => userEvents(entry, field);
    if (kind.startsWith('organization.')) return (entry) => organizationEvents(entry, field);
    return kind === 'agent.presence' ? (entry) => agentEvents(entry, (account) => accounts.expect(account).id) : undefined;
  }

  #body(account: string, draft: EventDraft, sequence: { id: string; position: number } | null): string {
    const { core, accounts } = this.#options;
    const now = core.businessClock(account).now();
    return envelope(draft, {
      accountId: accounts.expect(account).id,
      id: draft.marks === 'agent' ? core.ids.ulid() : core.ids.uuid(),
      // Recorded: ticket events carry nanoseconds, user events whole seconds.
      time: draft.ticket === null && draft.marks === undefined ? wholeSeconds(now) : nanoseconds(now, this.#fraction(now)),
      sequence,
    });
  }

  /** Nanoseconds below the millisecond: drawn, but of events in the same one the later has more. */
  #fraction(now: number): number {
    const { at, fraction } = this.#last;
    const next = at === now ? Math.min(fraction + this.#random.int(1, 1_000), 999_999) : this.#random.int(0, 900_000);
    this.#last = { at: now, fraction: next };
    return next;
  }
}
