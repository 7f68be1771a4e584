import { hash } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import type { Core } from '../../core/core.ts';
import { addHeader } from './answer-headers.ts';
import { keepOrigin } from './cors.ts';
import type { ErrorForms } from './error-forms.ts';
import { ApiError, bodyTooLarge, internalError, unreadableJson, unreadablePath } from './errors.ts';
import { localsOf } from './locals.ts';

const OF_BODY = ['Content-Type', 'Content-Length', 'ETag'];

/**
 * Writes a JSON answer with the content type of Support (`charset=utf-8`) and an `etag`.
 * @throws Error when there is an answer already.
 */
export function sendJson(res: Response, status: number, body: unknown): void {
  if (res.headersSent) throw new Error(`${res.req.method} ${res.req.path} is answered twice`);
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  // What was set for another body, which an error prevented, does not hold for this one.
  for (const name of OF_BODY) if (res.hasHeader(name)) res.removeHeader(name);
  const seconds = localsOf(res).runtime?.();
  if (seconds !== undefined) addHeader(res, 'x-runtime', seconds.toFixed(6));
  const etag = `W/"${length.toString(16)}-${hash('sha1', text, 'base64').slice(0, 27)}"`;
  addHeader(res, 'ETag', etag);
  res.statusCode = status;
  if (isKnown(res, etag)) {
    res.statusCode = 304;
    res.end();
    return;
  }
  addHeader(res, 'Content-Type', 'application/json; charset=utf-8');
  addHeader(res, 'Content-Length', String(length));
  // As one string, which Node sends in one piece with the headers; Express's `send` makes three pieces of it, at twice the cost.
  if (res.req.method === 'HEAD') res.end();
  else res.end(text);
}

/** Whether the client has the answer already: its ETag fits (RFC 9110 §13.1.2). */
function isKnown({ req }: Response, etag: string): boolean {
  if (req.headers['if-none-match'] === undefined) return false;
  // Where Express looks for it.
  req.res?.setHeader('ETag', etag);
  return req.fresh;
}

export function sendError(res: Response, error: ApiError): void {
  res.set(error.headers);
  keepOrigin(res, error.status);
  sendJson(res, error.status, error.body);
}

/** What `express.json()` throws. */
interface BodyError {
  readonly type?: string;
  readonly status?: number;
}

/** Last middleware of a Zendesk router: vendor errors as they are, unreadable bodies as 422 or 413, bugs as 500 and a journal note. */
export function errorAnswers(core: Core, forms: ErrorForms): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof ApiError) return sendError(res, forms.formed(error, req.method, req.path));
    // Express's own, for a path such as `/tickets/%ff`.
    if (error instanceof URIError) return sendError(res, unreadablePath(req.path));
    const { type, status } = error as BodyError;
    if (type === 'entity.too.large') return sendError(res, bodyTooLarge());
    if (type !== undefined || status === 400) return sendError(res, unreadableJson());
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    core.journal.append({
      kind: 'note',
      account: localsOf(res).account?.name ?? null,
      from: 'ringback',
      label: `internal error: ${text.split('\n')[0]}`,
      data: { error: text },
    });
    sendError(res, internalError());
  };
}
