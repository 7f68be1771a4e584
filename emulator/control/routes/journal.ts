import { Router } from 'express';
import type { JourneyId } from '../../core/ids.ts';
import { controlErrors } from '../errors.ts';
import { journalQuery } from '../journal-query.ts';
import { accountNamed, bodyOf, queryOf } from '../request.ts';
import type { World } from '../world.ts';

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
  router.post('/journal', (req, res) => {
    const body = bodyOf(req) as { label?: unknown; journey?: unknown; data?: unknown };
    if (typeof body.label !== 'string' || body.label === '') throw controlErrors.invalidField('label', body.label, 'a text');
    const journey = typeof body.journey === 'string' ? body.journey : undefined;
    if (journey !== undefined && !journeys.get(journey)) throw controlErrors.unknownJourney(journey);
    const entry = journal.append({
      kind: 'note',
      account: journey === undefined ? accountNamed(world, req) : (journeys.get(journey)?.account ?? null),
      journey: (journey ?? null) as JourneyId | null,
      from: 'ringback',
      label: body.label,
      data: body.data ?? {},
    });
    res.status(201).json(entry);
  });
  return router;
}
