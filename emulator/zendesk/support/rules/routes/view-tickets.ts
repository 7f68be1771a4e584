import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import type { Ticket } from '../../entities.ts';
import { invalidAttribute, parameterMissing, tooManyValues } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idsIn, queryOf, scopeOf } from '../../routes/http.ts';
import { sendPage } from '../../routes/page.ts';
import { besideTickets, includes } from '../../routes/sideloads.ts';
import { type Json, wireTicket } from '../../wire.ts';
import type { SortOrder, View } from '../entities.ts';
import { sortable } from '../views/output.ts';
import { viewListing, wireRow } from '../views/rows.ts';
import { type Found, foundBy, type Ordering } from '../views/run.ts';
import { VIEW_COLUMNS } from '../views/columns.ts';
import { wireColumn } from '../wire.ts';
import { readWorld } from '../read-world.ts';
import { viewerOf } from './shared.ts';
import { readView, usableView, viewId } from './views.ts';

/** Views whose tickets one call may count (vendor article "Views"). */
const MOST_COUNTED = 20;

/** What is in views: their tickets, as tickets, as rows of columns, or counted. */
export function viewTicketRoutes(router: Router, support: Support): void {
  const { context, rules } = support;

  /** Views are read off the index of search. */
  const ready = (res: Response): Promise<void> | undefined => support.search.ready(scopeOf(res).account, ['ticket']);

  router.get('/views/count_many', async (req, res) => {
    await ready(res);
    const text = queryOf(req).get('ids');
    if (text === null) throw parameterMissing('ids', 'views/count_many');
    const ids = idsIn(text);
    if (ids.length > MOST_COUNTED) throw tooManyValues('views', MOST_COUNTED);
    const viewer = viewerOf(support, res);
    const views = rules.views.list(scopeOf(res).account, viewer).filter((view) => ids.includes(view.id));
    sendJson(res, 200, { view_counts: views.map((view) => countOf(res, view)) });
  });

  /** The tickets of a view that is not stored. */
  router.post('/views/preview', async (req, res) => {
    await ready(res);
    execute(req, res, previewed(req, res, 'views/preview'), true);
  });
  router.post('/views/preview/count', async (req, res) => {
    await ready(res);
    sendJson(res, 200, { view_count: countOf(res, previewed(req, res, 'views/preview_count'), true) });
  });

  router.get('/views/:view_id/count', async (req, res) => {
    await ready(res);
    sendJson(res, 200, { view_count: countOf(res, usableView(support, res, viewId(req, 'views/count'))) });
  });

  /** Documented: a job makes the file. Each call makes one; what a call answers while its file is there is not documented. */
  router.get('/views/:view_id/export', async (req, res) => {
    await ready(res);
    const { account, base } = scopeOf(res);
    const view = usableView(support, res, viewId(req, 'views/export'));
    const actor = actorOf(req, res);
    const limit = support.visibility.limit(account, principalOf(res));
    support.viewExports(account, [{ viewId: view.id, userId: viewerOf(support, res).user.id, base, ...(limit ? { limit } : {}) }], actor);
    sendJson(res, 200, { export: { status: 'starting', view_id: view.id } });
  });

  router.get('/views/:view_id/execute', async (req, res) => {
    await ready(res);
    const view = usableView(support, res, viewId(req, 'views/execute'));
    execute(req, res, view, false);
  });

  router.get('/views/:view_id/tickets', async (req, res) => {
    await ready(res);
    const scope = scopeOf(res);
    const view = usableView(support, res, viewId(req, 'views/tickets'));
    const fields = support.fields.custom(scope.account, 'ticket');
    const tickets = known(scope.account);
    const beside = (rows: readonly { id: number }[]): Json => besideTickets(support, scope, includes(req), rows.flatMap(({ id }) => tickets(id))); // prettier-ignore
    const { output } = orderedView(req, res, view, 'views/tickets');
    const spec = { key: 'tickets', action: 'views/tickets', idColumn: 'nice_id', ownOrder: orderName(output), beside };
    sendPage(req, res, spec, listing(res, view, output), ({ id }, kind) => {
      const [ticket] = tickets(id);
      return ticket && wireTicket(ticket, { base: scope.base, fields }, kind);
    });
  });

  function execute(req: Request, res: Response, view: View, preview: boolean): void {
    const scope = scopeOf(res);
    const { account, base } = scope;
    const fields = support.fields.custom(account, 'ticket');
    const { output } = orderedView(req, res, view, 'views/execute');
    const world = readWorld(context, rules.readers, account);
    const tickets = known(account);
    const columns = output.columns.flatMap((name) => wireColumn(name, base, fields) ?? []);
    const excluded = new Set((queryOf(req).get('exclude') ?? '').split(','));
    const wanted = new Set(['users', 'groups', 'organizations'].filter((name) => !excluded.has(name)));
    const beside = (rows: readonly { id: number }[]): Json => ({
      columns,
      ...(preview ? {} : { view: { id: view.id, url: `${base}/api/v2/views/${view.id}.json` } }),
      ...besideTickets(support, scope, wanted, rows.flatMap(({ id }) => tickets(id))), // prettier-ignore
    });
    sendPage(
      req,
      res,
      { key: 'rows', action: 'views/execute', idColumn: 'nice_id', ownOrder: orderName(output), beside },
      listing(res, view, output),
      ({ id }) => {
        const [ticket] = tickets(id);
        return ticket && wireRow(ticket, output, world, base, fields);
      },
    );
  }

  /** The view's tickets that the caller gets to see, in its order or the one asked for. */
  function listing(res: Response, view: View, ordering: Ordering): ReturnType<typeof viewListing> {
    const custom = support.fields.custom(scopeOf(res).account, 'ticket').map(({ id }) => String(id));
    return viewListing(seen(res, view, ordering), ordering, [...Object.keys(VIEW_COLUMNS), ...custom, ...OTHER_SORTS]);
  }

  function seen(res: Response, view: View, ordering?: Ordering): Found[] {
    const { account } = scopeOf(res);
    const limit = support.visibility.limit(account, principalOf(res));
    return foundBy(context, rules.readers, account, view.conditions, viewerOf(support, res).user.id, ordering, limit);
  }

  function countOf(res: Response, view: View, preview = false): Json {
    const { base } = scopeOf(res);
    const value = seen(res, view).length;
    const about = preview ? {} : { url: `${base}/api/v2/views/${view.id}/count.json`, view_id: view.id };
    return { ...about, value, pretty: String(value), fresh: true, active: view.active };
  }

  /** @throws ApiError 400 for a column that cannot be sorted by */
  function orderedView(req: Request, res: Response, view: View, action: string): View {
    const query = queryOf(req);
    const fields = support.fields.custom(scopeOf(res).account, 'ticket');
    const by = (name: 'sort_by' | 'group_by'): string | undefined => {
      const text = query.get(name) ?? (name === 'sort_by' ? query.get('sort')?.replace(/^-/, '') : undefined);
      if (text === null || text === undefined || text === '') return undefined;
      const column = sortable(text, fields);
      if (column === undefined) throw invalidAttribute(name, 'must be a sortable column', action);
      return column;
    };
    const order = (name: 'sort_order' | 'group_order'): SortOrder | undefined => {
      const text = query.get(name)?.toLowerCase();
      return text === 'asc' || text === 'desc' ? text : undefined;
    };
    const [sortBy, groupBy] = [by('sort_by'), by('group_by')];
    const sort = query.get('sort');
    const sortOrder = order('sort_order') ?? (sort === null ? undefined : sort.startsWith('-') ? 'desc' : 'asc');
    return {
      ...view,
      output: {
        ...view.output,
        ...(sortBy === undefined ? {} : { sort_by: sortBy, sort_order: sortOrder ?? 'asc' }),
        ...(sortBy === undefined && sortOrder !== undefined ? { sort_order: sortOrder } : {}),
        ...(groupBy === undefined ? {} : { group_by: groupBy, group_order: order('group_order') ?? 'asc' }),
      },
    };
  }

  function previewed(req: Request, res: Response, action: string): View {
    return rules.views.made(scopeOf(res).account, readView(support, req, res, action), 0);
  }

  /** A ticket by id as a list of one, or of none when it is gone by now. */
  function known(account: string): (id: number) => Ticket[] {
    const read = new Map<number, Ticket[]>();
    return (id) => {
      const ticket = read.get(id) ?? [support.tickets.get(account, id)].filter((each): each is Ticket => each !== undefined);
      read.set(id, ticket);
      return ticket;
    };
  }
}

/** An order as cursors call it: those of another order are no place in this one. */
function orderName({ group_by, group_order, sort_by, sort_order }: Ordering): string {
  const terms = [[group_by, group_order], [sort_by, sort_order]]; // prettier-ignore
  return terms.flatMap(([by, order]) => (by ? [`${order === 'asc' ? '' : '-'}${by}`] : [])).join('+') || '-nice_id';
}

/** Other names by which columns can be sorted. */
const OTHER_SORTS = ['created_at', 'updated_at', 'requester_id', 'assignee_id', 'group_id', 'organization_id', 'ticket_type', 'ticket_id'];
