import { type Request, type RequestHandler, Router } from 'express';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import { resetAccount, restoreAccount, restoreAccountFrom, saveState, saveStateTo } from '../state.ts';
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
  both('/snapshot', async (req, res) => {
    const account = which(world, req);
    const file = await snapshotFile(req);
    const snapshot = file ?? snapshotName(req);
    if (file === undefined) saveState(world.rooms, account, snapshot);
    else saveStateTo(world.rooms, account, file);
    res.status(201).json({ account, ...(file === undefined ? { snapshot } : { file }) });
  });
  both('/restore', async (req, res) => {
    const account = which(world, req);
    const file = await snapshotFile(req);
    const snapshot = file ?? snapshotName(req);
    if (file === undefined) restoreAccount(world.rooms, account, snapshot);
    else restoreAccountFrom(world.rooms, account, file);
    res.json({ account, ...(file === undefined ? { snapshot } : { file }) });
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

/** Whether a file is meant, and which. @throws ControlError `invalid_body` for a path that no snapshot may have. */
async function snapshotFile(req: Request): Promise<string | undefined> {
  const body = bodyOf(req) as { file?: unknown };
  if (body.file === undefined) return undefined;
  return (await fitting<{ file: string }>('snapshot', body)).file;
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
