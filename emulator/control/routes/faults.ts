import { Router } from 'express';
import type { FaultRule } from '../../core/faults.ts';
import { WEBHOOK_FAULT_ACTIONS } from '../../zendesk/webhooks/index.ts';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import type { World } from '../world.ts';

/** What the rooms know to do to what they own, and by which properties it is told apart. */
const TARGETS: Readonly<Record<string, { actions: readonly string[]; properties: readonly string[] }>> = {
  webhook: { actions: WEBHOOK_FAULT_ACTIONS, properties: ['type', 'event', 'webhook', 'name', 'ticket'] },
  'sip-in': { actions: ['reject'], properties: ['line', 'from', 'ticket'] },
};

/** What POST /faults takes; see fault.schema.json. */
interface FaultBody {
  account?: string;
  target: string;
  action: string;
  match?: FaultRule['match'];
  params?: FaultRule['params'];
  times?: number;
  probability?: number;
  until?: NonNullable<FaultRule['until']>;
}

export function faultRoutes(world: World): Router {
  const router = Router();
  const { faults } = world.rooms.core;
  router.post('/faults', async (req, res) => {
    const { times, account: _account, ...rest } = await fitting<FaultBody>('fault', bodyOf(req));
    const { actions, properties } = TARGETS[rest.target] ?? { actions: [], properties: [] };
    if (!actions.includes(rest.action)) throw controlErrors.invalidField('action', rest.action, `one of ${actions.join(', ')}`);
    // A rule that can never strike would pass for one that changed nothing.
    const odd = Object.keys(rest.match ?? {}).find((name) => !properties.includes(name));
    if (odd !== undefined)
      throw controlErrors.invalidField('match', rest.match, `properties of a ${rest.target}: ${properties.join(', ')}`);
    const rule = faults.add({ ...rest, account: accountNamed(world, req), remaining: times ?? null });
    res.status(201).json(rule);
  });
  router.get('/faults', (req, res) => {
    res.json({ faults: faults.list(accountNamed(world, req)) });
  });
  router.delete('/faults', (req, res) => {
    const account = accountNamed(world, req);
    const removed = faults.list(account).length;
    faults.clear(account);
    res.json({ removed });
  });
  router.delete('/faults/:id', (req, res) => {
    if (!faults.remove(req.params.id)) throw controlErrors.unknownFault(req.params.id);
    res.status(204).end();
  });
  router.post('/faults/:id/release', (req, res) => {
    const known = world.accountNames().some((account) => faults.list(account).some((rule) => rule.id === req.params.id));
    if (!known) throw controlErrors.unknownFault(req.params.id);
    faults.release(req.params.id);
    res.status(204).end();
  });
  return router;
}
