import { Router } from 'express';
import type { FaultRule } from '../../core/faults.ts';
import { type FaultParam, WEBHOOK_FAULTS } from '../../zendesk/webhooks/index.ts';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf, nothing } from '../request.ts';
import { fitting } from '../schemas.ts';
import type { World } from '../world.ts';

/** What the rooms know to do to what they own, and by which properties it is told apart. */
const TARGETS: Readonly<Record<string, { actions: typeof WEBHOOK_FAULTS; properties: readonly string[] }>> = {
  webhook: { actions: WEBHOOK_FAULTS, properties: ['type', 'event', 'webhook', 'name', 'ticket'] },
  'sip-in': { actions: { reject: { status: 'failure', reason: 'text', retryAfter: 'seconds' } }, properties: ['line', 'from', 'ticket'] },
};

/** What an `until` may name; what no entry has would never let go. */
const OF_ENTRY = /^(?:seq|at|account|journey|thread|kind|from|to|label|data(?:\.[^.]+)+)$/;

const DAY_MS = 86_400_000;
const whole = (value: unknown, low: number, high: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;

/** What each kind of setting takes, in words and as a check. */
const PARAMS: Readonly<Record<FaultParam, readonly [expected: string, fits: (value: unknown) => boolean]>> = {
  milliseconds: ['milliseconds from 0 to a day', (value) => typeof value === 'number' && value >= 0 && value <= DAY_MS],
  seconds: ['whole seconds from 0 to ten years', (value) => whole(value, 0, (3_650 * DAY_MS) / 1000)],
  count: ['a whole number from 1 to 1000', (value) => whole(value, 1, 1_000)],
  failure: ['a SIP status from 300 to 699', (value) => whole(value, 300, 699)],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  text: ['1 to 200 printable ASCII characters', (value) => typeof value === 'string' && /^[ -~]{1,200}$/.test(value)],
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
    const { actions, properties } = TARGETS[rest.target] ?? { actions: {}, properties: [] };
    const settings = Object.hasOwn(actions, rest.action) ? actions[rest.action] : undefined;
    if (!settings) throw controlErrors.invalidField('action', rest.action, `one of ${Object.keys(actions).join(', ')}`);
    checkParams(rest, settings);
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
  router.delete('/faults', async (req, res) => {
    await nothing(req);
    const account = accountNamed(world, req);
    const removed = faults.list(account).length;
    faults.clear(account);
    res.json({ removed });
  });
  router.delete('/faults/:id', async (req, res) => {
    await nothing(req);
    if (!faults.remove(req.params.id)) throw controlErrors.unknownFault(req.params.id);
    res.status(204).end();
  });
  router.post('/faults/:id/release', async (req, res) => {
    await nothing(req);
    const known = world.accountNames().some((account) => faults.list(account).some((rule) => rule.id === req.params.id));
    if (!known) throw controlErrors.unknownFault(req.params.id);
    faults.release(req.params.id);
    res.status(204).end();
  });
  return router;
}

/** A setting that means nothing to the action would pass for one that does. @throws ControlError `invalid_body` naming it. */
function checkParams({ action, params = {}, until }: FaultBody, settings: Readonly<Record<string, FaultParam>>): void {
  for (const [name, value] of Object.entries(params)) {
    const kind = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (!kind) {
      const known = Object.keys(settings);
      const expected = known.length === 0 ? `no settings: ${action} has none` : `a setting of ${action}: ${known.join(', ')}`;
      throw controlErrors.invalidField(`params.${name}`, value, expected);
    }
    const [expected, fits] = PARAMS[kind];
    if (!fits(value)) throw controlErrors.invalidField(`params.${name}`, value, expected);
  }
  if (until !== undefined && action !== 'hold') throw controlErrors.invalidField('until', until, 'nothing: only hold waits for an entry');
  if (!Object.keys(until ?? {}).every((path) => OF_ENTRY.test(path)))
    throw controlErrors.invalidField('until', until, 'properties of a journal entry: kind, journey, from, to, label, data.NAME');
}
