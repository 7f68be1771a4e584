import type { Request, Response } from 'express';
import { accountOf, baseOf, principalOf } from '../../account/index.ts';
import { limitsOf } from '../access/actor-limits.ts';
import { documentedPath } from '../documented.ts';
import type { Actor } from '../entities.ts';
import { invalidAttribute, notEmulated } from '../errors.ts';

/** The query as written: brackets raw or encoded, `+` a space. */
export function queryOf(req: Request): URLSearchParams {
  const mark = req.url.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : req.url.slice(mark + 1));
}

/**
 * The integer of a path parameter. A word that the vendor documents as an endpoint of its own (`/groups/available_agents`) is
 * one that is not emulated: 501. @throws ApiError 400 for any other word.
 */
export function idOf(req: Request, name: string, action: string): number {
  const text = String(req.params[name]);
  if (/^-?\d{1,16}$/.test(text)) return Number(text);
  const path = documentedPath(req.method, req.path);
  if (path !== undefined && path.split('/').includes(text)) throw notEmulated(`${req.method} /api/v2${path}`);
  // Recorded: a resource's own id is called `id` (`users/show`), a parent's by its name.
  const own = /\/(?:show|update|destroy)$/.test(action) && Object.keys(req.params).at(-1) === name;
  throw invalidAttribute(own ? 'id' : name, 'must be an integer', action);
}

/** Ids of `?ids=1,2`; words are ignored as unknown ids are. */
export function idsIn(text: string): number[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
}

/** Who does what this request asks. */
export function actorOf(req: Request, res: Response): Actor {
  const principal = principalOf(res);
  const userId = principal.kind === 'token' ? principal.userId : null;
  const client = req.headers['user-agent'];
  const limits = limitsOf(principal);
  return {
    userId,
    via: 'api',
    ...(client === undefined ? {} : { client }),
    ...(req.ip === undefined ? {} : { ipAddress: req.ip }),
    ...(limits ? { limits } : {}),
  };
}

/** Whether an agent or admin asks. */
export function isStaff(res: Response): boolean {
  const principal = principalOf(res);
  return principal.kind !== 'anonymous' && principal.role !== 'end-user';
}

/** The account's name and the prefix of its links. */
export function scopeOf(res: Response): { account: string; base: string } {
  return { account: accountOf(res).name, base: baseOf(res) };
}
