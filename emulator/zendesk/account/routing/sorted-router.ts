import { Router } from 'express';
import type { Engine } from './engine.ts';
import { Table } from './table.ts';
import { Walk } from './walk.ts';

/**
 * Express's own router, in which routes are found another way: sorted by method and by the first segment of their paths, then
 * compared segment by segment. Express tries one after the other, each by a regular expression, which takes longer than the
 * answer where there are hundreds. What is added, and what becomes of it, is as with Express: the first that fits wins, and
 * `next`, errors, watched parameters and what is used below a path go their usual ways. Everything is added before the first
 * request. Paths are case sensitive, as the vendor's are.
 */
export function sortedRouter(): Router {
  const router = Router({ caseSensitive: true });
  const engine = router as unknown as Engine;
  const usual = engine.handle;
  const tables = new Map<string, Table>();
  engine.handle = (req, res, out) => {
    // Express answers OPTIONS itself, out of all routes of a path.
    if (req.method === 'OPTIONS' || !isPlain(req.url)) return usual.call(engine, req, res, out);
    let table = tables.get(req.method);
    if (!table) tables.set(req.method, (table = new Table(engine, req.method)));
    new Walk(table, req, res, out).next();
  };
  return router;
}

/** Neither a whole address nor one with a fragment: those are for Express to read. */
function isPlain(url: string): boolean {
  return url.startsWith('/') && !url.includes('#');
}
