import { copiedTo } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { CommentDraft, RequesterDraft, TicketDraft, TicketPatch } from '../drafts.ts';
import type { Actor, Audit, Comment, CustomFieldValue, Ticket } from '../entities.ts';
import { blank, forbidden, recordInvalid, recordNotFound } from '../errors.ts';
import { type Finding, findingOf } from '../search/finding.ts';
import type { Hit, SearchService } from '../search/search-service.ts';
import type { FieldService } from '../fields/fields.ts';
import type { OrganizationService } from '../people/organizations.ts';
import type { UserService } from '../people/users.ts';
import type { TicketService } from '../tickets/tickets.ts';
import type { TicketFormService } from '../account-objects/ticket-forms.ts';
import { checkAsked } from './asked-fields.ts';
import { requestSearch } from './request-search.ts';
import { canSolve, mayComment, mayView, portalFields, sharedWith, type Viewer } from './request-view.ts';

/** What `POST /requests` may say. */
export type RequestDraft = Pick<
  TicketDraft,
  | 'subject'
  | 'priority'
  | 'type'
  | 'due_at'
  | 'custom_fields'
  | 'fields'
  | 'ticket_form_id'
  | 'custom_status_id'
  | 'recipient'
  | 'collaborators'
  | 'email_ccs'
  | 'via_followup_source_id'
> & { comment?: CommentDraft | string; requester?: RequesterDraft };

/** What `PUT /requests/{id}` may say: nothing else of a request can be changed (documented). */
export interface RequestPatch extends Pick<TicketPatch, 'additional_collaborators' | 'email_ccs'> {
  comment?: CommentDraft | string;
  solved?: boolean;
}

interface Rooms {
  readonly context: SupportContext;
  readonly tickets: TicketService;
  readonly users: UserService;
  readonly organizations: OrganizationService;
  readonly fields: FieldService;
  readonly search: SearchService;
  readonly forms: Pick<TicketFormService, 'list' | 'isDefault'>;
}

/** Tickets as those see them who asked: the Requests API (vendor article "Requests"). */
export class RequestService {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** @throws ApiError 404 for a user that is unknown */
  viewer(account: string, userId: number): Viewer {
    const { users, organizations, context } = this.#rooms;
    const user = users.get(account, userId);
    if (!user) throw recordNotFound();
    const memberships = context.collections.organizationMemberships.find(account, { where: { user_id: userId } });
    const memberOf = memberships.flatMap(({ organization_id }) => organizations.get(account, organization_id) ?? []);
    return { user, organizations: sharedWith(user, memberOf) };
  }

  /** @throws ApiError 404, also for a ticket that the viewer does not get to see */
  get(account: string, id: number, viewer: Viewer): Ticket {
    const ticket = this.#rooms.tickets.get(account, id);
    if (!ticket || !mayView(viewer, ticket)) throw recordNotFound();
    return ticket;
  }

  /** The user's own, by id. */
  own(account: string, viewer: Viewer): Ticket[] {
    return this.#seen(this.#rooms.tickets.list(account, { where: { requester_id: viewer.user.id } }), viewer);
  }

  /** Those on which the user is copied. */
  copied(account: string, viewer: Viewer): Ticket[] {
    return this.#seen(this.#rooms.tickets.list(account, { where: { copied: copiedTo(viewer.user.id, 'cc') } }), viewer);
  }

