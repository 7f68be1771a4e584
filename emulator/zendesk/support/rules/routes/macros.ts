import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import { forbidden, invalidAttribute, parameterMissing, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { itemsOf, ownId } from '../../routes/bulk.ts';
import { idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { sendPage } from '../../routes/page.ts';
import { actionDefinitions } from '../definitions.ts';
import { appliedMacro } from '../apply-macro.ts';
import type { MacroDraft } from '../drafts.ts';
import type { Macro } from '../entities.ts';
import { categoryOf } from '../macros.ts';
import { wireMacro } from '../wire.ts';
import { checkMayWriteMacro, usableMacro, writableMacro } from './macro-access.ts';
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

/** Files that are to be the macro's (inferred from the vendor's "associated with a macro at a later time"). */
const MORE = { attachments: 'integers' } as const;

/** `/macros`: shared ones and one's own; personal ones are for whom they belong to. */
export function macroRoutes(router: Router, support: Support): void {
  const { macros } = support.rules;

  router.get('/macros', (req, res) => {
    // Unless only those are asked for that can be applied, admins see everybody's (documented).
    const may = queryOf(req).get('only_viewable') === 'true' ? 'use' : 'manage';
    send(req, res, filtered(req, res, activeOf(req, 'macros/index'), may), 'macros/index');
  });
  router.get('/macros/active', (req, res) => send(req, res, filtered(req, res, true), 'macros/active'));
  router.get('/macros/search', (req, res) => {
    const found = titled(req, filtered(req, res, activeOf(req, 'macros/search')), 'macros/search');
    send(req, res, found, 'macros/search', true);
  });
  router.get('/macros/categories', (_req, res) => {
    sendJson(res, 200, { categories: macros.categories(scopeOf(res).account, viewerOf(support, res)) });
  });
  router.get('/macros/actions', (_req, res) => {
    sendJson(res, 200, { actions: actionDefinitions(support, scopeOf(res).account, 'macro') });
  });
  router.get('/macros/definitions', (_req, res) => {
    sendJson(res, 200, { definitions: { actions: actionDefinitions(support, scopeOf(res).account, 'macro') } });
  });

  /** A macro that is not stored, made of another one, of a ticket, or of both. */
  router.get('/macros/new', (req, res) => {
    const { account } = scopeOf(res);
    const number = (name: string): number | undefined => {
      const text = queryOf(req).get(name);
      if (text !== null && !/^\d{1,16}$/.test(text)) throw invalidAttribute(name, 'must be an integer', 'macros/new');
      return text === null ? undefined : Number(text);
    };
    const [macroId, ticketId] = [number('macro_id'), number('ticket_id')];
    if (macroId === undefined && ticketId === undefined) throw parameterMissing('macro_id', 'macros/new');
    const ticket = ticketId === undefined ? undefined : support.tickets.get(account, ticketId);
    if (ticketId !== undefined && !ticket) throw recordNotFound();
    if (ticket && !support.visibility.sees(account, principalOf(res), ticket)) throw forbidden();
    const said = ticket && support.tickets.comments(account, ticket.id).findLast((comment) => isAgent(account, comment.author_id));
    const macro = macroId === undefined ? undefined : usableMacro(support, res, macroId);
    sendJson(res, 200, { macro: macros.replica(macro, ticket, said?.body) });
  });

  /** Recorded: 201, though the description says 200. */
  router.post('/macros', (req, res) => {
    const { account, base } = scopeOf(res);
    const draft = readRule<MacroDraft>(req, res, 'macro', 'macros/create', MORE);
    checkMayWriteMacro(support, res, draft.restriction ?? null);
    const body = wireMacro(macros.create(account, draft), base);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { macro: body });
  });

  router.put('/macros/update_many', (req, res) => {
    const { account, base } = scopeOf(res);
    const changes = itemsOf(req, 'macros', 'updated', 'macros/update_many').map((item) => ({
      id: ownId(item, 'macros', 'macros/update_many'),
      ...bulkChange(item),
    }));
    for (const { id } of changes) writableMacro(support, res, id);
    const rows = macros.book.updateMany(account, changes).map((macro) => wireMacro(macro, base));
    sendJson(res, 200, { macros: rows, next_page: null, previous_page: null, count: rows.length });
  });

  router.delete('/macros/destroy_many', (req, res) => {
    const ids = deletedIds(req, 'macros');
    for (const id of ids) writableMacro(support, res, id);
    macros.book.deleteMany(scopeOf(res).account, ids);
    res.status(204).end();
  });

  router.get('/macros/:macro_id', (req, res) => {
    sendJson(res, 200, { macro: wireMacro(usableMacro(support, res, idOf(req, 'macro_id', 'macros/show')), scopeOf(res).base) });
  });

  router.put('/macros/:macro_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const { id } = writableMacro(support, res, idOf(req, 'macro_id', 'macros/update'));
    const patch = readRule<MacroDraft>(req, res, 'macro', 'macros/update', MORE);
    if (patch.restriction !== undefined) checkMayWriteMacro(support, res, patch.restriction);
    sendJson(res, 200, { macro: wireMacro(macros.update(account, id, patch), base) });
  });

  router.delete('/macros/:macro_id', (req, res) => {
    const { id } = writableMacro(support, res, idOf(req, 'macro_id', 'macros/destroy'));
    macros.book.delete(scopeOf(res).account, id);
    res.status(204).end();
  });

  router.get('/macros/:macro_id/apply', (req, res) => {
    const macro = usableMacro(support, res, idOf(req, 'macro_id', 'macros/apply'));
    const userId = viewerOf(support, res).user.id;
    sendJson(res, 200, { result: { ticket: appliedMacro(support, { ...scopeOf(res), macro, userId }) } });
  });

  router.get('/tickets/:ticket_id/macros/:macro_id/apply', (req, res) => {
    const ticket = support.tickets.get(scopeOf(res).account, idOf(req, 'ticket_id', 'macros/apply'));
    const macro = usableMacro(support, res, idOf(req, 'macro_id', 'macros/apply'));
    if (!ticket) throw recordNotFound();
    const userId = viewerOf(support, res).user.id;
    sendJson(res, 200, { result: { ticket: appliedMacro(support, { ...scopeOf(res), macro, ticket, userId }) } });
  });

  function isAgent(account: string, userId: number): boolean {
    const user = support.users.get(account, userId);
    return user !== undefined && user.role !== 'end-user';
  }

  function filtered(req: Request, res: Response, active: boolean | undefined, may: 'use' | 'manage' = 'use'): Macro[] {
    const category = queryOf(req).get('category');
    const viewer = viewerOf(support, res);
    const accessible = accessFilter(req, 'macros/index', viewer);
    return macros
      .list(scopeOf(res).account, viewer, may)
      .filter((macro) => (active === undefined || macro.active === active) && (category === null || categoryOf(macro) === category))
      .filter(accessible);
  }

  function send(req: Request, res: Response, rules: readonly Macro[], action: string, offsetOnly = false): void {
    const { base } = scopeOf(res);
    const beside = besideRule(support, req, res);
    const spec = { key: 'macros', action, order: BY_POSITION, descends: newestFirst(req), offsetOnly };
    sendPage(req, res, spec, ruleListing(rules, beside), ({ rule }) => ({ ...wireMacro(rule, base), ...beside(rule) }));
  }
}
