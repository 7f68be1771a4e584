import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { AccountDraft } from '../../account/index.ts';
import { testSupport, type TestSupport } from './test-support.ts';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface TestServer extends TestSupport, AsyncDisposable {
  /** `http://127.0.0.1:PORT/zendesk/acme/api/v2` */
  readonly url: string;
  /** Calls as the owner; other headers replace the usual ones. A string is sent as it is. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
}

/** The REST surface of the account `acme` on a socket; its limits are shown, not enforced, unless the draft says so. */
export async function testServer(draft: Partial<AccountDraft> = {}): Promise<TestServer> {
  const world = testSupport({ settings: { rateLimits: false }, ...draft });
  const { accounts, support } = world;
  const app = express();
  const api = express.Router();
  api.use(support.router(), support.fallback());
  app.use(accounts.select(), accounts.httpJournal());
  app.use('/api/v2', api);
  app.use('/attachments', support.files());
  app.use('/hc', support.guideFiles());
  app.use('/oauth', support.oauth());
  app.use(accounts.errors());
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  accounts.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${accounts.url('acme')}/api/v2`;
  return {
    ...world,
    url,
    async call<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
      const response = await fetch(path.startsWith('http') ? path : url + path, {
        method,
        headers: { authorization: basic('owner@acme.example', 'test-api-token'), 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as Body };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function basic(email: string, token: string): string {
  return `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
}
