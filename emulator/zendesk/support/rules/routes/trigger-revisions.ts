import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { invalidAttribute, invalidCursor } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { decodeCursor, encodeCursor } from '../../routes/cursor.ts';
import { idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { asked, includes, usersOf } from '../../routes/sideloads.ts';
import type { Json } from '../../wire.ts';
import type { TriggerRevision } from '../entities.ts';
import { revisionDiff } from '../revision-diff.ts';
import { wireRevision } from '../wire.ts';

/** The most that one page has, and what it has unless told otherwise (documented). */
const MOST = 1_000;
const COLUMN = 'key';

/** What triggers have been, change by change (vendor article "Ticket triggers", List Ticket Trigger Revisions). */
export function triggerRevisionRoutes(router: Router, support: Support): void {
  const { triggers } = support.rules;

  /**
   * Newest first. Its paging is its own: `after_url` asks for more recent ones, `before_url` for older ones, both null where
   * there are none. Which way a cursor goes is told by the cursor (inferred).
   */
  router.get('/triggers/:trigger_id/revisions', (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'trigger_revisions/index';
    const id = idOf(req, 'trigger_id', action);
    const limit = limitOf(req, action);
    const from = cursorOf(req);
    const found = triggers.revisions(account, id, from);
    const rows = from.older === undefined ? found.slice(0, limit) : found.slice(-limit);
    const [first, last] = [rows[0], rows.at(-1)];
    const isThere = (between: { older?: number; newer?: number }): boolean => triggers.revisions(account, id, between).length > 0;
    const after = first && isThere({ older: first.key }) ? cursorTo('after', first.key) : null;
    const before = last && isThere({ newer: last.key }) ? cursorTo('before', last.key) : null;
    const link = (cursor: string | null): string | null => {
      const params = new URLSearchParams(queryOf(req));
      params.set('cursor', cursor ?? '');
      return cursor === null ? null : `${base}/api/v2/triggers/${id}/revisions.json?${params}`;
    };
    sendJson(res, 200, {
      trigger_revisions: rows.map((row) => ({
        ...wireRevision(row, base),
        diff: revisionDiff(triggers.revisionBefore(account, row), row),
      })),
      ...beside(req, res, rows),
      after_url: link(after),
      after_cursor: after,
      before_url: link(before),
      before_cursor: before,
      count: rows.length,
    });
  });

  router.get('/triggers/:trigger_id/revisions/:trigger_revision_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'trigger_revisions/show';
    const revision = triggers.revision(account, idOf(req, 'trigger_id', action), idOf(req, 'trigger_revision_id', action));
    sendJson(res, 200, { trigger_revision: wireRevision(revision, base), ...beside(req, res, [revision]) });
  });

  function beside(req: Request, res: Response, rows: readonly TriggerRevision[]): Json {
    const authors = rows.map(({ author_id }) => author_id);
    return asked(includes(req), { users: () => usersOf(support, scopeOf(res), authors) });
  }
}

function cursorTo(way: 'after' | 'before', key: number): string {
  return encodeCursor(`${COLUMN},${way}`, { value: way, id: key });
}

/** @throws ApiError 400 for a cursor that no page handed out */
function cursorOf(req: Request): { older?: number; newer?: number } {
  const cursor = queryOf(req).get('cursor')?.replaceAll(' ', '+') ?? '';
  if (cursor === '') return {};
  const after = decodeCursor(`${COLUMN},after`, cursor);
  if (after) return { older: after.id };
  const before = decodeCursor(`${COLUMN},before`, cursor);
  if (!before) throw invalidCursor('cursor');
  return { newer: before.id };
}

function limitOf(req: Request, action: string): number {
  const text = queryOf(req).get('limit') ?? '';
  if (text !== '' && (!/^\d{1,9}$/.test(text) || Number(text) < 1)) throw invalidAttribute('limit', 'must be an integer', action);
  return text === '' ? MOST : Math.min(Number(text), MOST);
}
