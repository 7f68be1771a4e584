import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { FieldDraft, FieldPatch } from '../drafts.ts';
import type { Field, FieldDisplay } from '../entities.ts';
import type { Support } from '../index.ts';
import type { Json } from '../wire.ts';
import { isVisibleInPortal, wireTicketField } from '../wire-fields.ts';
import { noRelationship } from './fields.ts';
import { idOf, isStaff, queryOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { permit, type Shape } from './permit.ts';
import { FIELD } from './shapes.ts';
import { manyOf, sendMany } from './show-many.ts';

const DISPLAY: Readonly<Record<keyof FieldDisplay, 'text' | 'boolean'>> = {
  agent_description: 'text',
  collapsed_for_agents: 'boolean',
  title_in_portal: 'text',
  visible_in_portal: 'boolean',
  editable_in_portal: 'boolean',
  required_in_portal: 'boolean',
};
const TICKET_FIELD: Shape = { ...FIELD, ...DISPLAY, required: 'boolean', raw_title_in_portal: 'any', sub_type_id: 'any' };

/** Ticket fields. */
export function ticketFieldRoutes(router: Router, support: Support): void {
  const { fields } = support;

  router.get('/ticket_fields', (req, res) => {
    const spec = { key: 'ticket_fields', action: 'ticket_fields/index', unpaged: true, order: { by: 'position', descending: false } };
    const all = fields.list(scopeOf(res).account, 'ticket');
    // End users get those that the portal shows (documented).
    const rows = isStaff(res) ? all : all.filter((field) => field.active && isVisibleInPortal(field));
    sendPage(req, res, spec, arrayListing(rows, ['position']), (field) => wire(res, field));
  });

  router.get('/ticket_fields/count', (_req, res) => {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: fields.list(account, 'ticket').length, refreshed_at: support.now(account) } });
  });

  router.get('/ticket_fields/show_many', (req, res) => {
    const named = (idOrKey: string): Field | undefined => fields.get(scopeOf(res).account, 'ticket', idOrKey);
    const found = manyOf(req, 'ticket_fields', { ids: named, keys: named });
    const bare = queryOf(req).get('exclude_sub_selection_options') === 'true';
    sendMany(res, 'ticket_fields', found.map((field) => wire(res, bare ? { ...field, options: [] } : field))); // prettier-ignore
  });

  router.post('/ticket_fields', (req, res) => {
    const draft = fieldOf<FieldDraft>(req, res, 'create');
    noRelationship(draft);
    const field = fields.create(scopeOf(res).account, 'ticket', draft);
    res.set('Location', String(wire(res, field)['url']));
    sendJson(res, 201, { ticket_field: wire(res, field) });
  });

  router.get('/ticket_fields/:ticket_field_id', (req, res) => {
    sendJson(res, 200, { ticket_field: wire(res, fields.expect(scopeOf(res).account, 'ticket', idOf(req, 'ticket_field_id', 'ticket_fields/show'))) }); // prettier-ignore
  });

  router.put('/ticket_fields/:ticket_field_id', (req, res) => {
    const patch = fieldOf<FieldPatch>(req, res, 'update');
    const id = idOf(req, 'ticket_field_id', 'ticket_fields/update');
    sendJson(res, 200, { ticket_field: wire(res, fields.update(scopeOf(res).account, 'ticket', id, patch)) });
  });

  router.delete('/ticket_fields/:ticket_field_id', (req, res) => {
    fields.delete(scopeOf(res).account, 'ticket', idOf(req, 'ticket_field_id', 'ticket_fields/destroy'));
    res.status(204).end();
  });

  function wire(res: Response, field: Field): Json {
    const { account, base } = scopeOf(res);
    const statuses = support.statuses.list(account).map((status) => ({ ...status, default: support.statuses.isDefault(account, status) }));
    const { agent_description, ...shown } = wireTicketField(field, base, statuses);
    // For the eyes of agents only (documented).
    return isStaff(res) ? { ...shown, agent_description } : shown;
  }
}

/** What says how the field is shown lies apart from what it is. */
function fieldOf<Written extends FieldPatch>(req: Request, res: Response, action: 'create' | 'update'): Written {
  const written = permit<Written & Partial<FieldDisplay>>(res, req.body, 'ticket_field', TICKET_FIELD, `ticket_fields/${action}`);
  const shown = Object.entries(written).filter(([name, value]) => name in DISPLAY && value !== null);
  const rest = Object.entries(written).filter(([name]) => !(name in DISPLAY));
  return { ...Object.fromEntries(rest), ...(shown.length > 0 ? { display: Object.fromEntries(shown) } : {}) } as Written;
}
