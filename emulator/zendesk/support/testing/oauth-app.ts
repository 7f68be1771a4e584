import type { TestServer } from './test-server.ts';

export interface TestClient {
  readonly id: number;
  readonly identifier: string;
  readonly secret: string;
}

/** What the token endpoint answered. */
export interface Granted {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly access_token: string;
    readonly refresh_token: string;
    readonly error?: string;
  };
}

/** An application that lives at `https://app.example/callback`. */
export async function oauthClient(server: TestServer, draft: object = {}): Promise<TestClient> {
  const client = { name: 'App', identifier: 'app', redirect_uri: ['https://app.example/callback'], ...draft };
  return (await server.call<{ client: TestClient }>('POST', '/oauth/clients', { client })).body.client;
}

/** Asks the token endpoint. */
export async function askToken(server: TestServer, request: object): Promise<Granted> {
  const { status, body } = await server.call<Granted['body']>('POST', oauthUrl(server, '/tokens'), request, { authorization: '' });
  return { status, body };
}

/** A token of these scopes for the owner. */
export async function ownToken(server: TestServer, scopes: readonly string[], clientId?: number): Promise<string> {
  const client_id = clientId ?? (await oauthClient(server, { identifier: `app-${scopes.join('-')}` })).id;
  const { body } = await server.call<{ token: { full_token: string } }>('POST', '/oauth/tokens', { token: { client_id, scopes } });
  return body.token.full_token;
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export const oauthUrl = (server: TestServer, path: string): string => server.url.replace('/api/v2', '/oauth') + path;

/** Fills in the consent page as a browser would, and returns where the browser is sent. */
export async function decide(
  server: TestServer,
  query: Record<string, string>,
  form: Record<string, string>,
): Promise<{ status: number; html: string; location: URL | undefined }> {
  const page = await fetch(`${oauthUrl(server, '/authorizations/new')}?${new URLSearchParams(query)}`, { redirect: 'manual' });
  const shown = await answered(page);
  if (page.status !== 200) return shown;
  const hidden = [...shown.html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
    name ?? '',
    (value ?? '').replaceAll('&amp;', '&'),
  ]);
  const action = new URL(/<form method="post" action="([^"]+)">/.exec(shown.html)?.[1] ?? '', page.url);
  const body = new URLSearchParams([...hidden, ...Object.entries(form)] as [string, string][]);
  return await answered(await fetch(action, { method: 'POST', body, redirect: 'manual' }));
}

async function answered(response: Response): Promise<{ status: number; html: string; location: URL | undefined }> {
  const location = response.headers.get('location');
  return { status: response.status, html: await response.text(), location: location === null ? undefined : new URL(location) };
}
