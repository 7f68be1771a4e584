import { Router } from 'express';
import type { JourneyId } from '../../core/ids.ts';
import { controlErrors } from '../errors.ts';
import { journalQuery } from '../journal-query.ts';
import { accountNamed, bodyOf, queryOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import type { World } from '../world.ts';

interface Note {
  label: string;
  journey?: string;
  data?: unknown;
}

/** The journal read once; as a WebSocket it is `journal-stream.ts`. */
export function journalRoutes(world: World): Router {
  const router = Router();
  const { journal, journeys, shelf } = world.rooms.core;
  router.get('/journal', (req, res) => {
    const { filter, limit } = journalQuery(world, (name) => queryOf(req, name));
    const found = journal.read(filter);
    const entries = limit === undefined ? found : found.slice(0, limit);
    res.json({
      entries,
      last: entries.length < found.length ? (entries.at(-1)?.seq ?? filter.since ?? 0) : journal.last,
      evicted: shelf.evicted,
    });
  });
  router.post('/journal', async (req, res) => {
    const { label, journey, data = {} } = await fitting<Note>('request#/$defs/note', bodyOf(req));
    if (journey !== undefined && !journeys.get(journey)) throw controlErrors.unknownJourney(journey);
    const entry = journal.append({
      kind: 'note',
      account: journey === undefined ? accountNamed(world, req) : (journeys.get(journey)?.account ?? null),
      journey: (journey ?? null) as JourneyId | null,
      from: 'ringback',
      label,
      data,
    });
    res.status(201).json(entry);
  });
  return router;
}
