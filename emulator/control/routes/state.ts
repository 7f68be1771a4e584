import { type Request, type RequestHandler, Router } from 'express';
import { advanceClock } from '../advance.ts';
import { accountNamed, bodyOf, nothing } from '../request.ts';
import { fitting } from '../schemas.ts';
import { resetAccount, restoreAccount, restoreAccountFrom, saveState, saveStateTo } from '../state.ts';
import type { World } from '../world.ts';

/** Where a state is saved; snapshot.schema.json. */
interface Place {
  name?: string;
  file?: string;
}

/** Reset, snapshot, restore and the clock; each by path (`/accounts/acme/reset`) or by body (`/reset`). */
export function stateRoutes(world: World): Router {
  const router = Router();
  const both = (path: string, handler: RequestHandler): void => {
    router.post([`/accounts/:name${path}`, path], handler);
  };
  both('/reset', async (req, res) => {
    await nothing(req);
    const account = which(world, req);
    res.json({ account, endedCalls: resetAccount(world.rooms, account) });
  });
  both('/snapshot', async (req, res) => {
    const { name: snapshot = 'default', file } = await fitting<Place>('snapshot', bodyOf(req));
    const account = which(world, req);
    if (file === undefined) saveState(world.rooms, account, snapshot);
    else saveStateTo(world.rooms, account, file);
    res.status(201).json({ account, ...(file === undefined ? { snapshot } : { file }) });
  });
  both('/restore', async (req, res) => {
    const { name: snapshot = 'default', file } = await fitting<Place>('snapshot', bodyOf(req));
    const account = which(world, req);
    if (file === undefined) restoreAccount(world.rooms, account, snapshot);
    else restoreAccountFrom(world.rooms, account, file);
    res.json({ account, ...(file === undefined ? { snapshot } : { file }) });
  });
  both('/clock/advance', async (req, res) => {
    const { ms } = await fitting<{ ms: number }>('request#/$defs/advance', bodyOf(req));
    const account = which(world, req);
    await advanceClock(world.rooms, account, ms);
    res.json(clockView(world, world.accountName(account)));
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

function clockView(world: World, account: string): object {
  const clock = world.rooms.core.businessClock(account);
  return { account, now: Math.round(clock.now()), aheadMs: clock.ahead };
}