  /** An organization's, for agents and for members who share them. @throws ApiError 403, 404 */
  ofOrganization(account: string, id: number, viewer: Viewer): Ticket[] {
    if (!this.#rooms.organizations.get(account, id)) throw recordNotFound();
    if (viewer.user.role === 'end-user' && !viewer.organizations.some((each) => each.id === id)) throw forbidden();
    return this.#seen(this.#rooms.tickets.list(account, { where: { organization_id: id } }), viewer);
  }

  /** By relevance. End users find what they see, by what they see of it; agents by all that there is. @throws ApiError 422 */
  search(account: string, text: string, viewer: Viewer): Finding<Ticket> {
    const { search, fields } = this.#rooms;
    const ticketsOf = (hits: readonly Hit[]): Ticket[] => hits.map(({ record }) => record as Ticket);
    if (viewer.user.role !== 'end-user') {
      const narrowed = viewer.limit ? { limit: viewer.limit } : {};
      const hits = search.find(account, { query: text, me: viewer.user.id, only: 'ticket', ...narrowed });
      return { count: hits.count, slice: (offset, limit) => ticketsOf(hits.slice(offset, limit)) };
    }
    const visible = portalFields(fields.custom(account, 'ticket')).map(({ id }) => id);
    const wanted = requestSearch(text, viewer, visible);
    if (!wanted) return findingOf([]);
    const found = this.#seen(ticketsOf(search.find(account, wanted.request).slice()), viewer);
    return findingOf(
      found.filter((ticket) => {
        let said: readonly Comment[] | undefined;
        // However many words there are.
        return wanted.fits(ticket, () => (said ??= this.comments(account, ticket).map(({ comment }) => comment)));
      }),
    );
  }

  /** Public comments, oldest first, each with its audit. */
  comments(account: string, ticket: Ticket): { comment: Comment; audit: Audit }[] {
    return this.#rooms.tickets.commentsWithAudits(account, ticket.id).filter(({ comment }) => comment.public);
  }

  /** Somebody unknown (no user) must say who they are. It follows up on a ticket that the viewer gets to see alone. @throws ApiError 422 */
  create(account: string, draft: RequestDraft, actor: Actor, viewer: Viewer | undefined): Ticket {
    const { comment, requester, custom_fields: asked, fields: asWell, via_followup_source_id: followed, ...rest } = draft;
    const stranger = actor.userId === null;
    if (stranger && !requester?.name && !requester?.email) throw blank('requester', 'Requester');
    const said = comment === undefined ? {} : { comment: outward(comment) };
    const custom_fields = this.#editable(account, asked ?? asWell);
    this.#checkAsked(account, draft, custom_fields, viewer);
    const source = followed === undefined ? undefined : this.#rooms.tickets.get(account, followed);
    const followup = source && viewer && mayView(viewer, source) ? { via_followup_source_id: source.id } : {};
    const whole = { ...rest, ...followup, ...said, custom_fields, ...(stranger && requester ? { requester } : {}) };
    return this.#rooms.tickets.create(account, whole, actor).ticket;
  }

  /** @throws ApiError 404, 403 for one that is only seen (inferred), 422 for one that the user cannot solve (inferred) or that is closed */
  update(account: string, id: number, patch: RequestPatch, viewer: Viewer, actor: Actor): Ticket {
    return this.#rooms.context.core.store.transaction(() => {
      const ticket = this.get(account, id, viewer);
      if (!mayComment(viewer, ticket)) throw forbidden();
      const { comment, solved, ...rest } = patch;
      if (solved && !canSolve(ticket, viewer.user.id))
        throw recordInvalid({ status: [{ description: 'Status: the request cannot be solved by its requester', error: 'InvalidValue' }] });
      const change: TicketPatch = {
        ...rest,
        ...(comment === undefined ? {} : { comment: outward(comment) }),
        ...(solved ? { status: 'solved' } : {}),
      };
      return this.#rooms.tickets.update(account, id, change, actor).ticket;
    });
  }

  #checkAsked(account: string, draft: RequestDraft, customFields: readonly CustomFieldValue[], viewer: Viewer | undefined): void {
    const { fields, forms } = this.#rooms;
    const known = forms.list(account);
    const form = known.find(({ id }) => id === draft.ticket_form_id) ?? known.find((each) => forms.isDefault(account, each));
    const isStaff = viewer !== undefined && viewer.user.role !== 'end-user';
    checkAsked({ fields: fields.list(account, 'ticket'), form, isStaff }, draft, customFields);
  }

  /** Values of fields that end users may fill in; others are passed over (inferred). */
  #editable(account: string, values: unknown): CustomFieldValue[] {
    const open = new Set(portalFields(this.#rooms.fields.custom(account, 'ticket'), 'editable_in_portal').map(({ id }) => id));
    const written = Array.isArray(values) ? (values as (CustomFieldValue | null)[]) : [];
    return written.filter((field): field is CustomFieldValue => open.has(Number(field?.id)));
  }

  #seen(tickets: readonly Ticket[], viewer: Viewer): Ticket[] {
    return tickets.filter((ticket) => mayView(viewer, ticket));
  }
}

/** Comments of requests are public and the caller's own. */
function outward(comment: CommentDraft | string): CommentDraft {
  if (typeof comment === 'string') return { body: comment, public: true };
  const { author_id: _author, type: _type, data: _data, ...rest } = comment;
  return { ...rest, public: true };
}
