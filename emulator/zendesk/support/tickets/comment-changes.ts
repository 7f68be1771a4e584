import { SYSTEM_USER_ID, type SupportContext } from '../context.ts';
import type { Actor, Attachment, Audit, AuditEvent, Comment, Ticket } from '../entities.ts';
import { blank, closedTicket, invalidValue, recordNotFound } from '../errors.ts';
import { type AttachmentService, PICTURE, type StoredFile, SUSPENDED } from '../files/attachments.ts';
import type { UserService } from '../people/users.ts';
import { commentsOf, isComment } from './comments.ts';
import { redactMarked, redactText, unmarked } from './redaction.ts';
import { auditVia, secondsOf } from './ticket-build.ts';
import { journalTicket, type TicketEntry } from './ticket-journal.ts';

/** A comment where it stands. */
export interface Place {
  readonly ticket: Ticket;
  readonly audit: Audit;
  readonly comment: Comment;
}

type Kind = TicketEntry['kind'];

/**
 * What can be done to a comment that was written: redacted, made private, freed of a file. Each leaves an audit of its own.
 * Redaction is for good.
 */
export class CommentChanges {
  readonly #context: SupportContext;
  readonly #users: UserService;
  readonly #attachments: AttachmentService;

  constructor(context: SupportContext, users: UserService, attachments: AttachmentService) {
    this.#context = context;
    this.#users = users;
    this.#attachments = attachments;
  }

  /** @throws ApiError 404 */
  find(account: string, ticketId: number, commentId: number): Place {
    const { tickets, audits } = this.#context.collections;
    const ticket = tickets.get(account, ticketId);
    if (ticket?.deleted_at !== null) throw recordNotFound();
    for (const audit of audits.find(account, { where: { ticket_id: ticketId, comments: { gt: 0 } } })) {
      const comment = commentsOf(audit).find(({ id }) => id === commentId);
      if (comment) return { ticket, audit, comment };
    }
    throw recordNotFound();
  }

