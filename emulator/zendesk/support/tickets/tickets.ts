import type { Query } from '../../../core/query.ts';
import { expectAllowed, expectTagsKept } from '../access/actor-limits.ts';
import { CommentWriter, type Saying } from './comment-writer.ts';
import { commentDrafts, commentsOf } from './comments.ts';
import { SYSTEM_USER_ID, type SupportContext } from '../context.ts';
import type { TicketDraft, TicketPatch } from '../drafts.ts';
import type { Actor, Audit, AuditEvent, Comment, Defaults, Ticket, TicketChange, User, Via } from '../entities.ts';
import { blank, closedTicket, descriptionRequired, forbidden, recordNotFound, updateConflict } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import { auditVia, checkEnums, newTicket, plainProperties, secondsOf, ticketVia } from './ticket-build.ts';
import { addressOf, changeEvents, createEvents, ticketChanges } from './ticket-events.ts';
import { fieldsAndTags, descriptionFieldId } from './ticket-fields.ts';
import { journalTicket, linkTicket } from './ticket-journal.ts';
import { checkCommentCount, followUp, hasIncidents, type LinkRooms, markProblems, TicketLinks, wantedStatus } from './ticket-links.ts';
import type { RecentTickets } from './recent-tickets.ts';
import { TicketPeople } from './ticket-people.ts';
import { type BusinessRules, macroEvents, RULE_ACTOR, type TicketRules, type TicketWrite, withRules } from './ticket-rules.ts';
import { checkSolvable } from './solvable.ts';
import { customStatusId, impliedStatus, initialStatus, namedStatus } from './ticket-status.ts';
import type { UserService } from '../people/users.ts';

/** What tickets need of other rooms. */
export interface TicketRooms extends LinkRooms {
  readonly users: UserService;
  readonly fields: FieldService;
  readonly recentTickets: RecentTickets;
  defaults(account: string): Defaults;
}

export interface TicketResult {
  readonly ticket: Ticket;
  readonly audit: Audit;
}

/** Tickets, their audits and comments. Every change is one transaction with its journal entries. */
export class TicketService {
  readonly #context: SupportContext;
  readonly #users: UserService;
  readonly #fields: FieldService;
  readonly #people: TicketPeople;
  readonly #writer: CommentWriter;
  readonly #links: TicketLinks;
  readonly #rooms: TicketRooms;
  /** Business rules: run on every write, within its transaction. */
  rules: BusinessRules | undefined;

  constructor(context: SupportContext, rooms: TicketRooms) {
    this.#context = context;
    this.#rooms = rooms;
    this.#users = rooms.users;
    this.#fields = rooms.fields;
    this.#people = new TicketPeople(rooms.users);
    this.#writer = new CommentWriter(context, this.#people);
    this.#links = new TicketLinks(context, rooms);
  }

  /** Undefined when unknown or deleted. */
  get(account: string, id: number): Ticket | undefined {
    const ticket = this.#context.collections.tickets.get(account, id);
    return ticket?.deleted_at === null ? ticket : undefined;
  }

  /** Without deleted ones; `where` takes the columns of the collection. */
  list(account: string, query: Query = {}): Ticket[] {
    return this.#context.collections.tickets.find(account, { ...query, where: living(query.where) });
  }

  count(account: string, where: NonNullable<Query['where']> = {}): number {
    return this.#context.collections.tickets.count(account, { where: living(where) });
  }

  /** Oldest first. */
  audits(account: string, ticketId: number, query: Query = {}): Audit[] {
    return this.#context.collections.audits.find(account, { ...query, where: { ticket_id: ticketId, ...query.where } });
  }

  audit(account: string, ticketId: number, id: number): Audit | undefined {
    const audit = this.#context.collections.audits.get(account, id);
    return audit?.ticket_id === ticketId ? audit : undefined;
  }

  countAudits(account: string, ticketId: number): number {
    return this.#context.collections.audits.count(account, { where: { ticket_id: ticketId } });
  }

  /** Oldest first, each with the audit that it belongs to. */
  commentsWithAudits(account: string, ticketId: number): { comment: Comment; audit: Audit }[] {
    const audits = this.audits(account, ticketId, { where: { comments: { gt: 0 } } });
    return audits.flatMap((audit) => commentsOf(audit).map((comment) => ({ comment, audit })));
  }

  /** Oldest first. */
  comments(account: string, ticketId: number): Comment[] {
    return this.commentsWithAudits(account, ticketId).map(({ comment }) => comment);
  }

