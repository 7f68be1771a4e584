import type { Request, Response } from 'express';
import { principalOf } from '../../account/index.ts';
import type { User } from '../entities.ts';
import type { Support } from '../index.ts';
import { endUserId } from '../people/routes/callers.ts';
import type { Json } from '../wire.ts';
import { scopeOf } from './http.ts';
import { besideUsers, includes } from './sideloads.ts';

/**
 * What stands beside users that somebody looks at: their organizations and the like, what the caller may do with them, and
 * how much they have to do (vendor article "Side-loading"). End users are told what they may do, and nothing of others.
 */
export function besideSeenUsers(support: Support, req: Request, res: Response, users: readonly User[]): Json {
  const wanted = includes(req);
  const abilities = wanted.has('abilities') ? { abilities: users.map((user) => abilitiesOf(res, user)) } : {};
  if (endUserId(res) !== undefined || principalOf(res).kind !== 'token') return abilities;
  const scope = scopeOf(res);
  const open = (id: number): [string, number] => [String(id), openTickets(support, res, id)];
  return {
    ...besideUsers(support, scope, wanted, users),
    ...abilities,
    ...(wanted.has('open_ticket_count') ? { open_ticket_count: Object.fromEntries(users.map(({ id }) => open(id))) } : {}),
  };
}

/** Assigned to the user and neither solved nor closed (which ones count as open is inferred), as far as the caller sees them. */
function openTickets(support: Support, res: Response, assignee_id: number): number {
  const { account } = scopeOf(res);
  const assigned = support.tickets.list(account, { where: support.visibility.narrow(account, principalOf(res), { assignee_id }) });
  return assigned.filter(({ status }) => status !== 'solved' && status !== 'closed').length;
}

/** The form, and what it says of oneself, is documented; of others it follows who may write whom (inferred). */
function abilitiesOf(res: Response, user: User): Json {
  const principal = principalOf(res);
  const isOwn = principal.kind === 'token' && principal.userId === user.id;
  const isOthers = principal.kind === 'token' && !isOwn && (principal.role === 'admin' || (principal.role === 'agent' && user.role === 'end-user')); // prettier-ignore
  return {
    can_edit: isOwn || isOthers,
    can_edit_password: isOwn,
    can_manage_identities_of: isOwn || isOthers,
    can_verify_identities: isOthers,
    url: `${scopeOf(res).base}/api/v2/users/${user.id}.json`,
    user_id: user.id,
  };
}
