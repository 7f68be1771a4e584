import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { forbidden, notEmulated, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { itemsOf, ownId } from '../../routes/bulk.ts';
import { idOf, scopeOf } from '../../routes/http.ts';
import { sendPage } from '../../routes/page.ts';
import { manyOf, sendMany } from '../../routes/show-many.ts';
import { conditionDefinitions } from '../definitions.ts';
import type { ViewDraft } from '../drafts.ts';
import type { Restriction, View } from '../entities.ts';
import { mayChange, mayUse } from '../restriction.ts';
import { readOutput } from '../views/output.ts';
import { wireView } from '../wire.ts';
import {
  accessFilter,
  activeOf,
  besideRule,
  bulkChange,
  BY_POSITION,
  deletedIds,
  newestFirst,
  readRule,
  ruleListing,
  titled,
  viewerOf,
} from './shared.ts';

/** Views in the menu of an agent (`compact`, vendor article "Views"). */
const MOST_COMPACT = 32;

/** `/views`: shared ones and one's own. What is in them: `view-tickets.ts`. */
export function viewRoutes(router: Router, support: Support): void {
  const { views } = support.rules;
  const fieldsOf = (res: Response): ReturnType<typeof support.fields.custom> => support.fields.custom(scopeOf(res).account, 'ticket');
  const wire = (res: Response, view: View): Record<string, unknown> => wireView(view, scopeOf(res).base, fieldsOf(res));

  router.get('/views', (req, res) => send(req, res, filtered(req, res, activeOf(req, 'views/index')), 'views/index'));
  router.get('/views/active', (req, res) => send(req, res, filtered(req, res, true), 'views/active'));
  router.get('/views/search', (req, res) => {
    send(req, res, titled(req, filtered(req, res, activeOf(req, 'views/search')), 'views/search'), 'views/search', true);
  });
  router.get('/views/compact', (req, res) => {
    const rows = filtered(req, res, true).slice(0, MOST_COMPACT);
    sendMany(
      res,
      'views',
      rows.map((view) => wire(res, view)),
    );
  });
  router.get('/views/count', (_req, res) => {
    const { account } = scopeOf(res);
    const value = views.list(account, viewerOf(support, res)).length;
    sendJson(res, 200, { count: { value, refreshed_at: support.now(account) } });
  });
  router.get('/views/definitions', (_req, res) => {
    const { all, any } = conditionDefinitions(support, scopeOf(res).account, 'view');
    sendJson(res, 200, { definitions: { conditions_all: all, conditions_any: any } });
  });
  router.get('/views/show_many', (req, res) => {
    const active = activeOf(req, 'views/show_many');
    const viewer = viewerOf(support, res);
    const beside = besideRule(support, req, res, false);
    const rows = manyOf<View>(req, 'views', { ids: (id) => views.book.get(scopeOf(res).account, Number(id)) })
      .filter((view) => mayUse(view.restriction, viewer))
      .filter((view) => active === undefined || view.active === active);
    sendMany(
      res,
      'views',
      rows.map((view) => ({ ...wire(res, view), ...beside(view) })),
    );
  });

  /** Recorded: 201, though the description says 200. */
  router.post('/views', (req, res) => {
    const draft = read(req, res, 'views/create');
    checkMayWrite(res, draft.restriction ?? null);
    const body = wire(res, views.create(scopeOf(res).account, draft));
    res.set('Location', String(body['url']));
    sendJson(res, 201, { view: body });
  });

  router.put('/views/update_many', (req, res) => {
    const changes = itemsOf(req, 'views', 'updated', 'views/update_many').map((item) => ({
      id: ownId(item, 'views', 'views/update_many'),
      ...bulkChange(item),
    }));
    for (const { id } of changes) writable(res, id);
    const rows = views.book.updateMany(scopeOf(res).account, changes);
    sendMany(
      res,
      'views',
      rows.map((view) => wire(res, view)),
    );
  });

  router.delete('/views/destroy_many', (req, res) => {
    const ids = deletedIds(req, 'views');
    for (const id of ids) writable(res, id);
    views.book.deleteMany(scopeOf(res).account, ids);
    res.status(204).end();
  });

  router.get('/views/:view_id', (req, res) => {
    const view = usableView(support, res, viewId(req, 'views/show'));
    sendJson(res, 200, { view: { ...wire(res, view), ...besideRule(support, req, res, false)(view) } });
  });

  router.put('/views/:view_id', (req, res) => {
    const { id } = writable(res, viewId(req, 'views/update'));
    const patch = read(req, res, 'views/update');
    if (patch.restriction !== undefined) checkMayWrite(res, patch.restriction);
    sendJson(res, 200, { view: wire(res, views.update(scopeOf(res).account, id, patch)) });
  });

  router.delete('/views/:view_id', (req, res) => {
    const { id } = writable(res, viewId(req, 'views/destroy'));
    views.book.delete(scopeOf(res).account, id);
    res.status(204).end();
  });

  function read(req: Request, res: Response, action: string): ViewDraft {
    return readView(support, req, res, action);
  }

  function writable(res: Response, id: number): View {
    const view = usableView(support, res, id);
    checkMayWrite(res, view.restriction);
    return view;
  }

  function checkMayWrite(res: Response, restriction: Restriction): void {
    if (!mayChange(restriction, viewerOf(support, res), 'view_access')) throw forbidden();
  }

  function filtered(req: Request, res: Response, active: boolean | undefined): View[] {
    const viewer = viewerOf(support, res);
    return views
      .list(scopeOf(res).account, viewer)
      .filter((view) => active === undefined || view.active === active)
      .filter(accessFilter(req, 'views/index', viewer));
  }

  function send(req: Request, res: Response, rules: readonly View[], action: string, offsetOnly = false): void {
    const spec = { key: 'views', action, order: BY_POSITION, descends: newestFirst(req), offsetOnly };
    const beside = besideRule(support, req, res, false);
    sendPage(req, res, spec, ruleListing(rules), ({ rule }) => ({ ...wire(res, rule), ...beside(rule) }));
  }
}

/** A view as a client wrote it. @throws ApiError 400, 422, 501 */
export function readView(support: Support, req: Request, res: Response, action: string): ViewDraft {
  const { output, execution, ...rest } = readRule<Record<string, unknown>>(req, res, 'view', action, { output: 'any', execution: 'any' });
  const read = readOutput({ output, execution }, support.fields.custom(scopeOf(res).account, 'ticket'), action);
  return { ...rest, ...(read ? { output: read } : {}) };
}

/** Views that the vendor keeps for everybody under a word instead of an id. */
const WORDS = ['incoming', 'my', 'my_groups'];

/** The view's id. @throws ApiError 400, 501 for the words that stand for views */
export function viewId(req: Request, action: string): number {
  const text = String(req.params['view_id']);
  if (WORDS.includes(text)) throw notEmulated(`the view ${text}`);
  return idOf(req, 'view_id', action);
}

/** A view that the caller may look at; others are as if they did not exist. @throws ApiError 404 */
export function usableView(support: Support, res: Response, id: number): View {
  const view = support.rules.views.book.expect(scopeOf(res).account, id);
  if (!mayUse(view.restriction, viewerOf(support, res))) throw recordNotFound();
  return view;
}
