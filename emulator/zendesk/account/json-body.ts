import express, { type Request, type RequestHandler } from 'express';

const LIMIT = 6 * 2 ** 20;
const PLAIN = /^application\/json(?:; ?charset=utf-8)?$/i;

/** How deep a body may go: as deep as Ruby's reader follows it (inferred). What is deeper could be read, but not written down. */
const DEEPEST = 100;

/** What cannot be read as JSON, as `express.json()` says it. */
const UNREADABLE = { type: 'entity.parse.failed', status: 400 };

/**
 * JSON bodies; what is no JSON ends in `errors()` as 422. Bodies as nearly all clients send them, in UTF-8, not compressed and with
 * their length ahead, are read here, in half the time that `express.json()` takes; it reads the others.
 */
export function jsonBody(): RequestHandler {
  const other = express.json({ limit: LIMIT });
  return (req, res, next) => {
    if (!isPlain(req))
      return other(req, res, (error?: unknown) => {
        if (error || !isDeeper(req.body, DEEPEST)) return next(error);
        req.body = undefined;
        next(UNREADABLE);
      });
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    const brokenOff = (): void => next({ type: 'request.aborted', status: 400 });
    req.once('error', brokenOff);
    req.once('end', () => {
      req.off('error', brokenOff);
      req.body = parsed((parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)).toString('utf8'));
      next(req.body === undefined ? UNREADABLE : undefined);
    });
  };
}

function isPlain({ headers, body }: Request): boolean {
  const { 'content-type': type = '', 'content-length': length = '', 'content-encoding': encoding, 'transfer-encoding': chunked } = headers;
  if (body !== undefined || encoding !== undefined || chunked !== undefined) return false;
  return Number(length) > 0 && Number(length) <= LIMIT && PLAIN.test(type);
}

/** An object or array, maybe behind a byte order mark; undefined when the text is neither, or too deep. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
    return typeof value === 'object' && value !== null && !isDeeper(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether values lie in more than so many objects and arrays. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
