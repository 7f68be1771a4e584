import type { Collection } from '../../../core/collection.ts';
import { ApiError, isoSeconds } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, Attachment, Ticket, User } from '../entities.ts';
import { recordNotFound, unknownAuthor } from '../errors.ts';
import { type CsvOrder, deliverCsv } from '../exports/csv.ts';
import { type AttachmentService, SUSPENDED, type Upload } from '../files/attachments.ts';
import type { Job } from '../jobs/job.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { UserService } from '../people/users.ts';
import { validEmail } from '../people/user-draft.ts';
import type { TicketService } from '../tickets/tickets.ts';
import { makeVia } from '../tickets/via.ts';
import { suspendedTable } from './suspended-table.ts';

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
  /** Files that came with it. */
  readonly attachments?: readonly Attachment[];
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
  /** Files that came with it. */
  attachments?: readonly SuspendedFile[];
}

export interface SuspendedFile {
  file_name: string;
  /** `application/octet-stream` unless given. */
  content_type?: string;
  /** Base64. */
  content: string;
}

/** As much of a request as a suspended ticket keeps. */
export interface HeldRequest {
  requester?: { name?: string; email?: string };
  subject?: string | null;
  comment?: { body?: string; uploads?: readonly string[] | string } | string;
}

/** A message that could not be recovered. */
export interface Failed {
  readonly row: SuspendedTicket;
  readonly why: ApiError;
}

/** Who is to have written a message that is recovered, in place of whoever sent it. */
export interface Author {
  readonly id?: number | null;
  readonly email?: string | null;
}

/** One message of a bulk recovery. */
interface Recovery {
  readonly id: number;
  readonly author?: Author;
}

interface Rooms {
  readonly tickets: TicketService;
  readonly users: UserService;
  readonly attachments: AttachmentService;
  readonly jobs: JobService;
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
  readonly #files: AttachmentService;
  readonly #rows: Collection<SuspendedTicket>;
  /** Recovers messages later, each by itself and with its author as the requester. The title is inferred. */
  readonly recoverLater: (account: string, items: readonly Recovery[], actor: Actor) => Job;
  /** Makes a CSV file later. The title is inferred. */
  readonly exportLater: (account: string, orders: readonly CsvOrder[], actor: Actor) => Job;

  constructor(context: SupportContext, { tickets, users, attachments, jobs }: Rooms) {
    this.#context = context;
    this.#tickets = tickets;
    this.#users = users;
    this.#files = attachments;
    this.recoverLater = jobs.define<Recovery>({
      title: 'Bulk Recover Suspended Tickets',
      run: (account, { id, author }, actor, index) => ({ index, id: this.recover(account, id, actor, author ?? 'sender').id }),
      about: ({ id }) => ({ action: 'recover', id }),
    });
    this.exportLater = jobs.define<CsvOrder>({
      title: 'Suspended Tickets Export',
      whole: true,
      run: (account, order) => {
        deliverCsv({ context, attachments }, account, suspendedTable(this.list(account)), order);
        return { success: true };
      },
    });
    this.#rows = context.core.store.collection<SuspendedTicket>({
      name: 'suspended_tickets',
      key: ({ id }) => id,
      indexes: { created_at: ({ created_at }) => created_at },
    });
  }

  /** @param uploads tokens of more files @throws ApiError 422 for an author whose e-mail is none, and for unknown uploads */
  suspend(account: string, draft: SuspendedTicketDraft, uploads: readonly string[] | string = []): SuspendedTicket {
    const email = validEmail(draft.author.email);
    const known = this.#users.findByEmail(account, email);
    const cause = draft.cause ?? CAUSES[0] ?? '';
    const now = this.#context.now(account);
    const bare = {
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
    return this.#context.core.store.transaction(() => {
      for (const old of this.#rows.find(account, { where: { created_at: { lt: this.#oldest(account) } } })) this.#forget(account, old);
      const files = (draft.attachments ?? []).map(({ file_name: name, content_type: contentType = 'application/octet-stream', content }) =>
        this.#files.keep(account, { name, contentType, bytes: Buffer.from(content, 'base64') }, SUSPENDED),
      );
      const row: SuspendedTicket = { ...bare, attachments: [...files, ...this.#files.claim(account, uploads, SUSPENDED, '')] };
      this.#rows.insert(account, row);
      return row;
    });
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
    const uploads = typeof comment === 'string' ? [] : (comment?.uploads ?? []);
    const cause = known?.suspended ? 'User is suspended' : 'Sign-up required';
    return this.suspend(account, { author, subject, content, cause }, uploads);
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

  /** Copies of its files as an upload, for whoever makes a ticket of it by hand. @throws ApiError 404 */
  copyFiles(account: string, id: number): Upload {
    return this.#files.copy(account, this.expect(account, id).attachments ?? []);
  }

  /**
   * Makes a ticket of it, or a comment where its ticket is still open; the author becomes a user. The ticket's requester is
   * whoever recovers it, its sender or the author named. @throws ApiError 404, or 422 as for any ticket and for an author who
   * is nobody: the message then stays
   */
  recover(account: string, id: number, actor: Actor, requester: 'actor' | 'sender' | Author = 'actor'): Ticket {
    return this.#context.core.store.transaction(() => {
      const row = this.expect(account, id);
      const { subject, ticket_id, recipient } = row;
      const content = { body: row.content, ...(row.attachments?.length ? { uploads: this.copyFiles(account, id).token } : {}) };
      this.#forget(account, row);
      const sender = (): User => this.#sender(account, row, actor, typeof requester === 'object' ? requester : undefined);
      const earlier = ticket_id === null ? undefined : this.#tickets.get(account, ticket_id);
      if (earlier && earlier.status !== 'closed')
        return this.#tickets.update(account, earlier.id, { comment: { ...content, author_id: sender().id } }, actor).ticket;
      const via = suspendedVia(row);
      const alone = requester === 'actor' && actor.userId !== null ? actor.userId : undefined;
      const people = alone === undefined ? { requester_id: sender().id, submitter_id: sender().id } : { requester_id: alone };
      const draft = { subject, comment: content, recipient, via_id: via.via_id, via: { source: via.source } };
      return this.#tickets.create(account, { ...draft, ...people }, actor).ticket;
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
        tickets.push(this.recover(account, id, actor, 'sender'));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failed.push({ row, why: error });
      }
    }
    return { tickets, failed };
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    this.#context.core.store.transaction(() => this.#forget(account, this.expect(account, id)));
  }

  /** The user whom a recovery names. @throws ApiError 422 for nobody */
  author(account: string, { id, email }: Author): User {
    const user = typeof id === 'number' ? this.#users.get(account, id) : this.#users.findByEmail(account, email ?? '');
    if (!user?.active) throw unknownAuthor();
    return user;
  }

  /** Who wrote the message: whoever is named, or the user of its address, who is made if need be. */
  #sender(account: string, { author }: SuspendedTicket, actor: Actor, named: Author | undefined): User {
    if (named) return this.author(account, named);
    return this.#users.findByEmail(account, author.email) ?? this.#users.create(account, { email: author.email, name: author.name }, actor);
  }

  #forget(account: string, { id, attachments = [] }: SuspendedTicket): void {
    this.#files.erase(account, attachments);
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
