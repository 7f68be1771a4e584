import type { Request, RequestHandler, Response, Router } from 'express';
import { accountOf, principalOf, sendJson } from '../../account/index.ts';
import type { Ticket } from '../entities.ts';
import { forbidden, invalidAttribute, invalidSearch, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { type Finding, findingOf } from '../search/finding.ts';
import { wireSuspended } from '../suspended/routes.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../routes/http.ts';
import { type EndpointLimit, takeEndpoint } from '../routes/limits.ts';
import { arrayListing, type Listing } from '../routes/listing.ts';
import { type PageSpec, sendPage } from '../routes/page.ts';
import { isObject, permit, type Shape } from '../routes/permit.ts';
import { COMMENT } from '../routes/shapes.ts';
import { distinct, includes } from '../routes/sideloads.ts';
import type { Json } from '../wire.ts';
import type { RequestDraft, RequestPatch } from './request-service.ts';
import { mayView, OPEN, portalFields, userIdOf, type Viewer } from './request-view.ts';
import { type RequestScope, wirePerson, wireRequest, wireRequestComment } from './wire-request.ts';

/** Requests of callers without credentials; five an hour on trial accounts (documented). */
const ANONYMOUS: EndpointLimit = {
  name: 'ticket-request-create-by-user-and-ip',
  limit: 5,
  windowSeconds: 3_600,
  title: 'Too many requests to create',
  trialOnly: true,
};
const SORTS = ['created_at', 'updated_at'];
/** Results that a search pages through (documented). */
const MOST_FOUND = 1_000;

/** What a request may hold when it is made, and when it is changed (vendor article "Requests"). */
export const CREATE: Shape = {
  subject: 'text',
  comment: 'any',
  priority: 'text',
  type: 'text',
  due_at: 'text',
  custom_fields: 'any',
  fields: 'any',
  ticket_form_id: 'integer',
  custom_status_id: 'integer',
  recipient: 'text',
  requester: 'object',
  collaborators: 'people',
  email_ccs: 'objects',
  via_followup_source_id: 'integer',
};
export const UPDATE: Shape = { comment: 'any', solved: 'boolean', additional_collaborators: 'people', email_ccs: 'objects' };
const REQUEST_COMMENT: Shape = Object.fromEntries(Object.entries(COMMENT).filter(([name]) => name !== 'author_id' && name !== 'public'));

const signedIn: RequestHandler = (_req, res, next) => {
  if (principalOf(res).kind === 'anonymous') throw forbidden();
  next();
};

/** `/requests`, and those of a user or an organization. */
export function requestRoutes(router: Router, support: Support): void {
  const { requests } = support;

  router.get('/requests', signedIn, (req, res) => list(req, res, requests.own(account(res), viewer(res))));
  router.get('/requests/open', signedIn, (req, res) => list(req, res, requests.own(account(res), viewer(res)).filter(({ status }) => OPEN.includes(status)))); // prettier-ignore
  router.get('/requests/solved', signedIn, (req, res) => list(req, res, requests.own(account(res), viewer(res)).filter(({ status }) => !OPEN.includes(status)))); // prettier-ignore
  router.get('/requests/ccd', signedIn, (req, res) => list(req, res, requests.copied(account(res), viewer(res))));
  router.get('/requests/search', signedIn, search);

  router.post('/requests', (req, res) => {
    const principal = principalOf(res);
    if (principal.kind === 'anonymous') {
      if (accountOf(res).settings.anonymousRequests === false) throw forbidden();
      takeEndpoint(support, res, ANONYMOUS, req.ip ?? '');
    }
    const draft = written<RequestDraft>(req, res, CREATE, 'requests/create');
    const held = principal.kind === 'anonymous' ? support.suspended.hold(account(res), draft) : undefined;
    if (held) return sendJson(res, 201, { suspended_ticket: wireSuspended(res, held) });
    const shown = wireRequest(
      requests.create(account(res), draft, actorOf(req, res), principal.kind === 'anonymous' ? undefined : viewer(res)),
      scope(res),
    );
    res.set('Location', String(shown['url']));
    sendJson(res, 201, { request: shown });
  });

  router.get('/requests/:request_id', signedIn, (req, res) => {
    const ticket = ticketOf(req, res, 'requests/show');
    sendJson(res, 200, { request: wireRequest(ticket, scope(res)), ...beside(req, res)([ticket]) });
  });

  router.put('/requests/:request_id', signedIn, (req, res) => {
    const id = idOf(req, 'request_id', 'requests/update');
    const patch = written<RequestPatch>(req, res, UPDATE, 'requests/update');
    sendJson(res, 200, { request: wireRequest(requests.update(account(res), id, patch, viewer(res), actorOf(req, res)), scope(res)) });
  });

  router.get('/requests/:request_id/comments', signedIn, (req, res) => {
    const { base } = scopeOf(res);
    const query = queryOf(req);
    const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
    if (Number.isNaN(since)) throw invalidAttribute('since', 'must be a date', 'request_comments/index');
    const role = query.get('role');
    if (role !== null && role !== 'agent' && role !== 'end_user')
      throw invalidAttribute('role', 'must be one of agent, end_user', 'request_comments/index');
    const isAgent = (userId: number): boolean => (support.users.get(account(res), userId)?.role ?? 'agent') !== 'end-user';
    const rows = requests
      .comments(account(res), ticketOf(req, res, 'request_comments/index'))
      .map(({ comment, audit }) => ({ id: comment.id, created_at: audit.created_at, updated_at: audit.created_at, comment, audit }))
      .filter((row) => Date.parse(row.created_at) >= since)
      .filter((row) => role === null || isAgent(row.comment.author_id) === (role === 'agent'));
    const order = { by: 'created_at', descending: query.get('sort_order') === 'desc' };
    const spec: PageSpec<(typeof rows)[number]> = { key: 'comments', action: 'request_comments/index', order };
    sendPage(req, res, spec, arrayListing(rows, SORTS), (row) => wireRequestComment(row.comment, row.audit, base));
  });

  router.get('/requests/:request_id/comments/:ticket_comment_id', signedIn, (req, res) => {
    const id = idOf(req, 'ticket_comment_id', 'request_comments/show');
    const ticket = ticketOf(req, res, 'request_comments/show');
    const found = requests.comments(account(res), ticket).find(({ comment }) => comment.id === id);
    if (!found) throw recordNotFound();
    sendJson(res, 200, { comment: wireRequestComment(found.comment, found.audit, scopeOf(res).base) });
  });

  router.get('/users/:user_id/requests', signedIn, (req, res) => {
    const id = idOf(req, 'user_id', 'requests/index');
    const asking = viewer(res);
    if (asking.user.role === 'end-user' && asking.user.id !== id) throw forbidden();
    const { user } = requests.viewer(account(res), id);
    list(req, res, requests.own(account(res), { user, organizations: [] }).filter((ticket) => mayView(asking, ticket))); // prettier-ignore
  });

  router.get('/organizations/:organization_id/requests', signedIn, (req, res) => {
    list(req, res, requests.ofOrganization(account(res), idOf(req, 'organization_id', 'requests/index'), viewer(res)));
  });

  /** Offset pages only; `organization_id`, `cc_id` and `status` narrow it (documented). */
  async function search(req: Request, res: Response): Promise<void> {
    const query = queryOf(req);
    const text = query.get('query');
    if (text === null || text.trim() === '') throw invalidSearch('query is required');
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page') ?? 100);
    if (page > 1 && (page - 1) * Math.min(size, 100) >= MOST_FOUND)
      throw invalidSearch('Requested response size was greater than Search Response Limits');
    const asking = viewer(res);
    await support.search.ready(account(res));
    const found = narrowed(requests.search(account(res), text, asking), query, asking);
    // By relevance.
    const listing: Listing<Ticket> = {
      ...arrayListing<Ticket>([]),
      count: () => found.count,
      slice: (_order, offset, limit) => found.slice(offset, limit),
    };
    send(req, res, listing, { key: 'requests', action: 'requests/search', offsetOnly: true });
  }

  function list(req: Request, res: Response, tickets: readonly Ticket[]): void {
    // `status=hold,open`, as `/requests/search` has it.
    const statuses = queryOf(req).get('status')?.split(',');
    const rows = statuses ? tickets.filter(({ status }) => statuses.includes(status)) : tickets;
    send(req, res, arrayListing(rows, SORTS), { key: 'requests', action: 'requests/index' });
  }

  function send(req: Request, res: Response, listing: Listing<Ticket>, spec: PageSpec<Ticket>): void {
    const shown = scope(res);
    sendPage(req, res, { ...spec, beside: beside(req, res) }, listing, (ticket) => wireRequest(ticket, shown));
  }

  function beside(req: Request, res: Response): (rows: readonly Ticket[]) => Json {
    const wanted = includes(req);
    const people = ({ requester_id, assignee_id, email_cc_ids }: Ticket): (number | null)[] => [requester_id, assignee_id, ...email_cc_ids];
    const { users, organizations } = support;
    return (rows) => ({
      ...(wanted.has('users')
        ? { users: distinct(rows.flatMap(people), (id) => users.get(account(res), id)).map((user) => wirePerson(user, scopeOf(res).base)) }
        : {}),
      ...(wanted.has('organizations')
        ? { organizations: distinct(rows.map((row) => row.organization_id), (id) => organizations.get(account(res), id)).map(({ id, name }) => ({ id, name })) } // prettier-ignore
        : {}),
    });
  }

  function ticketOf(req: Request, res: Response, action: string): Ticket {
    return requests.get(account(res), idOf(req, 'request_id', action), viewer(res));
  }

  function viewer(res: Response): Viewer {
    const principal = principalOf(res);
    const seen = requests.viewer(account(res), userIdOf(principal) ?? 0);
    const limit = support.visibility.limit(account(res), principal);
    return limit ? { ...seen, limit, sees: (ticket) => support.visibility.sees(account(res), principal, ticket) } : seen;
  }

  function scope(res: Response): RequestScope {
    const fields = portalFields(support.fields.custom(account(res), 'ticket'));
    const opening = (ticket: Ticket): string => requests.comments(account(res), ticket)[0]?.comment.body ?? '';
    return { base: scopeOf(res).base, fields, userId: userIdOf(principalOf(res)), opening };
  }
}

function narrowed(found: Finding<Ticket>, query: URLSearchParams, { user }: Viewer): Finding<Ticket> {
  const statuses = query.get('status')?.split(',');
  const organization = query.get('organization_id');
  const isCopied = query.get('cc_id') === 'true';
  if (!statuses && organization === null && !isCopied) return found;
  const rows = found
    .slice()
    .filter((ticket) => !statuses || statuses.includes(ticket.status))
    .filter((ticket) => organization === null || ticket.organization_id === Number(organization))
    .filter((ticket) => !isCopied || ticket.email_cc_ids.includes(user.id));
  return findingOf(rows);
}

function account(res: Response): string {
  return scopeOf(res).account;
}

function written<Draft extends RequestPatch>(req: Request, res: Response, shape: Shape, action: string): Draft {
  const { comment, ...draft } = permit<RequestPatch>(res, req.body, 'request', shape, action);
  const said = isObject(comment) ? permit<RequestPatch['comment']>(res, { comment }, 'comment', REQUEST_COMMENT, action) : comment;
  return { ...draft, ...(said === undefined || said === null ? {} : { comment: said }) } as Draft;
}
