import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownToken } from '../../emulator/zendesk/support/testing/oauth-app.ts';
import { testServer, type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';

// A client by other hands than node-zendesk's, with another idea of everything: OAuth only, offset pages, `.json` everywhere,
// whole bodies handed out, parameters sent although they are empty. It never settles after a 204, with Zendesk either.
type Body = Record<string, never> & {
  readonly ticket: { readonly id: number; readonly tags: readonly string[] };
  readonly user: { readonly id: number; readonly email: string };
};
type Method = (...args: readonly unknown[]) => Promise<Body>;
type Resource = Readonly<Record<string, Method>>;
type Client = Readonly<Record<'tickets' | 'users' | 'search' | 'attachments', Resource>>;
/** It has no types of its own, and of its builds only this one loads in Node. */
const createClient = createRequire(import.meta.url)('zendesk-client/umd/zendesk-client.js') as (options: {
  url: string;
  token: string;
}) => Client;

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await testServer();
  client = withToken(await ownToken(server, ['read', 'write']));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function withToken(token: string): Client {
  return createClient({ url: server.url.replace('/api/v2', ''), token });
}

/** A resource's method; fails the test when the client does not have it. */
function call(resource: keyof Client, method: string, ...args: readonly unknown[]): Promise<Body> {
  const found = client[resource][method];
  if (!found) throw new Error(`the client has no ${resource}.${method}`);
  return found.call(client[resource], ...args);
}

describe('zendesk-client', () => {
  it('signs in, and says why it cannot', async () => {
    expect(await call('users', 'me')).toMatchObject({ user: { id: server.ownerId, role: 'admin' } });
    await expect(withToken('nobody’s').users['me']?.()).rejects.toThrow();
    await expect(call('tickets', 'show', 99)).rejects.toThrow('Not found');
  });

  it('works on tickets, one and many', async () => {
    const requester = { name: 'Bob', email: 'bob@x.example' };
    const { ticket } = await call('tickets', 'create', { ticket: { subject: 'Hello', comment: { body: 'First' }, requester } });
    expect(await call('tickets', 'show', ticket.id)).toMatchObject({ ticket: { subject: 'Hello', description: 'First' } });
    const changed = await call('tickets', 'update', ticket.id, { ticket: { tags: ['a'], comment: { body: 'Second' } } });
    expect(changed).toMatchObject({ ticket: { tags: ['a'] }, audit: { ticket_id: ticket.id } });
    expect(await call('tickets', 'getComments', ticket.id)).toMatchObject({ count: 2, comments: [{ body: 'First' }, { body: 'Second' }] });
    const { job_status: job } = (await call('tickets', 'createMany', {
      tickets: [{ comment: { body: 'x' } }, { comment: { body: 'y' } }],
    })) as unknown as { job_status: { id: string; total: number } };
    expect(job).toMatchObject({ total: 2 });
    server.advance(60_000);
    expect(await call('tickets', 'list')).toMatchObject({ next_page: null, count: 3 });
    expect(await call('tickets', 'showMany', [ticket.id, 99])).toMatchObject({ tickets: [{ id: ticket.id }], count: 1 });
    expect(await call('tickets', 'updateMany', [ticket.id], { ticket: { priority: 'high' } })).toMatchObject({ job_status: { total: 1 } });
    const requesterId = ((await call('tickets', 'show', ticket.id)) as unknown as { ticket: { requester_id: number } }).ticket.requester_id;
    expect(await call('tickets', 'listByUserRequested', requesterId)).toMatchObject({ count: 1 });
    for (const list of ['listByUserCCD', 'listByAssigned']) expect(await call('tickets', list, server.ownerId)).toHaveProperty('tickets');
  });

  it('works on users', async () => {
    const { user } = await call('users', 'createOrUpdate', { user: { name: 'Ada', email: 'ada@x.example' } });
    const again = await call('users', 'createOrUpdate', { user: { name: 'Ada L.', email: 'ada@x.example' } });
    expect(again.user.id).toBe(user.id);
    expect(await call('users', 'show', user.id)).toMatchObject({ user: { name: 'Ada L.', email: 'ada@x.example' } });
    expect(await call('users', 'showMany', [user.id, server.ownerId])).toMatchObject({ count: 2 });
    expect(await call('users', 'list')).toHaveProperty('users');
  });

  it('finds what it searches for', async () => {
    await call('tickets', 'create', { ticket: { subject: 'Unmistakable', comment: { body: 'x' } } });
    expect(await call('search', 'query', 'type:ticket unmistakable')).toMatchObject({ count: 1, results: [{ subject: 'Unmistakable' }] });
  });

  it('uploads files: the first without a token, the others with that of the first', async () => {
    const files = ['a', 'b'].map((name) => Object.assign(Buffer.from(`file ${name}`), { name: `${name}.txt` }));
    const { upload } = (await call('attachments', 'upload', files)) as unknown as { upload: { token: string; attachments: unknown[] } };
    expect(upload.attachments).toHaveLength(2);
    const { ticket } = await call('tickets', 'create', { ticket: { comment: { body: 'see files', uploads: [upload.token] } } });
    expect(await call('tickets', 'getComments', ticket.id)).toMatchObject({
      comments: [{ attachments: [{ file_name: 'a.txt' }, { file_name: 'b.txt' }] }],
    });
  });
});
