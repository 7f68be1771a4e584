import type { Response } from 'express';
import type { Account, Principal } from './entities.ts';

/** What the account middlewares leave on `res.locals` for the routers of every Zendesk room. */
export interface RequestLocals {
  account?: Account;
  /** The brand whose host the request was sent to; undefined for the account's own. */
  brandId?: number;
  /** The prefix before `/api/v2` under which this client knows the account; links in bodies begin with it. */
  base?: string;
  principal?: Principal;
  /** Monotonic milliseconds at arrival. */
  startedAt?: number;
  /** Seconds since arrival, for `x-runtime`. */
  runtime?: () => number;
  /** Of the answer, names and values in turn: `addHeader`. */
  headers?: string[];
  /** The path as it arrived, before the account prefix was taken off. */
  originalPath?: string;
}

export function localsOf(res: Response): RequestLocals {
  return res.locals as RequestLocals;
}

/** Whether the request names an account. */
export function hasAccount(res: Response): boolean {
  return localsOf(res).account !== undefined;
}

/** @throws Error when no account was selected: a router is mounted outside `accounts.select()`. */
export function accountOf(res: Response): Account {
  const { account } = localsOf(res);
  if (!account) throw new Error('no account on this request: mount the router behind accounts.select()');
  return account;
}

/** The brand whose host was asked, else the account's default one. */
export function brandOf(res: Response): number {
  return localsOf(res).brandId ?? accountOf(res).brand.id;
}

export function baseOf(res: Response): string {
  return localsOf(res).base ?? '';
}

export function principalOf(res: Response): Principal {
  return localsOf(res).principal ?? { kind: 'anonymous' };
}
