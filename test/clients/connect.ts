import { createClient } from 'node-zendesk';
import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';

export type Client = ReturnType<typeof createClient>;

/** The client's own types promise less (or other) than it returns. */
export type Row = Record<string, unknown> & { id: number };

/** node-zendesk, as the owner unless told otherwise; `path` goes behind the address, `more` is for the client. */
export function connect(server: TestServer, { path = '', username = 'owner@acme.example', more = {} } = {}): Client {
  const endpoint = { subdomain: 'acme', endpointUri: server.url + path };
  return createClient({ username, token: 'test-api-token', ...endpoint, throwOriginalException: true, ...more } as never);
}

/** What is in the answer. */
export async function result(call: Promise<unknown>): Promise<Row> {
  return ((await call) as { result: Row }).result;
}

/** The rows of a list, which the client pages. */
export async function rows(call: Promise<unknown>): Promise<Row[]> {
  return (await call) as Row[];
}

/** The status that the client throws for an answer of 400 and above, else 0. */
export function failure(call: Promise<unknown>): Promise<number> {
  return call.then(
    () => 0,
    (error: unknown) => (error as { statusCode: number }).statusCode,
  );
}
