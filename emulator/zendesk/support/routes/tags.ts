import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { TicketPatch } from '../drafts.ts';
import { invalidAttribute, parameterMissing, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { tagUsage } from '../tickets/tag-usage.ts';
import { cleanTags } from '../tickets/tags.ts';
import { actorOf, idOf, queryOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';

/** What the tags below become: POST sets them, PUT adds, DELETE removes (vendor article "Tags"). */
type Change = (current: readonly string[], written: readonly string[]) => readonly string[];

const set: Change = (_current, written) => written;
const add: Change = (current, written) => cleanTags([...current, ...written]);
const remove: Change = (current, written) => current.filter((tag) => !written.includes(tag));

/** Tags that are offered at once (inferred). */
const MOST_COMPLETED = 100;

/** Something that has tags. */
interface Owner {
  readonly path: string;
  readonly parameter: string;
  tags(account: string, id: number): readonly string[] | undefined;
  write(req: Request, res: Response, id: number, tags: readonly string[]): readonly string[];
}

/** `/tags`, what they can be completed to, and the tags of tickets, users and organizations. */
export function tagRoutes(router: Router, support: Support): void {
  const { tickets, users, organizations } = support;

  router.get('/tags', (req, res) => {
    const listing = arrayListing(tagUsage(support.context, scopeOf(res).account));
    sendPage(req, res, { key: 'tags', action: 'tags/index' }, listing, ({ name, count }) => ({ name, count }));
  });

  router.get('/tags/count', (_req, res) => {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: tagUsage(support.context, account).length, refreshed_at: support.now(account) } });
  });

  for (const method of ['get', 'post'] as const) {
    router[method]('/autocomplete/tags', (req, res) => {
      const wanted = beginningOf(req);
      const names = tagUsage(support.context, scopeOf(res).account).map(({ name }) => name);
      sendJson(res, 200, { tags: names.filter((name) => name.startsWith(wanted)).slice(0, MOST_COMPLETED) });
    });
  }

  owned({
    path: '/tickets/:ticket_id/tags',
    parameter: 'ticket_id',
    tags: (account, id) => tickets.get(account, id)?.tags,
    write: (req, res, id, tags) => tickets.update(scopeOf(res).account, id, { tags, ...safely(req) }, actorOf(req, res)).ticket.tags,
  });
  owned({
    path: '/users/:user_id/tags',
    parameter: 'user_id',
    tags: (account, id) => users.get(account, id)?.tags,
    write: (req, res, id, tags) => users.update(scopeOf(res).account, id, { tags }, actorOf(req, res)).tags,
  });
  owned({
    path: '/organizations/:organization_id/tags',
    parameter: 'organization_id',
    tags: (account, id) => organizations.get(account, id)?.tags,
    write: (req, res, id, tags) => organizations.update(scopeOf(res).account, id, { tags }, actorOf(req, res)).tags,
  });

  function owned(owner: Owner): void {
    const current = (req: Request, res: Response): readonly string[] => {
      const tags = owner.tags(scopeOf(res).account, idOf(req, owner.parameter, 'tags'));
      if (!tags) throw recordNotFound();
      return tags;
    };
    const change = (status: number, how: Change) => (req: Request, res: Response) => {
      const before = current(req, res);
      const wanted = how(before, writtenTags(req));
      sendJson(res, status, { tags: owner.write(req, res, Number(req.params[owner.parameter]), wanted) });
    };
    router.get(owner.path, (req, res) => sendJson(res, 200, { tags: current(req, res) }));
    router.post(owner.path, change(201, set));
    router.put(owner.path, change(200, add));
    router.delete(owner.path, change(200, remove));
  }
}

/** `name` of the body or of the query (vendor article "Tags", Search Tags: at least two characters). @throws ApiError 400 */
function beginningOf(req: Request): string {
  const { name = queryOf(req).get('name') } = (req.body ?? {}) as { name?: unknown };
  if (name === null) throw parameterMissing('name', 'autocomplete/tags');
  if (typeof name !== 'string' || name.length < 2) throw invalidAttribute('name', 'must have at least 2 characters', 'autocomplete/tags');
  return name.toLowerCase();
}

/** `tags` of the body, or of the query (DELETE is documented with it). @throws ApiError 400 */
function writtenTags(req: Request): string[] {
  const body = req.body as { tags?: unknown } | undefined;
  const tags = body?.tags ?? queryOf(req).get('tags') ?? undefined;
  if (tags === undefined) throw parameterMissing('tags', 'tags');
  if (typeof tags === 'string') return cleanTags(tags);
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string' || typeof tag === 'number'))
    throw invalidAttribute('tags', 'must be an array of strings', 'tags');
  return cleanTags(tags.map(String));
}

/** The collision guard of ticket updates works here too (vendor article "Tags", "Safe update"). */
function safely(req: Request): Pick<TicketPatch, 'safe_update' | 'updated_stamp'> {
  const { safe_update: safe, updated_stamp: stamp } = (req.body ?? {}) as Record<string, unknown>;
  if (safe === undefined && stamp === undefined) return {};
  return { safe_update: true, ...(typeof stamp === 'string' ? { updated_stamp: stamp } : {}) };
}
