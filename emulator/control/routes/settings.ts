import { Router } from 'express';
import { bodyOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import { changeSettings, readSettings, type SettingsPatch } from '../settings.ts';
import type { World } from '../world.ts';

export function settingsRoutes(world: World): Router {
  const router = Router();
  router.get('/accounts/:name/settings', (req, res) => {
    res.json(readSettings(world.rooms, world.accountName(req.params.name)));
  });
  router.put('/accounts/:name/settings', async (req, res) => {
    const account = world.accountName(req.params.name);
    changeSettings(world.rooms, account, await fitting<SettingsPatch>('settings', bodyOf(req)));
    res.json(readSettings(world.rooms, account));
  });
  return router;
}
