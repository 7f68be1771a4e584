import type { Request, RequestHandler, Response } from 'express';
import type { JourneyId } from '../../core/ids.ts';
import { REDACTED, type Redactor } from '../../core/redact.ts';
import type { AccountService } from './accounts.ts';
import { headersOf } from './answer-headers.ts';
import { localsOf } from './locals.ts';

/** Longest body that the journal keeps, in characters. */
const KEPT_BODY = 64 * 1024;

/**
 * Whoever drives the emulator marks requests of their own with this header, with any value: they are no evidence of what the
 * bridge knows.
 */
const DRIVER_HEADER = 'x-ringback-driver';

/** Data of an `http.exchange` entry. */
export interface HttpExchange {
  readonly method: string;
  /** Without account prefix and query. */
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly durationMs: number;
  readonly request: { readonly headers: Record<string, string>; readonly body: string | null };
  readonly response: { readonly headers: Record<string, string>; readonly body: string | null };
}

/**
 * Journals each exchange as `http.exchange` with its answer. The journey is found by what the path or
 * query names: a ticket, user or organization id, or a phone number being searched for. It is from the bridge, unless the
 * request is marked as the driver's own.
 */
export function httpJournal(accounts: AccountService): RequestHandler {
  return (req, res, next) => {
    const { account } = localsOf(res);
    if (!account) return next();
    const { core } = accounts;
    const startedAt = localsOf(res).startedAt ?? core.clock.monotonic();
    const [path = '', query = ''] = splitOnce(req.url, '?');
    onAnswered(res, (body) => {
      const { redactor } = core;
      const text = (body: string | Uint8Array | null): string | null => (body === null ? null : redactor.beginning(body, KEPT_BODY));
      core.journal.append<HttpExchange>({
        kind: 'http.exchange',
        account: account.name,
        journey: journeyOf(accounts, account.name, path, query) ?? null,
        // Node gives headers' names in lower case.
        from: req.headers[DRIVER_HEADER] === undefined ? 'bridge' : 'ringback',
        to: 'zendesk',
        label: redactor.text(`${req.method} ${path}${query ? `?${query}` : ''} ${res.statusCode}`),
        data: {
          method: req.method,
          path,
          query: redactor.text(query),
          status: res.statusCode,
          durationMs: Math.round((core.clock.monotonic() - startedAt) * 1000) / 1000,
          request: { headers: redactor.headers(req.headers), body: text(requestBody(req, path)) },
          response: { headers: sentHeaders(res, redactor), body: text(body) },
        },
      });
    });
    next();
  };
}

function sentHeaders(res: Response, redactor: Redactor): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of headersOf(res)) headers[name] = redactor.header(name, value);
  return headers;
}

const NAMED_IN_PATH = /\/(ticket|user|organization)s\/(\d+)/;

function journeyOf(accounts: AccountService, account: string, path: string, query: string): JourneyId | undefined {
  const { journeys } = accounts.core;
  const [, kind, id] = NAMED_IN_PATH.exec(path) ?? [];
  if (kind && id) return journeys.find(account, `${kind}:${id}`);
  if (query === '') return undefined;
  const params = new URLSearchParams(query);
  const ids = params.get('ids')?.split(',') ?? [];
  const resource = /\/(ticket|user|organization)s\/show_many/.exec(path)?.[1];
  const linked = ids.map((each) => journeys.find(account, `${resource}:${each}`)).find((each) => each !== undefined);
  if (linked) return linked;
  const digits = /search/.test(path) ? (params.get('query') ?? '').replace(/\D/g, '') : '';
  return digits.length >= 7 ? journeys.find(account, `number:+${digits}`) : undefined;
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Where bodies have passwords (OAuth's password grant and sign-in, users): those, too, that are nobody's, or were kept by an earlier run. */
const WITH_PASSWORDS = /^\/(?:oauth|api\/v2\/users)\b/;
const PASSWORDS = new Set(['password', 'previous_password']);

function requestBody(req: Request, path: string): string | Uint8Array | null {
  const body = req.body as unknown;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body === undefined) return null;
  return WITH_PASSWORDS.test(path) ? JSON.stringify(body, withoutPasswords) : JSON.stringify(body);
}

function withoutPasswords(name: string, value: unknown): unknown {
  return PASSWORDS.has(name) && (typeof value === 'string' || typeof value === 'number') ? REDACTED : value;
}

/**
 * Calls back once with the body: as soon as the answer is handed over whole (`sendJson`, `res.send`), so that whoever has
 * the answer finds it in the journal; else when the client gave up.
 */
function onAnswered(res: Response, done: (body: string | Uint8Array | null) => void): void {
  let called = false;
  const once = (body: string | Uint8Array | null): void => {
    if (called) return;
    called = true;
    done(body);
  };
  const end = res.end.bind(res) as (...args: unknown[]) => Response;
  const journaledEnd = (...args: unknown[]): Response => {
    const [chunk] = args;
    const result = end(...args);
    once(typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : null);
    return result;
  };
  // Not written as one: V8 puts a function that is made where it is assigned to a property among what lives long, and this one
  // would keep its whole request there, for pauses of 20 ms under load.
  res.end = journaledEnd as typeof res.end;
  res.once('close', () => once(null));
}
