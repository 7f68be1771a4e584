import { Router } from 'express';
import { bodyOf, nothing } from '../request.ts';
import { fitting } from '../schemas.ts';
import { withInvented } from '../seed/invent.ts';
import type { Seed } from '../seed/seed.ts';
import type { World } from '../world.ts';

export function accountRoutes(world: World): Router {
  const router = Router();
  router.post('/accounts', async (req, res) => {
    const seed = await fitting<Seed>('seed', bodyOf(req));
    res.status(201).json(world.create(await withInvented(seed, world.rooms.core.random)));
  });
  router.get('/accounts', (_req, res) => {
    res.json({ accounts: world.accountNames().map((name) => world.account(name)) });
  });
  router.get('/accounts/:name', (req, res) => {
    res.json(world.account(world.accountName(req.params.name)));
  });
  router.get('/accounts/:name/statistics', (req, res) => {
    res.json(world.statistics(world.accountName(req.params.name)));
  });
  router.delete('/accounts/:name', async (req, res) => {
    await nothing(req);
    world.remove(world.accountName(req.params.name));
    res.status(204).end();
  });
  return router;
}