  /** What `create` refuses whoever the requester is: nobody has to be made for a ticket that will not be. @throws ApiError 422 */
  expectCreatable(account: string, draft: TicketDraft, actor: Actor): void {
    this.#links.check(account, draft, actor);
    if (commentDrafts(draft).length === 0) throw descriptionRequired(descriptionFieldId(this.#fields, account));
  }

  /** @throws ApiError 422 */
  create(account: string, draft: TicketDraft, actor: Actor): TicketResult {
    checkEnums(draft);
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const ids = this.#context.ids(account);
      const now = this.#context.now(account);
      const defaults = this.#rooms.defaults(account);
      const requester = this.#people.requester(account, draft, actor, draft.journey) ?? this.#self(account, actor);
      const assignee = this.#people.assignee(account, draft) ?? null;
      const followed = this.#links.followedUp(account, draft, actor);
      // The submitter that a follow-up names is ignored (documented).
      const submitterId = this.#submitterId(account, followed ? {} : draft, actor, requester);
      this.expectCreatable(account, draft, actor);
      expectTagsKept(actor.limits, { tags: followed?.tags ?? [] }, draft);
      const auditId = ids();
      const comments = this.#comments(account, draft, actor, { auditId, authorId: submitterId, isPublic: true, ids });
      const status = initialStatus(wantedStatus(defaults, draft), assignee !== null && !draft.custom_status_id);
      const id = draft.reserved ?? core.store.next(account, 'ticket');
      const encoded = core.ids.hex(10).toUpperCase();
      const bare = newTicket(draft, {
        id,
        encodedId: `${encoded.slice(0, 6)}-${encoded.slice(6)}`,
        via: followed ? followUp(this.#context, account, followed, id) : ticketVia(draft, actor),
        now,
        defaults,
        brandId: this.#context.accounts.expect(account).brand.id,
        requester,
        submitterId,
        assignee,
        groupOf: (organizationId) => this.#links.groupOf(account, organizationId),
        status,
        customStatusId: draft.custom_status_id || customStatusId(defaults, status),
        comments,
      });
      const inherited = { custom_fields: bare.custom_fields, tags: followed?.tags ?? [] };
      const { custom_fields, tags } = fieldsAndTags(inherited, draft, () => this.#fields.custom(account, 'ticket'));
      const { email_cc_ids, follower_ids } = this.#people.sharers(account, bare, draft, actor);
      const ticket: Ticket = { ...bare, custom_fields, tags, email_cc_ids, follower_ids };
      checkSolvable(this.#rooms, account, ticket, actor);
      const events = [
        ...comments,
        ...createEvents(ticket, ids, addressOf(this.#context, account)),
        ...macroEvents(this.rules, account, draft, ids),
      ];
      const via = auditVia(actor, ticket, () => requester, true);
      const audit = this.#audit(account, auditId, ticket, events, actor, via, draft.metadata);
      const ruled = withRules(this.#context, this.rules, this.#write(account, undefined, ticket, audit, actor, ids));
      collections.tickets.insert(account, ruled.ticket);
      markProblems(this.#context, account, ruled.ticket);
      this.#keep(account, ruled.audit);
      if (draft.journey) linkTicket(core.journeys, draft.journey, ticket);
      this.#rooms.recentTickets.written(account, actor, id, requester);
      journalTicket(this.#context, { account, kind: 'ticket.created', ticket, audit, actor });
      ruled.tell();
      return { ticket: ruled.ticket, audit: ruled.audit };
    });
  }

  /** Comments come through the patch. An update without effect leaves no audit. @throws ApiError 404, 409, 422 */
  update(account: string, id: number, patch: TicketPatch, actor: Actor): TicketResult {
    checkEnums(patch);
    return this.#context.core.store.transaction(() => {
      const before = this.get(account, id);
      if (!before) throw recordNotFound();
      if (!this.#rooms.visibility.actorSees(account, actor, before)) throw forbidden();
      expectAllowed(actor.limits, patch);
      expectTagsKept(actor.limits, before, patch);
      if (before.status === 'closed') throw closedTicket();
      this.#links.check(account, patch, actor, before);
      if (patch.safe_update !== undefined && patch.updated_stamp !== before.updated_at) throw updateConflict();
      const ids = this.#context.ids(account);
      const auditId = ids();
      const requester = this.#people.requester(account, patch, actor);
      const requesterId = requester?.id ?? before.requester_id;
      const { description: _ignored, ...said } = patch as TicketDraft;
      const authorId = actor.userId ?? requesterId;
      const comments = this.#comments(account, said, actor, { auditId, authorId, isPublic: before.is_public, ids });
      checkCommentCount(before.comment_count + comments.length);
      const after = this.#patched(account, before, patch, actor, requester, comments);
      return this.#commit(account, before, after, comments, { ids, auditId, actor, patch });
    });
  }

  /** Soft: the ticket is gone for every reader. Returns the audit of it. @throws ApiError 404 */
  delete(account: string, id: number, actor: Actor): Audit {
    return this.#context.core.store.transaction(() => {
      const before = this.get(account, id);
      if (!before) throw recordNotFound();
      if (!this.#rooms.visibility.actorSees(account, actor, before)) throw forbidden();
      const now = this.#context.now(account);
      const ticket: Ticket = { ...before, deleted_at: now, updated_at: now, generated_timestamp: secondsOf(now) };
      this.#context.collections.tickets.put(account, ticket);
      markProblems(this.#context, account, ticket);
      const audit = this.#keep(
        account,
        this.#audit(
          account,
          this.#context.ids(account)(),
          ticket,
          [],
          actor,
          auditVia(actor, ticket, () => undefined, false),
        ),
      );
      journalTicket(this.#context, { account, kind: 'ticket.deleted', ticket, audit, actor });
      return audit;
    });
  }

  #patched(
    account: string,
    before: Ticket,
    patch: TicketPatch,
    actor: Actor,
    requester: User | undefined,
    comments: readonly Comment[],
  ): Ticket {
    const defaults = this.#rooms.defaults(account);
    const assignee = this.#people.assignee(account, patch);
    const assigneeId = assignee === undefined ? before.assignee_id : (assignee?.id ?? null);
    const requesterId = requester?.id ?? before.requester_id;
    const named = namedStatus(before, wantedStatus(defaults, patch, before));
    const status = named ?? impliedStatus(before, assigneeId, comments, (author) => this.#people.isEndUser(account, author));
    const { group_id, type, ...plain } = plainProperties(before, patch);
    const { custom_fields, tags } = fieldsAndTags(before, patch, () => this.#fields.custom(account, 'ticket'));
    const { email_cc_ids, follower_ids } = this.#people.sharers(account, before, patch, actor);
    const usual = requester && requester.id !== before.requester_id ? requester.organization_id : before.organization_id;
    const after: Ticket = {
      ...before,
      ...plain,
      type,
      has_incidents: type === before.type ? before.has_incidents : hasIncidents(this.#context, account, { id: before.id, type }),
      custom_fields,
      tags,
      requester_id: requesterId,
      assignee_id: assigneeId,
      organization_id: patch.organization_id === undefined ? usual : patch.organization_id,
      group_id: assignee && patch.group_id === undefined && before.group_id === null ? assignee.default_group_id : group_id,
      status,
      custom_status_id: patch.custom_status_id || (status === before.status ? before.custom_status_id : customStatusId(defaults, status)),
      email_cc_ids,
      follower_ids,
      is_public: before.is_public || comments.some((comment) => comment.public),
      comment_count: before.comment_count + comments.length,
    };
    if (status !== before.status) checkSolvable(this.#rooms, account, after, actor);
    return after;
  }

  #commit(
    account: string,
    before: Ticket,
    patched: Ticket,
    comments: readonly Comment[],
    how: { ids: () => number; auditId: number; actor: Actor; patch: TicketPatch },
  ): TicketResult {
    const { ids, auditId, actor, patch } = how;
    const changes = ticketChanges(before, patched);
    const events = [
      ...comments,
      ...changeEvents(changes, ids, addressOf(this.#context, account)),
      ...macroEvents(this.rules, account, patch, ids),
    ];
    const via = auditVia(actor, before, () => this.#users.get(account, patched.requester_id), false);
    const audit = (ticket: Ticket): Audit => this.#audit(account, auditId, ticket, events, actor, via, patch.metadata);
    if (events.length === 0) return { ticket: before, audit: audit(before) };
    const ticket = this.#now(account, patched);
    return this.#settle(before, this.#write(account, before, ticket, audit(ticket), actor, ids), changes);
  }

  /** A change that no patch can make (a rating, another requester by a merge), as an update of its own with the event that tells of it. */
  updateBy(
    account: string,
    before: Ticket,
    change: Partial<Ticket>,
    told: { event: AuditEvent; change: TicketChange; triggers?: false },
    actor: Actor,
  ): TicketResult {
    return this.#context.core.store.transaction(() => {
      const ids = this.#context.ids(account);
      const ticket = this.#now(account, { ...before, ...change });
      const via = auditVia(actor, before, () => this.#users.get(account, ticket.requester_id), false);
      const audit = this.#audit(account, ids(), ticket, [told.event], actor, via);
      return this.#settle(before, this.#write(account, before, ticket, audit, actor, ids), [told.change], told.triggers);
    });
  }

  /** The ticket as updated at this moment. */
  #now(account: string, ticket: Ticket): Ticket {
    const now = this.#context.now(account);
    return { ...ticket, updated_at: now, generated_timestamp: secondsOf(now) };
  }

  /** What a rule by itself (an automation) does to a ticket, as an update of its own. Undefined when it does nothing. */
  updateByRule(account: string, id: number, via: Via, rule: TicketRules): TicketResult | undefined {
    return this.#context.core.store.transaction(() => {
      const before = this.get(account, id);
      if (!before || before.status === 'closed') return undefined;
      const ids = this.#context.ids(account);
      const audit = this.#audit(account, ids(), before, [], RULE_ACTOR, via);
      const done = rule(this.#write(account, before, before, audit, RULE_ACTOR, ids));
      if (!done) return undefined;
      const ticket = this.#now(account, done.ticket);
      const write = this.#write(account, before, ticket, { ...audit, events: done.events }, RULE_ACTOR, ids);
      const result = this.#settle(before, write, ticketChanges(before, ticket));
      done.after();
      return result;
    });
  }

  /** Stores an update with what the rules make of it. */
  #settle(before: Ticket, write: TicketWrite, changes: readonly TicketChange[], triggers = true): TicketResult {
    const { account, actor } = write;
    const { ticket, audit, tell } = withRules(this.#context, triggers ? this.rules : undefined, write);
    this.#context.collections.tickets.replace(account, before, ticket);
    this.#keep(account, audit);
    markProblems(this.#context, account, ticket, before);
    this.#rooms.recentTickets.written(account, actor, ticket.id);
    journalTicket(this.#context, { account, kind: 'ticket.updated', ticket: write.ticket, audit: write.audit, actor, changes });
    tell();
    if (ticket.type === 'problem' && ticket.status === 'solved' && before.status !== 'solved') this.#solveIncidents(account, ticket);
    return { ticket, audit };
  }

  #write(account: string, before: Ticket | undefined, ticket: Ticket, audit: Audit, actor: Actor, ids: () => number): TicketWrite {
    const change: TicketWrite['change'] = (at, patch) => {
      checkEnums(patch);
      this.#links.check(account, patch, RULE_ACTOR, at);
      const author = { auditId: audit.id, authorId: SYSTEM_USER_ID, isPublic: at.is_public, ids };
      const comments = this.#comments(account, patch, RULE_ACTOR, author);
      checkCommentCount(at.comment_count + comments.length);
      return { ticket: this.#patched(account, at, patch, RULE_ACTOR, undefined, comments), comments };
    };
    return { account, before, ticket, audit, actor, ids, change };
  }

  #comments(account: string, said: TicketPatch & Pick<TicketDraft, 'description'>, actor: Actor, how: Saying): Comment[] {
    return commentDrafts(said).map((draft) => this.#writer.write(account, draft, actor, how));
  }

  #keep(account: string, audit: Audit): Audit {
    this.#context.collections.audits.insert(account, audit);
    return audit;
  }

  #audit(
    account: string,
    id: number,
    ticket: Ticket,
    events: readonly AuditEvent[],
    actor: Actor,
    via: Via,
    custom?: TicketPatch['metadata'],
  ): Audit {
    const author = actor.userId ?? events.find((event) => 'author_id' in event)?.author_id ?? SYSTEM_USER_ID;
    const system =
      actor.client === undefined && actor.ipAddress === undefined ? {} : { client: actor.client ?? '', ip_address: actor.ipAddress ?? '' };
    return {
      id,
      ticket_id: ticket.id,
      created_at: this.#context.now(account),
      author_id: author,
      metadata: { system, custom: custom ?? {} },
      events,
      via,
    };
  }

  #submitterId(account: string, { submitter_id: named }: TicketDraft, actor: Actor, requester: User): number {
    if (!named) return actor.userId ?? requester.id;
    return named === requester.id ? named : this.#people.submitter(account, named).id;
  }

  /** Without a requester, whoever is authenticated becomes requester (recorded). */
  #self(account: string, actor: Actor): User {
    const self = actor.userId === null ? undefined : this.#users.acting(account, actor.userId);
    if (!self) throw blank('requester', 'Requester');
    return self;
  }

  /** Solving a problem solves its incidents that have an assignee (cascade inferred). */
  #solveIncidents(account: string, problem: Ticket): void {
    for (const incident of this.list(account, { where: { problem_id: problem.id } })) {
      const unsolved = incident.status !== 'solved' && incident.status !== 'closed';
      if (unsolved && incident.assignee_id !== null) this.update(account, incident.id, { status: 'solved' }, { userId: null, via: 'rule' });
    }
  }
}

/** A support type is only found of tickets that are not deleted. */
function living(where: NonNullable<Query['where']> = {}): NonNullable<Query['where']> {
  return where['support_type'] === undefined ? { deleted: 0, ...where } : where;
}
