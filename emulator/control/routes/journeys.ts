import { type Request, Router } from 'express';
import type { Journey } from '../../core/journeys.ts';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf, queryOf } from '../request.ts';
import { hangUp, pressDigits } from '../parties.ts';
import { fitting } from '../schemas.ts';
import { journeyView } from '../views/journey-view.ts';
import type { World } from '../world.ts';

/** Reading journeys, and acting as their caller or agent. */
export function journeyRoutes(world: World): Router {
  const router = Router();
  const { journeys } = world.rooms.core;
  router.get('/journeys', (req, res) => {
    const account = accountNamed(world, req);
    const state = queryOf(req, 'state');
    if (state !== undefined && state !== 'live' && state !== 'finished')
      throw controlErrors.invalidQuery('state', state, 'live or finished');
    const found = journeys.all(account).filter((journey) => state === undefined || journey.state === state);
    res.json({ journeys: found.map((journey) => journeyView(world.rooms, journey)) });
  });
  router.get('/journeys/:id', (req, res) => {
    res.json(journeyView(world.rooms, find(world, req)));
  });
  router.get('/journeys/:id/recordings', (req, res) => {
    const { id } = find(world, req);
    const recordings = [...world.recordings.of(id)].map(([party, { leg, wav }]) => ({
      party,
      leg,
      durationMs: wav.durationMs,
      path: `/journeys/${id}/recordings/${encodeURIComponent(party)}.wav`,
    }));
    res.json({ recordings });
  });
  router.get('/journeys/:id/recordings/:party.wav', (req, res) => {
    const { id } = find(world, req);
    const recordings = world.recordings.of(id);
    const recording = recordings.get(req.params.party);
    if (!recording) throw controlErrors.unknownRecording(id, req.params.party, [...recordings.keys()]);
    res.type('audio/wav').send(Buffer.from(recording.wav.toBuffer()));
  });
  router.post('/journeys/:id/digits', async (req, res) => {
    const { digits } = await fitting<{ digits: string }>('request#/$defs/digits', bodyOf(req));
    const journey = find(world, req);
    pressDigits(world, journey, digits);
    res.status(202).json({ journey: journey.id, digits });
  });
  router.post('/journeys/:id/hangup', async (req, res) => {
    const { party = 'caller' } = await fitting<{ party?: 'caller' | 'agent' }>('request#/$defs/hangup', bodyOf(req));
    const journey = find(world, req);
    hangUp(world, journey, party);
    res.json(journeyView(world.rooms, journey));
  });
  return router;
}

function find(world: World, req: Request): Journey {
  const id = String(req.params['id']);
  const journey = world.rooms.core.journeys.get(id);
  if (!journey) throw controlErrors.unknownJourney(id);
  return journey;
}
