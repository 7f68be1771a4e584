import type { Request, Response } from 'express';

/** Headers that a page may read (inferred from answers seen in browsers). */
const EXPOSED = 'X-Zendesk-API-Warn, X-Request-Id, Retry-After, Location';

/** Statuses with which a page may read the answer (documented); never 403 or 429. */
const READABLE: ReadonlySet<number> = new Set([200, 201, 204, 404]);

/**
 * Lets pages of other origins read the answer: for OAuth tokens, and for what anybody may ask without credentials; never
 * for API tokens and passwords (vendor article "Making client-side CORS requests").
 */
export function allowOrigin(res: Response): void {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Access-Control-Expose-Headers', EXPOSED);
}

/** Takes the permission back when the answer has a status that pages may not read. */
export function keepOrigin(res: Response, status: number): void {
  if (READABLE.has(status)) return;
  res.removeHeader('Access-Control-Allow-Origin');
  res.removeHeader('Access-Control-Expose-Headers');
}

/** A preflight carries no credentials: it is answered before they are asked for (Fetch standard; details inferred). */
export function answerPreflight(req: Request, res: Response): void {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': req.get('Access-Control-Request-Headers') ?? 'Authorization, Content-Type, X-On-Behalf-Of',
    'Access-Control-Max-Age': '3600',
  });
  res.status(200).end();
}
