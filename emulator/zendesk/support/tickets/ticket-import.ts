import { isoSeconds } from '../../account/index.ts';
import { SYSTEM_USER_ID, type SupportContext } from '../context.ts';
import type { CommentDraft, TicketDraft } from '../drafts.ts';
import type { Actor, Audit, AuditEvent, Comment, Defaults, Ticket } from '../entities.ts';
import { blank, descriptionRequired, invalidValue } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import type { UserService } from '../people/users.ts';
import { CommentWriter } from './comment-writer.ts';
import { commentDrafts, hasText } from './comments.ts';
import { auditVia, checkEnums, momentOf, newTicket, secondsOf, ticketVia } from './ticket-build.ts';
import { addressOf, createEvents } from './ticket-events.ts';
import { fieldsAndTags, descriptionFieldId } from './ticket-fields.ts';
import { journalTicket } from './ticket-journal.ts';
import { checkCommentCount, type LinkRooms, markProblems, TicketLinks, wantedStatus } from './ticket-links.ts';
import { TicketPeople } from './ticket-people.ts';
import { customStatusId } from './ticket-status.ts';

/** A comment of an import says when it was written; its text may be called `value` (documented). */
export interface ImportedComment extends CommentDraft {
  value?: string;
  created_at?: string;
}

export interface ImportDraft extends TicketDraft {
  comments?: readonly ImportedComment[];
  created_at?: string;
  updated_at?: string;
  solved_at?: string;
}

interface Rooms extends LinkRooms {
  readonly context: SupportContext;
  readonly users: UserService;
  readonly fields: FieldService;
  defaults(account: string): Defaults;
}

/**
 * Tickets with a past (vendor article "Ticket Import"): their times and comments as they were elsewhere. No business rule
 * runs and no webhook is told (the first documented, the second inferred). What a living ticket is held to, an assignee to
 * be solved, is not asked of one that is imported (inferred).
 */
