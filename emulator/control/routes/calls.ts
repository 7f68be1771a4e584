import { Router } from 'express';
import { CARRIERS, dialCaller, type DialCallerOptions } from '../../telephony/pstn/index.ts';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import type { World } from '../world.ts';

type CallBody = Omit<DialCallerOptions, 'account' | 'to' | 'carrier'> & {
  account?: string;
  to?: string;
  carrier?: string;
  record?: boolean;
};

/** Dialling. */
export function callRoutes(world: World): Router {
  const router = Router();
  router.post('/calls', async (req, res) => {
    const body = await fitting<CallBody>('call', bodyOf(req));
    const account = accountNamed(world, req);
    const names = CARRIERS.map((carrier) => carrier.name);
    const carrier = body.carrier ?? 'clean';
    if (!names.includes(carrier)) throw controlErrors.unknownCarrier(carrier, names);
    const to = body.to ?? world.account(account).line?.number;
    if (to === undefined) throw controlErrors.noLine(account);
    const { journey, caller, call, voice } = dialCaller(world.rooms, { ...body, account, to, carrier });
    if (body.record) world.recordings.start(journey.id, voice);
    world.callers.add(journey.id, caller, call);
    res.status(201).json({ journey: journey.id });
  });
  return router;
}
