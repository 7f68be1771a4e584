import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { beginningWith, copiedTo } from '../../collections.ts';
import type { User } from '../../entities.ts';
import { invalidAttribute, notEmulated, parameterMissing, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { arrayListing, type Listing, tableListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit } from '../../routes/permit.ts';
import { type Json, wireGroup, wireUser } from '../../wire.ts';
import { digitsOf } from '../phone.ts';

/** Properties of a user that was deleted, in the description's order. */
const DELETED = ['id', 'url', 'name', 'email', 'created_at', 'updated_at', 'time_zone', 'phone', 'shared_phone_number', 'photo', 'locale_id', 'locale', 'organization_id', 'role', 'active']; // prettier-ignore

/** Merging, deleting for good, and what is known of a user besides their record. */
export function userPeopleRoutes(router: Router, support: Support): void {
  const { people, users, groups } = support;
  const { deletedUsers } = people;

  /** `me` would merge oneself, with the other's password: not emulated. */
  router.put('/users/:user_id/merge', (req, res) => {
    if (req.params['user_id'] === 'me') throw notEmulated('PUT /api/v2/users/me/merge');
    const { account, base } = scopeOf(res);
    const action = 'users/merge';
    const { id: winner } = permit<{ id?: number }>(res, req.body, 'user', { id: 'integer', email: 'later', password: 'later' }, action);
    if (!winner) throw parameterMissing('user.id', action);
    const user = people.userMerge.merge(account, idOf(req, 'user_id', action), winner, actorOf(req, res));
    sendJson(res, 200, { user: wireUser(user, { base, fields: support.fields.custom(account, 'user') }) });
  });

  router.get('/users/:user_id/related', (req, res) => {
    const { account } = scopeOf(res);
    const { id } = user(req, res, 'users/related');
    const user_related = {
      assigned_tickets: support.tickets.count(account, { assignee_id: id }),
      requested_tickets: support.tickets.count(account, { requester_id: id }),
      ccd_tickets: support.tickets.count(account, { copied: copiedTo(id, 'cc') }),
      organization_subscriptions: people.subscriptions.count(account, { user_id: id }),
    };
    sendJson(res, 200, { user_related });
  });

  router.get('/users/:user_id/compliance_deletion_statuses', (req, res) => {
    const { account } = scopeOf(res);
    const application = queryOf(req).get('application');
    const steps = deletedUsers.compliance(account, idOf(req, 'user_id', 'users/compliance_deletion_statuses'));
    const rows = steps.filter((step) => application === null || step.application === application);
    sendJson(res, 200, { compliance_deletion_statuses: rows.map((step) => ({ ...step, account_subdomain: account })) });
  });

  router.get('/users/:user_id/groups', (req, res) => {
    const { account, base } = scopeOf(res);
    const rows = groups.of(account, user(req, res, 'groups/index').id);
    sendPage(req, res, { key: 'groups', action: 'groups/index' }, arrayListing(rows), (group) => wireGroup(group, base));
  });

  router.get('/users/:user_id/groups/count', (req, res) => {
    const { account } = scopeOf(res);
    const value = groups.of(account, user(req, res, 'groups/count').id).length;
    sendJson(res, 200, { count: { value, refreshed_at: support.now(account) } });
  });

  router.get('/deleted_users', (req, res) => {
    const { account } = scopeOf(res);
    const listing = tableListing<User>((query) => deletedUsers.list(account, query), () => deletedUsers.count(account), ['created_at', 'updated_at', 'name']); // prettier-ignore
    sendPage(req, res, { key: 'deleted_users', action: 'deleted_users/index' }, listing, (row) => wireDeleted(res, row));
  });

  router.get('/deleted_users/count', (_req, res) => {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: deletedUsers.count(account), refreshed_at: support.now(account) } });
  });

  router.get('/deleted_users/:deleted_user_id', (req, res) => {
    const found = deletedUsers.get(scopeOf(res).account, idOf(req, 'deleted_user_id', 'deleted_users/show'));
    if (!found) throw recordNotFound();
    sendJson(res, 200, { deleted_user: wireDeleted(res, found) });
  });

  router.delete('/deleted_users/:deleted_user_id', (req, res) => {
    const id = idOf(req, 'deleted_user_id', 'deleted_users/destroy');
    sendJson(res, 200, { deleted_user: wireDeleted(res, deletedUsers.erase(scopeOf(res).account, id, actorOf(req, res))) });
  });

  function user(req: Request, res: Response, action: string): User {
    const found = users.get(scopeOf(res).account, idOf(req, 'user_id', action));
    if (!found) throw recordNotFound();
    return found;
  }

  function wireDeleted(res: Response, row: User): Json {
    const whole = wireUser(row, { base: scopeOf(res).base, fields: [] });
    return Object.fromEntries(DELETED.map((key) => [key, whole[key]]));
  }
}

/** What `/users/autocomplete` asks for, from the query or the body. */
export interface UserAutocomplete {
  readonly name?: unknown;
  readonly phone?: unknown;
  readonly filter?: unknown;
  readonly field_id?: unknown;
}

/**
 * Users by the beginning of their name, or by a number of theirs. `assignable` asks for agents; filters of lookup
 * relationship fields are not emulated. @throws ApiError 400 without name and phone, or a name of one character
 */
export function autocompleted(support: Support, account: string, { name, phone, filter, field_id }: UserAutocomplete): Listing<User> {
  const action = 'users/autocomplete';
  if ((field_id ?? null) !== null || typeof filter === 'object') throw notEmulated('autocompletion for lookup relationship fields');
  if (filter !== undefined && filter !== 'assignable' && filter !== 'requester')
    throw invalidAttribute('filter', 'must be one of assignable, requester', action);
  const text = typeof name === 'string' ? name.trim().toLowerCase() : '';
  const digits = typeof phone === 'string' || typeof phone === 'number' ? digitsOf(String(phone)) : '';
  if (!text && !digits) throw parameterMissing('name', action);
  if (text && text.length < 2) throw invalidAttribute('name', 'must have at least 2 characters', action);
  if (text) {
    const staff = filter === 'assignable' ? { role: { in: ['agent', 'admin'] } } : {};
    const where = { name: beginningWith(text), ...staff };
    return tableListing(
      (query) => support.users.list(account, { ...query, where: { ...where, ...query.where } }),
      () => support.users.count(account, where),
    );
  }
  const found = support.search.users(account, `phone:${digits}`).slice();
  return arrayListing(filter === 'assignable' ? found.filter(({ role }) => role !== 'end-user') : found);
}
