import type { Collection } from '../../../core/collection.ts';
import { ApiError, isoSeconds } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, Ticket } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { UserService } from '../people/users.ts';
import { validEmail } from '../people/user-draft.ts';
import type { TicketService } from '../tickets/tickets.ts';
import { makeVia } from '../tickets/via.ts';

/** A message that made no ticket (vendor article "Suspended Tickets"). */
export interface SuspendedTicket {
  readonly id: number;
  readonly author: { readonly id: number | null; readonly name: string; readonly email: string };
  readonly subject: string | null;
  readonly content: string;
  readonly cause: string;
  readonly cause_id: number;
  readonly message_id: string | null;
  /** The ticket that the message would have been a comment of. */
  readonly ticket_id: number | null;
  readonly recipient: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface SuspendedTicketDraft {
  author: { name?: string; email: string };
  subject?: string | null;
  content: string;
  /** One of the vendor's causes; `Detected as spam` unless given. */
  cause?: string;
  message_id?: string | null;
  ticket_id?: number | null;
  recipient?: string | null;
}

/** As much of a request as a suspended ticket keeps. */
export interface HeldRequest {
  requester?: { name?: string; email?: string };
  subject?: string | null;
  comment?: { body?: string } | string;
}

/** A message that could not be recovered. */
export interface Failed {
  readonly row: SuspendedTicket;
  readonly why: ApiError;
}

/** Suspended messages are deleted after so long (documented), in milliseconds. */
const LIFETIME = 14 * 24 * 3_600_000;
/** Causes as the vendor's help names them; their numbers are inferred. */
const CAUSES: readonly string[] = ['Detected as spam', 'User is suspended', 'Sign-up required', 'Email is from a "no-reply" address'];
/** `via_id` of an e-mail, where suspended messages come from. */
const MAIL = 4;

export class SuspendedTicketService {
  readonly #context: SupportContext;
  readonly #tickets: TicketService;
  readonly #users: UserService;
  readonly #rows: Collection<SuspendedTicket>;

  constructor(context: SupportContext, tickets: TicketService, users: UserService) {
    this.#context = context;
    this.#tickets = tickets;
    this.#users = users;
    this.#rows = context.core.store.collection<SuspendedTicket>({
      name: 'suspended_tickets',
      key: ({ id }) => id,
      indexes: { created_at: ({ created_at }) => created_at },
    });
  }

  /** @throws ApiError 422 for an author whose e-mail is none */
  suspend(account: string, draft: SuspendedTicketDraft): SuspendedTicket {
    const email = validEmail(draft.author.email);
    const known = this.#users.findByEmail(account, email);
    const cause = draft.cause ?? CAUSES[0] ?? '';
    const now = this.#context.now(account);
    const row: SuspendedTicket = {
      id: this.#context.ids(account)(),
      author: { id: known?.id ?? null, name: draft.author.name ?? known?.name ?? email, email },
      subject: draft.subject ?? null,
      content: draft.content,
      cause,
      cause_id: Math.max(0, CAUSES.indexOf(cause)),
      message_id: draft.message_id ?? null,
      ticket_id: draft.ticket_id ?? null,
      recipient: draft.recipient ?? null,
      created_at: now,
      updated_at: now,
    };
    this.#context.core.store.transaction(() => {
      for (const old of this.#rows.find(account, { where: { created_at: { lt: this.#oldest(account) } } }))
        this.#rows.delete(account, old.id);
      this.#rows.insert(account, row);
    });
    return row;
  }

  /**
   * Suspends a request of somebody who did not sign in, where the vendor would: a suspended user's, and with the account setting
   * `signUpRequired` anybody's whose e-mail is not verified. Undefined: it may become a ticket. What the asker is answered is
   * inferred.
   */
  hold(account: string, request: HeldRequest): SuspendedTicket | undefined {
    const email = request.requester?.email;
    if (typeof email !== 'string' || email === '') return undefined;
    const known = this.#users.findByEmail(account, email);
    const unknown = this.#context.accounts.expect(account).settings['signUpRequired'] === true && known?.verified !== true;
    if (!known?.suspended && !unknown) return undefined;
    const { comment, subject = null, requester } = request;
    const content = String((typeof comment === 'string' ? comment : comment?.body) ?? '');
    const author = { email, ...(typeof requester?.name === 'string' ? { name: requester.name } : {}) };
    return this.suspend(account, { author, subject, content, cause: known?.suspended ? 'User is suspended' : 'Sign-up required' });
  }

  list(account: string): SuspendedTicket[] {
    return this.#rows.find(account, { where: { created_at: { gte: this.#oldest(account) } } });
  }

  get(account: string, id: number): SuspendedTicket | undefined {
    const row = this.#rows.get(account, id);
    return row && row.created_at >= this.#oldest(account) ? row : undefined;
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): SuspendedTicket {
    const row = this.get(account, id);
    if (!row) throw recordNotFound();
    return row;
  }

  /**
   * Makes a ticket of it, or a comment where its ticket is still open; the author becomes a user. Recovered alone, a ticket's
   * requester is whoever recovers it (documented). @throws ApiError 404, or 422 as for any ticket: the message then stays
   */
  recover(account: string, id: number, actor: Actor, alone = true): Ticket {
    return this.#context.core.store.transaction(() => {
      const row = this.expect(account, id);
      const { author, subject, content, ticket_id, recipient } = row;
      this.#rows.delete(account, id);
      const known = this.#users.findByEmail(account, author.email);
      const person = { email: author.email, name: author.name };
      const earlier = ticket_id === null ? undefined : this.#tickets.get(account, ticket_id);
      if (earlier && earlier.status !== 'closed') {
        const writer = known ?? this.#users.create(account, person, actor);
        return this.#tickets.update(account, earlier.id, { comment: { body: content, author_id: writer.id } }, actor).ticket;
      }
      const via = suspendedVia(row);
      const draft = { subject, comment: content, recipient, via_id: via.via_id, via: { source: via.source } };
      if (alone && actor.userId !== null) return this.#tickets.create(account, { ...draft, requester_id: actor.userId }, actor).ticket;
      return this.#tickets.create(account, { ...draft, requester: person, ...(known ? { submitter_id: known.id } : {}) }, actor).ticket;
    });
  }

  /** Each by itself and with its author as the requester (documented); unknown ids are left out. Those that fail stay. */
  recoverMany(account: string, ids: readonly number[], actor: Actor): { tickets: Ticket[]; failed: Failed[] } {
    const tickets: Ticket[] = [];
    const failed: Failed[] = [];
    for (const id of ids) {
      const row = this.get(account, id);
      if (!row) continue;
      try {
        tickets.push(this.recover(account, id, actor, false));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failed.push({ row, why: error });
      }
    }
    return { tickets, failed };
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    this.expect(account, id);
    this.#rows.delete(account, id);
  }

  #oldest(account: string): string {
    return isoSeconds(this.#context.core.businessClock(account).now() - LIFETIME);
  }
}

/** How a suspended message came. */
export function suspendedVia({ author, recipient }: SuspendedTicket): ReturnType<typeof makeVia> {
  return makeVia(MAIL, { from: { address: author.email, name: author.name }, to: recipient ? { address: recipient } : {} });
}
