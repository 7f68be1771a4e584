import express, { type Request, type Response, type Router } from 'express';
import { type Account, accountOf, type Identified, type OAuthClient, type OAuthToken, sendJson } from '../../account/index.ts';
import type { Support } from '../index.ts';
import { consentPage, type Hidden, problemPage } from './consent-page.ts';
import { descriptionOf, grantError } from './errors.ts';
import { grantToken, type GrantRequest, wordsOf } from './grant.ts';

/** Parameters of an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3). */
const PARAMETERS = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method'] as const;

/** An authorization request whose client and address are known, so that it can be told what becomes of it. */
interface Asked {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly hidden: Hidden;
}

/**
 * `/oauth`, outside `/api/v2`: the consent page, its decision and the token endpoint. Mounted behind `accounts.select()`;
 * none of it is an API request, so that nothing counts against the account's limit (inferred).
 */
export function oauthFlowRouter(support: Support): Router {
  const { accounts } = support.context;
  const router = express.Router();
  router.use(accounts.jsonBody(), express.urlencoded({ extended: false, limit: '64kb' }));

  router.get('/authorizations/new', (req, res) => {
    const asked = read(accountOf(res), new URLSearchParams(req.url.split('?')[1] ?? ''), res);
    if (asked) sendPage(res, 200, consentPage(asked.client, wordsOf(asked.hidden['scope']), asked.hidden));
  });

  router.post('/authorizations', (req, res) => {
    const account = accountOf(res);
    const form = formOf(req);
    const asked = read(account, new URLSearchParams(known(form)), res);
    if (!asked) return;
    if (form['decision'] !== 'allow') return redirectError(res, asked, 'access_denied');
    const user = signIn(account, form['email'] ?? '', form['password'] ?? '');
    if (!user) return sendPage(res, 401, consentPage(asked.client, wordsOf(asked.hidden['scope']), asked.hidden, 'That e-mail and password do not fit.')); // prettier-ignore
    const { code_challenge: value, code_challenge_method: method } = asked.hidden;
    const code = accounts.oauth.authorize(account.name, {
      client_id: asked.client.id,
      user_id: user.id,
      scopes: wordsOf(asked.hidden['scope']),
      redirect_uri: asked.redirectUri,
      challenge: value === undefined ? null : { value, method: method === 'S256' ? 'S256' : 'plain' },
    });
    redirect(res, asked, { code });
  });

  router.post('/tokens', (req, res) => {
    const token = grantToken(support, accountOf(res), formOf(req));
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    sendJson(res, 200, wireGrant(support, accountOf(res), token));
  });

  // Reported by users: preflights of the token endpoint are refused.
  router.options('/tokens', (_req, res) => void res.status(405).set('Allow', 'POST').end());

  /** Answers itself when the request cannot go on. */
  function read(account: Account, query: URLSearchParams, res: Response): Asked | undefined {
    const hidden = Object.fromEntries(PARAMETERS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])));
    const client = accounts.oauth.clientNamed(account.name, hidden['client_id'] ?? '');
    const refuse = (problem: string): undefined => void sendPage(res, 400, problemPage(problem));
    if (!client) return refuse('There is no such client.');
    const redirectUri = hidden['redirect_uri'] ?? (client.redirect_uri.length === 1 ? client.redirect_uri[0] : undefined);
    if (redirectUri === undefined) return refuse('redirect_uri is required.');
    if (!client.redirect_uri.includes(redirectUri)) return refuse('redirect_uri is not one of the client’s.');
    const asked: Asked = { client, redirectUri, hidden };
    const refuseTo = (code: Parameters<typeof redirectError>[2]): undefined => void redirectError(res, asked, code);
    // The implicit grant (`token`) is deprecated and refused.
    if (hidden['response_type'] !== 'code') return refuseTo('unsupported_response_type');
    const method = hidden['code_challenge_method'];
    if (method !== undefined && method !== 'S256' && method !== 'plain') return refuseTo('invalid_request');
    // Public clients prove themselves by PKCE alone.
    if (client.kind === 'public' && !hidden['code_challenge']) return refuseTo('invalid_request');
    return asked;
  }

  /** By the user's password, or by the account's API token, which speaks for everybody. */
  function signIn(account: Account, email: string, password: string): Identified | undefined {
    const byToken = password !== '' && password === accounts.apiToken(account.name);
    const user = byToken ? accounts.directory(account.name, email) : accounts.withPassword(account.name, email, password);
    return user?.active && user.verified && !user.suspended ? user : undefined;
  }

  return router;
}

/** What the token endpoint answers (RFC 6749 §5.1). */
function wireGrant(support: Support, account: Account, token: OAuthToken): Record<string, unknown> {
  const now = support.context.core.businessClock(account.name).now();
  const left = (until: string): number => Math.round((Date.parse(until) - now) / 1_000);
  return {
    access_token: token.token,
    token_type: 'bearer',
    scope: token.scopes.join(' '),
    ...(token.expires_at === null ? {} : { expires_in: left(token.expires_at) }),
    ...(token.refresh_token === null ? {} : { refresh_token: token.refresh_token }),
    ...(token.refresh_token_expires_at === null ? {} : { refresh_token_expires_in: left(token.refresh_token_expires_at) }),
  };
}

/** JSON (documented) or a form (RFC 6749), values as text. @throws ApiError 400 for anything else */
function formOf(req: Request): GrantRequest {
  const body = req.body as unknown;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw grantError('invalid_request', 'Send JSON or a form.');
  const texts = Object.entries(body).filter(([, value]) => ['string', 'number'].includes(typeof value));
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
}

function known(form: GrantRequest): Record<string, string> {
  return Object.fromEntries(PARAMETERS.flatMap((name) => (form[name] === undefined ? [] : [[name, form[name]]])));
}

function redirect(res: Response, { redirectUri, hidden }: Asked, params: Record<string, string>): void {
  const to = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) to.searchParams.set(name, value);
  if (hidden['state'] !== undefined) to.searchParams.set('state', hidden['state']);
  res.redirect(302, to.href);
}

function redirectError(res: Response, asked: Asked, code: Parameters<typeof descriptionOf>[0]): void {
  redirect(res, asked, { error: code, error_description: descriptionOf(code) });
}

/** Never in a frame, never kept. */
function sendPage(res: Response, status: number, html: string): void {
  res.status(status).set({ 'X-Frame-Options': 'DENY', 'Cache-Control': 'no-store' }).type('html').send(html);
}
