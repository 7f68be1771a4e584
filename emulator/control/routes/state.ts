import { type Request, type RequestHandler, Router } from 'express';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf } from '../request.ts';
import { resetAccount, restoreAccount, saveState } from '../state.ts';
import type { World } from '../world.ts';

const LONGEST_ADVANCE = 10 * 365 * 86_400_000;

/** Reset, snapshot, restore and the clock; each by path (`/accounts/acme/reset`) or by body (`/reset`). */
export function stateRoutes(world: World): Router {
  const router = Router();
  const both = (path: string, handler: RequestHandler): void => {
    router.post([`/accounts/:name${path}`, path], handler);
  };
  both('/reset', (req, res) => {
    const account = which(world, req);
    res.json({ account, endedCalls: resetAccount(world.rooms, account) });
  });
  both('/snapshot', (req, res) => {
    const account = which(world, req);
    const snapshot = snapshotName(req);
    saveState(world.rooms, account, snapshot);
    res.status(201).json({ account, snapshot });
  });
  both('/restore', (req, res) => {
    const account = which(world, req);
    const snapshot = snapshotName(req);
    restoreAccount(world.rooms, account, snapshot);
    res.json({ account, snapshot });
  });
  both('/clock/advance', (req, res) => {
    const account = which(world, req);
    const { ms } = bodyOf(req) as { ms?: unknown };
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= LONGEST_ADVANCE)) {
      throw controlErrors.invalidField('ms', ms, 'milliseconds from 0 to ten years: clocks only move forward');
    }
    world.rooms.core.businessClock(account).advance(ms);
    res.json(clockView(world, account));
  });
  router.get('/accounts/:name/clock', (req, res) => {
    res.json(clockView(world, which(world, req)));
  });
  return router;
}

function which(world: World, req: Request): string {
  const { name } = req.params;
  return typeof name === 'string' ? world.accountName(name) : accountNamed(world, req);
}

function snapshotName(req: Request): string {
  const { name = 'default' } = bodyOf(req) as { name?: unknown };
  if (typeof name === 'string' && /^[^@].{0,99}$/.test(name)) return name;
  throw controlErrors.invalidField('name', name, 'a text of 1 to 100 characters that does not begin with @');
}

function clockView(world: World, account: string): object {
  const clock = world.rooms.core.businessClock(account);
  return { account, now: Math.round(clock.now()), aheadMs: clock.ahead };
}
