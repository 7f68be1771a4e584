import type { RequestHandler } from 'express';
import type { Accounts } from '../../account/index.ts';
import { documentedPath } from '../documented.ts';
import { invalidEndpoint, notEmulated } from '../errors.ts';

/** What no router took: 501 when the vendor documents it, 404 when nobody does. Credentials count first. */
export function fallback(accounts: Accounts): RequestHandler {
  const enter = accounts.entry();
  return (req, res, next) => {
    enter(req, res, (error?: unknown) => {
      if (error) return next(error);
      const path = documentedPath(req.method, req.path);
      throw path === undefined ? invalidEndpoint() : notEmulated(`${req.method} /api/v2${path}`);
    });
  };
}
