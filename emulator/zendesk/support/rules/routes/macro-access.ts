import type { Response } from 'express';
import { forbidden, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { scopeOf } from '../../routes/http.ts';
import type { Macro, Restriction } from '../entities.ts';
import { mayChange, maySee } from '../restriction.ts';
import { viewerOf } from './shared.ts';

/** A macro that the caller may use or manage; others are as if they did not exist. @throws ApiError 404 */
export function usableMacro(support: Support, res: Response, id: number): Macro {
  const macro = support.rules.macros.book.expect(scopeOf(res).account, id);
  if (!maySee(macro.restriction, viewerOf(support, res))) throw recordNotFound();
  return macro;
}

/** @throws ApiError 404, 403 */
export function writableMacro(support: Support, res: Response, id: number): Macro {
  const macro = usableMacro(support, res, id);
  checkMayWriteMacro(support, res, macro.restriction);
  return macro;
}

/** Agents write their own; those of others and of all are for admins (custom roles: the table of operations). @throws ApiError 403 */
export function checkMayWriteMacro(support: Support, res: Response, restriction: Restriction): void {
  if (!mayChange(restriction, viewerOf(support, res), 'macro_access')) throw forbidden();
}
