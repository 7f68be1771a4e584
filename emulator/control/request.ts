import type { Request } from 'express';
import { controlErrors } from './errors.ts';
import { fitting } from './schemas.ts';
import type { World } from './world.ts';

/** The body; an empty object when there was none. */
export function bodyOf(req: Request): unknown {
  return (req.body as unknown) ?? {};
}

/** @throws ControlError `invalid_body` when the body says anything but which account, where the path says all that is needed. */
export async function nothing(req: Request): Promise<void> {
  const body = bodyOf(req);
  // As nearly every time: the schemas need not be loaded for it.
  if (typeof body === 'object' && Object.keys(body as object).length === 0 && !Array.isArray(body)) return;
  await fitting('request', body);
}

/** A query parameter; undefined when absent. A repeated one counts once, the last. */
export function queryOf(req: Request, name: string): string | undefined {
  const value = req.query[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' && last !== '' ? last : undefined;
}

/**
 * The account of `?account=` or of the body's `account`; the first one when neither says.
 * @throws ControlError `unknown_account`, or `invalid_body` when it is no name at all: never the wrong account.
 */
export function accountNamed(world: World, req: Request): string {
  const named = (req.body as { account?: unknown } | null | undefined)?.account;
  if (named !== undefined && typeof named !== 'string') throw controlErrors.invalidField('account', named, 'a subdomain');
  return world.accountName(queryOf(req, 'account') ?? named);
}

/** @throws ControlError `invalid_query` when it is no whole number from 0 on. */
export function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw controlErrors.invalidQuery(name, value, 'a whole number from 0 on');
  return Number(value);
}