  /** Changes nothing on a private comment. @throws ApiError 404, 422 for a closed ticket (inferred) */
  makePrivate(account: string, ticketId: number, commentId: number, actor: Actor): void {
    this.#context.core.store.transaction(() => {
      const place = this.#open(account, ticketId, commentId);
      const { comment } = place;
      if (!comment.public) return;
      const after: Comment = { ...comment, public: false, ...(comment.data ? { data: { ...comment.data, public: false } } : {}) };
      this.#write(account, place, after, actor, 'ticket.comment_made_private', (id) => ({ id, type: 'CommentPrivacyChange', comment_id: commentId, public: false })); // prettier-ignore
    });
  }

  /** Every comment of an audit. @throws ApiError 404, 422 */
  makeAuditPrivate(account: string, ticketId: number, auditId: number, actor: Actor): void {
    this.#context.core.store.transaction(() => {
      const audit = this.#context.collections.audits.get(account, auditId);
      const comments = audit?.ticket_id === ticketId ? commentsOf(audit) : [];
      if (comments.length === 0) throw recordNotFound();
      for (const { id } of comments) this.makePrivate(account, ticketId, id, actor);
    });
  }

  /** Takes a word or string out. @throws ApiError 404, 422 for a closed ticket or a text that the comment lacks (inferred) */
  redactText(account: string, place: { ticketId: number; commentId: number }, text: string, actor: Actor): Place {
    return this.#context.core.store.transaction(() => {
      const found = this.#open(account, place.ticketId, place.commentId);
      if (text === '') throw blank('text', 'Text');
      const after = redactText(found.comment, text);
      if (!after) throw invalidValue('text', 'Text', text);
      return this.#redacted(account, found, after, actor);
    });
  }

  /**
   * Takes out what the HTML marks, and files by their URL; of closed tickets too (vendor article "Ticket comments", Agent
   * Workspace). @throws ApiError 404, 422 for HTML that is not the comment's (inferred)
   */
  redactMarked(
    account: string,
    place: { ticketId: number; commentId: number },
    marks: { html?: string; urls?: readonly string[] },
    actor: Actor,
  ): Place {
    return this.#context.core.store.transaction(() => {
      let found = this.find(account, place.ticketId, place.commentId);
      for (const url of marks.urls ?? []) {
        const attachment = found.comment.attachments?.find(({ token }) => url.includes(`/attachments/token/${token}/`));
        if (!attachment) throw invalidValue('external_attachment_urls', 'Attachment', url);
        found = this.#withoutFile(account, found, attachment, actor);
      }
      if (marks.html === undefined) return found;
      if (unmarked(marks.html) !== found.comment.html_body) throw invalidValue('html_body', 'HTML body', 'what was sent');
      const after = redactMarked(found.comment, marks.html);
      return after.html_body === found.comment.html_body ? found : this.#redacted(account, found, after, actor);
    });
  }

  /**
   * The file is gone for good; an empty `redacted.txt` stands in its place (documented). Returns the attachment as it was
   * (recorded). @throws ApiError 404, 422 for a closed ticket
   */
  redactFile(account: string, at: { ticketId: number; commentId: number; attachmentId: number }, actor: Actor): Attachment {
    return this.#context.core.store.transaction(() => {
      const place = this.#open(account, at.ticketId, at.commentId);
      const attachment = place.comment.attachments?.find(({ id }) => id === at.attachmentId);
      if (!attachment) throw recordNotFound();
      this.#withoutFile(account, place, attachment, actor);
      return attachment;
    });
  }

  /** Where the attachment is a comment's, that copy is changed with it. @throws ApiError 404, also for one that is neither a comment's nor an upload's */
  changeFile(account: string, attachmentId: number, change: Partial<Attachment>): Attachment {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const file = this.file(account, attachmentId);
      if (file.held_by === PICTURE || file.held_by === SUSPENDED) throw recordNotFound();
      const after: Attachment = { ...file.attachment, ...change };
      this.#attachments.become(account, after, !after.deleted);
      const audit = typeof file.held_by === 'string' ? undefined : collections.audits.get(account, file.held_by.audit_id);
      const comment = audit && commentsOf(audit).find(({ attachments }) => attachments?.some(({ id }) => id === attachmentId));
      if (audit && comment) collections.audits.put(account, withComment(audit, withFile(comment, after)));
      return after;
    });
  }

  /**
   * A comment's file with its ticket, an upload's, a picture or a suspended message's. @throws ApiError 404 for one that is
   * unknown, a deleted ticket's, or held by something that alone shows its files
   */
  file(account: string, attachmentId: number): StoredFile & { readonly ticket?: Ticket } {
    const { tickets, audits, uploads } = this.#context.collections;
    const file = this.#attachments.find(account, attachmentId);
    if (!file) throw recordNotFound();
    if (typeof file.held_by === 'string') {
      if (file.held_by !== PICTURE && file.held_by !== SUSPENDED && !uploads.get(account, file.held_by)) throw recordNotFound();
      return file;
    }
    const audit = audits.get(account, file.held_by.audit_id);
    const ticket = audit && tickets.get(account, audit.ticket_id);
    if (ticket?.deleted_at !== null) throw recordNotFound();
    return { ...file, ticket };
  }

  #open(account: string, ticketId: number, commentId: number): Place {
    const place = this.find(account, ticketId, commentId);
    if (place.ticket.status === 'closed') throw closedTicket();
    return place;
  }

  #withoutFile(account: string, place: Place, attachment: Attachment, actor: Actor): Place {
    const { width: _width, height: _height, ...rest } = attachment;
    const after: Attachment = { ...rest, file_name: 'redacted.txt', content_type: 'text/plain', size: 0 };
    this.#attachments.become(account, after, false);
    const ids = { comment_id: place.comment.id, attachment_id: attachment.id };
    return this.#write(account, place, withFile(place.comment, after), actor, 'ticket.attachment_redacted', (id) => ({ id, type: 'AttachmentRedactionEvent', ...ids })); // prettier-ignore
  }

  #redacted(account: string, place: Place, after: Comment, actor: Actor): Place {
    return this.#write(account, place, after, actor, 'ticket.comment_redacted', (id) => ({ id, type: 'CommentRedactionEvent', comment_id: after.id })); // prettier-ignore
  }

  #write(account: string, place: Place, comment: Comment, actor: Actor, kind: Kind, event: (id: number) => AuditEvent): Place {
    const { collections } = this.#context;
    const audit = withComment(place.audit, comment);
    collections.audits.replace(account, place.audit, audit);
    const rest = collections.audits.find(account, { where: { ticket_id: place.ticket.id, comments: { gt: 0 } } }).flatMap(commentsOf);
    const now = this.#context.now(account);
    const ticket: Ticket = {
      ...place.ticket,
      description: rest[0]?.body ?? place.ticket.description,
      is_public: rest.some((each) => each.public),
      updated_at: now,
      generated_timestamp: secondsOf(now),
    };
    collections.tickets.replace(account, place.ticket, ticket);
    const ids = this.#context.ids(account);
    const change: Audit = {
      id: ids(),
      ticket_id: ticket.id,
      created_at: now,
      author_id: actor.userId ?? SYSTEM_USER_ID,
      metadata: { system: {}, custom: {} },
      events: [event(ids())],
      via: auditVia(actor, ticket, () => this.#users.get(account, ticket.requester_id), false),
    };
    collections.audits.insert(account, change);
    const [{ id: _id, ...told }] = change.events as [AuditEvent];
    const touched = { commentId: comment.id, ...('attachment_id' in told ? { attachmentId: told.attachment_id } : {}) };
    journalTicket(this.#context, { account, kind, ticket, audit: change, actor, touched });
    return { ticket, audit, comment };
  }
}

function withComment(audit: Audit, comment: Comment): Audit {
  return { ...audit, events: audit.events.map((event) => (isComment(event) && event.id === comment.id ? comment : event)) };
}

function withFile(comment: Comment, attachment: Attachment): Comment {
  return { ...comment, attachments: (comment.attachments ?? []).map((each) => (each.id === attachment.id ? attachment : each)) };
}
