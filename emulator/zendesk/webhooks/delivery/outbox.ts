import type { Core } from '../../../core/core.ts';
import type { JournalEntry } from '../../../core/journal.ts';
import { Memo } from '../../../core/memo.ts';
import { type Accounts, isoSeconds } from '../../account/index.ts';
import type { Delivery, InvocationId, WebhookId } from '../entities.ts';
import { envelope } from '../events/envelope.ts';
import type { EventDraft } from '../events/event-draft.ts';
import { EVENT_PREFIX } from '../events/event-types.ts';
import { agentEvents } from '../events/agent-events.ts';
import { articleEvents } from '../events/article-events.ts';
import { organizationEvents, userEvents } from '../events/person-events.ts';
import type { FieldOf } from '../events/field-of.ts';
import { messagingEvents } from '../events/messaging-events.ts';
import { Sequences } from '../events/sequences.ts';
import { type Surroundings, ticketEvents } from '../events/ticket-events.ts';
import type { WebhookTables } from '../tables.ts';
import { nanoseconds } from '../times.ts';

export interface OutboxOptions {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly tables: WebhookTables;
  readonly author: Surroundings['author'];
  readonly field: FieldOf;
  /** Called when the transaction is committed. */
  readonly dispatch: (account: string, delivery: Delivery) => void;
}

/** What one kind of entry tells of. */
interface Source {
  readonly domain: 'ticket' | 'user' | 'organization' | 'agent' | 'messaging_ticket' | 'article';
  readonly drafts: (entry: JournalEntry) => EventDraft[];
}

/** The active webhooks that want each type, by domain. */
type Subscribers = ReadonlyMap<string, ReadonlyMap<string, readonly WebhookId[]>>;

/**
 * Turns state changes into outbox rows, inside the transaction that makes the change: either both are committed or
 * neither. What is committed is handed over for delivery afterwards.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sequences = new Sequences();
  readonly #random;
  readonly #subscribers: Memo<Subscribers>;
  readonly #sources: Readonly<Record<Source['domain'], Source>>;
  #last = { at: 0, fraction: 0 };

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#random = options.core.random.fork('webhook-events');
    this.#subscribers = new Memo(options.tables.subscriptions);
    const { accounts, author, field } = options;
    const around: Surroundings = { author, base: (account) => accounts.url(account), field };
    const accountId = (account: string): number => accounts.expect(account).id;
    this.#sources = {
      ticket: { domain: 'ticket', drafts: (entry) => ticketEvents(entry, around) },
      user: { domain: 'user', drafts: (entry) => userEvents(entry, field) },
      organization: { domain: 'organization', drafts: (entry) => organizationEvents(entry, field) },
      agent: { domain: 'agent', drafts: (entry) => agentEvents(entry, accountId) },
      messaging_ticket: { domain: 'messaging_ticket', drafts: messagingEvents },
      article: { domain: 'article', drafts: articleEvents },
    };
  }

  /** A `within` listener of the journal. */
  readonly listen = (entry: JournalEntry): void => {
    const source = this.#sourceOf(entry.kind);
    if (!source || entry.account === null) return;
    const { account, journey } = entry;
    const subscribers = this.#subscribersOf(account).get(source.domain);
    if (!subscribers) return;
    for (const { draft, sequence } of this.#sequences.place(entry, source.drafts(entry))) {
      const recipients = subscribers.get(draft.type);
      if (!recipients) continue;
      const body = this.#body(account, draft, sequence);
      for (const webhook of recipients) {
        this.add(account, { webhook, event: draft.type, ticket: draft.ticket, journey, body, query: '' });
      }
    }
  };

  /** Writes one outbox row; it is dispatched once the running transaction (if any) is committed. */
  add(account: string, draft: Pick<Delivery, 'webhook' | 'event' | 'ticket' | 'journey' | 'body' | 'query'>): InvocationId {
    const { core, tables, dispatch } = this.#options;
    const now = core.businessClock(account).now();
    const id = core.ids.ulid() as InvocationId;
    const { webhook, event, ticket, journey, body, query } = draft;
    // prettier-ignore
    const delivery: Delivery = {
      id, webhook, event, ticket, journey, body, query,
      createdAt: now, state: 'queued', attempts: 0, retries: 0, dueAt: now, latest: null, duplicateOf: null,
    };
    tables.deliveries.insert(account, delivery);
    core.store.afterCommit(() => dispatch(account, delivery));
    return id;
  }

  #sourceOf(kind: string): Source | undefined {
    const { ticket, user, organization, agent, messaging_ticket: messaging, article } = this.#sources;
    if (kind.startsWith('ticket.') || kind === 'comment.added') return ticket;
    if (kind.startsWith('user.')) return user;
    if (kind.startsWith('organization.')) return organization;
    if (kind === 'agent.presence') return agent;
    if (kind.startsWith('article.')) return article;
    return kind === 'messaging_ticket.message_added' ? messaging : undefined;
  }

  #subscribersOf(account: string): Subscribers {
    return this.#subscribers.get(account, () => {
      const found = new Map<string, Map<string, WebhookId[]>>();
      for (const { event, webhook } of this.#options.tables.subscriptions.find(account)) {
        const domain = event.slice(EVENT_PREFIX.length).split('.', 1)[0] ?? '';
        const types = found.get(domain) ?? new Map<string, WebhookId[]>();
        found.set(domain, types.set(event, [...(types.get(event) ?? []), webhook]));
      }
      return found;
    });
  }

  #body(account: string, draft: EventDraft, sequence: { id: string; position: number } | null): string {
    const { core, accounts } = this.#options;
    const now = core.businessClock(account).now();
    return envelope(draft, {
      accountId: accounts.expect(account).id,
      id: draft.marks === 'ulid' ? core.ids.ulid() : core.ids.uuid(),
      // Recorded: ticket events carry nanoseconds, user events whole seconds.
      time: draft.ticket === null && draft.marks === undefined ? isoSeconds(now) : nanoseconds(now, this.#fraction(now)),
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
