import { Router } from 'express';
import { controlErrors } from '../errors.ts';
import { readSchema, SCHEMA_NAMES, type SchemaName } from '../schemas.ts';
import type { World } from '../world.ts';

/** What there is: addresses, carriers, schemas. */
export function describeRoutes(world: World): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.json(world.describe());
  });
  router.get('/carriers', (_req, res) => {
    res.json({ carriers: world.carriers() });
  });
  router.get('/schemas/:name', (req, res) => {
    const name = SCHEMA_NAMES.find((known) => known === req.params.name);
    if (!name) throw controlErrors.unknownSchema(req.params.name, SCHEMA_NAMES satisfies readonly SchemaName[]);
    res.json(readSchema(name));
  });
  return router;
}
