import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { SYSTEM_USER_ID } from '../context.ts';
import { forbidden, invalidAttribute } from '../errors.ts';
import type { Support } from '../index.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../routes/http.ts';
import { type Listing, tableListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { usersOf } from '../routes/sideloads.ts';
import type { Json } from '../wire.ts';
import type { Activity, Verb } from './activities.ts';

/** What is said after the actor's name (wording inferred). */
const TITLES: Readonly<Record<Verb, (ticketId: number) => string>> = {
  'tickets.assignment': (id) => `assigned ticket #${id} to you`,
  'tickets.comment': (id) => `commented on ticket #${id}`,
  'tickets.priority_increase': (id) => `increased the priority of ticket #${id}`,
};

/** The activity stream of whoever asks. */
export function activityRoutes(router: Router, support: Support): void {
  router.get('/activities', (req, res) => {
    const scope = scopeOf(res);
    const [userId, from] = [self(req, res), since(req)];
    const listing = tableListing<Activity>(
      (query) => support.activities.list(scope.account, userId, from, query),
      () => support.activities.count(scope.account, userId, from),
    );
    const people = (page: readonly Activity[], name: 'user_id' | 'actor_id'): Json[] => usersOf(support, scope, page.map((row) => row[name])); // prettier-ignore
    const beside = (page: readonly Activity[]): Record<string, Json[]> => ({
      users: people(page, 'user_id'),
      actors: people(page, 'actor_id'),
    });
    const spec = { key: 'activities', action: 'activities/index', order: { by: 'id', descending: true }, beside };
    sendPage(req, res, spec, byTime(listing), (row) => wire(res, row));
  });

  router.get('/activities/count', (req, res) => {
    const { account } = scopeOf(res);
    const value = support.activities.count(account, self(req, res));
    sendJson(res, 200, { count: { value, refreshed_at: support.now(account) } });
  });

  router.get('/activities/:activity_id', (req, res) => {
    const id = idOf(req, 'activity_id', 'activities/show');
    sendJson(res, 200, { activity: wire(res, support.activities.expect(scopeOf(res).account, self(req, res), id)) });
  });

  function wire(res: Response, activity: Activity): Json {
    const scope = scopeOf(res);
    const { id, verb, user_id, actor_id, ticket_id, created_at } = activity;
    const { subject, comment } = support.activities.about(scope.account, activity);
    const [user] = usersOf(support, scope, [user_id]);
    const [actor] = usersOf(support, scope, [actor_id]);
    const ticket = { ticket: { id: ticket_id, subject } };
    return {
      url: `${scope.base}/api/v2/activities/${id}.json`,
      id,
      title: `${String(actor?.['name'] ?? (actor_id === SYSTEM_USER_ID ? 'The system' : 'Somebody'))} ${TITLES[verb](ticket_id)}`,
      verb,
      user_id,
      actor_id,
      updated_at: created_at,
      created_at,
      object: comment ? { comment } : ticket,
      target: ticket,
      user,
      actor,
    };
  }
}

/** Activities get their ids in the order of time: sorted by the one they are sorted by the other. */
function byTime({ count, slice, after }: Listing<Activity>): Listing<Activity> {
  return {
    sorts: ['id', 'created_at'],
    count,
    slice: (order, offset, limit) => slice({ ...order, by: 'id' }, offset, limit),
    after: (order, from, limit) => after({ ...order, by: 'id' }, from && { id: from.id }, limit),
  };
}

function self(req: Request, res: Response): number {
  const { userId } = actorOf(req, res);
  if (userId === null) throw forbidden();
  return userId;
}

/** `since` in ISO 8601. @throws ApiError 400 */
function since(req: Request): string | undefined {
  const text = queryOf(req).get('since');
  if (text === null || text === '') return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalidAttribute('since', 'must be a time', 'activities/index');
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