export class TicketImport {
  readonly #rooms: Rooms;
  readonly #people: TicketPeople;
  readonly #links: TicketLinks;
  readonly #writer: CommentWriter;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#links = new TicketLinks(rooms.context, rooms);
    this.#people = new TicketPeople(rooms.users);
    this.#writer = new CommentWriter(rooms.context, this.#people);
  }

  /** `archive` is for closed tickets alone (documented), which then are as any closed ticket. @throws ApiError 422 */
  create(account: string, draft: ImportDraft, actor: Actor, archive = false): Ticket {
    checkEnums(draft);
    const { context, fields } = this.#rooms;
    const { core, collections, accounts } = context;
    return core.store.transaction(() => {
      const times = timesOf(draft, context.now(account));
      const ids = context.ids(account);
      const defaults = this.#rooms.defaults(account);
      const requester = this.#people.requester(account, draft, actor) ?? this.#self(account, actor);
      const assignee = this.#people.assignee(account, draft) ?? null;
      this.#links.check(account, draft, actor);
      const submitterId = draft.submitter_id ? this.#people.submitter(account, draft.submitter_id).id : (actor.userId ?? requester.id);
      const said = saidIn(draft);
      checkCommentCount(said.length);
      const written = said.map((each): [auditId: number, at: string, comment: Comment] => {
        const auditId = ids();
        const comment = this.#writer.write(account, each, actor, { auditId, authorId: requester.id, isPublic: true, ids });
        return [auditId, each.created_at ? instant('created_at', each.created_at) : times.created, comment];
      });
      const [first, ...later] = written;
      if (!first) throw descriptionRequired(descriptionFieldId(fields, account));
      const status = wantedStatus(defaults, draft) ?? 'open';
      if (archive && status !== 'closed') throw invalidValue('status', 'Status', status);
      const { id: brandId } = accounts.expect(account).brand;
      const comments = written.map(([, , comment]) => comment);
      const encoded = core.ids.hex(10).toUpperCase();
      const made = { encodedId: `${encoded.slice(0, 6)}-${encoded.slice(6)}`, via: ticketVia(draft, actor), now: times.created };
      const groupOf = (organizationId: number): number | null => this.#links.groupOf(account, organizationId);
      const people = { requester, submitterId, assignee, groupOf };
      const wanted = { status, customStatusId: draft.custom_status_id || customStatusId(defaults, status), comments };
      const bare = newTicket(draft, { id: core.store.next(account, 'ticket'), ...made, defaults, brandId, ...people, ...wanted });
      const ticket: Ticket = {
        ...bare,
        ...fieldsAndTags(bare, draft, () => fields.custom(account, 'ticket')),
        ...this.#people.sharers(account, bare, draft, actor),
        is_public: comments.some((comment) => comment.public),
        updated_at: times.updated ?? latest([times.created, ...written.map(([, at]) => at), ...(times.solved ? [times.solved] : [])]),
        // Exports go by when the system wrote a ticket, not by when it is said to have changed (documented).
        generated_timestamp: secondsOf(context.now(account)),
      };
      collections.tickets.insert(account, ticket);
      markProblems(context, account, ticket);
      const audit = (id: number, at: string, author: number, events: readonly AuditEvent[]): Audit => ({
        id,
        ticket_id: ticket.id,
        created_at: at,
        author_id: author,
        metadata: { system: {}, custom: id === first[0] ? (draft.metadata ?? {}) : {} },
        events,
        via: auditVia(actor, ticket, () => requester, true),
      });
      // Solved at a time of its own: open until then.
      const solvedLater = times.solved !== undefined && (status === 'solved' || status === 'closed');
      const begun: Ticket = solvedLater ? { ...ticket, status: 'open', custom_status_id: customStatusId(defaults, 'open') } : ticket;
      const creation = audit(first[0], times.created, first[2].author_id, [
        first[2],
        ...createEvents(begun, ids, addressOf(context, account)),
      ]);
      collections.audits.insert(account, creation);
      for (const [id, at, comment] of later) collections.audits.insert(account, audit(id, at, comment.author_id, [comment]));
      if (solvedLater) {
        const change: AuditEvent = { id: ids(), type: 'Change', field_name: 'status', value: status, previous_value: 'open' };
        const solver = assignee?.id ?? actor.userId ?? SYSTEM_USER_ID;
        collections.audits.insert(account, audit(ids(), times.solved ?? times.created, solver, [change]));
      }
      journalTicket(context, { account, kind: 'ticket.imported', ticket, audit: { ...creation, events: [] }, actor });
      return ticket;
    });
  }

  #self(account: string, actor: Actor): ReturnType<TicketPeople['author']> {
    if (actor.userId === null) throw blank('requester', 'Requester');
    return this.#people.author(account, actor.userId);
  }
}

function saidIn(draft: ImportDraft): ImportedComment[] {
  const { comments, ...rest } = draft;
  if (!comments || comments.length === 0) return commentDrafts(withValue(rest));
  return comments
    .map((comment): ImportedComment => ({ ...comment, ...(comment.value === undefined ? {} : { body: comment.body ?? comment.value }) }))
    .filter(hasText);
}

/** `comment.value` is `comment.body` here. */
function withValue(draft: TicketDraft): TicketDraft {
  const { comment } = draft;
  if (typeof comment !== 'object' || (comment as ImportedComment).value === undefined) return draft;
  return { ...draft, comment: { ...comment, body: comment.body ?? String((comment as ImportedComment).value) } };
}

function timesOf(draft: ImportDraft, now: string): { created: string; updated?: string; solved?: string } {
  return {
    created: draft.created_at ? instant('created_at', draft.created_at) : now,
    ...(draft.updated_at ? { updated: instant('updated_at', draft.updated_at) } : {}),
    ...(draft.solved_at ? { solved: instant('solved_at', draft.solved_at) } : {}),
  };
}

function instant(property: string, text: string): string {
  const at = momentOf(text);
  if (Number.isNaN(at)) throw invalidValue(property, property === 'created_at' ? 'Created at' : property === 'updated_at' ? 'Updated at' : 'Solved at', text); // prettier-ignore
  return isoSeconds(at);
}

function latest(times: readonly string[]): string {
  return times.toSorted().at(-1) ?? '';
}
