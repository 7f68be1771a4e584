import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { type Client, connect, result, type Row, rows } from './connect.ts';

/** Whole pages, or their rows: the client has both. */
const named = (found: unknown, key: string): Row[] =>
  (Array.isArray(found) ? found : [found]).flatMap((each: Record<string, Row[]> & Row) => each[key] ?? [each]);

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await testServer();
  client = connect(server);
  const { support, api } = server;
  const ada = support.users.create('acme', { name: 'Ada Lovelace', email: 'ada@x.example', tags: ['vip'] }, api);
  support.organizations.create('acme', { name: 'Globex' }, api);
  for (let count = 0; count < 120; count++) support.tickets.create('acme', { subject: `Engine ${count}`, comment: 'x', requester_id: ada.id }, api); // prettier-ignore
  server.advance(120_000);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('node-zendesk searches', () => {
  it('page by page, all pages, and counts', async () => {
    const { search } = client;
    expect(named(await result(search.query('ada type:user')), 'results')).toMatchObject([{ result_type: 'user', name: 'Ada Lovelace' }]);
    const all = named(await search.queryAll('type:ticket engine'), 'results');
    expect(new Set(all.map(({ id }) => id)).size).toBe(120);
    expect(JSON.stringify(await result(search.showResultsCount('type:ticket engine')))).toContain('120');
  });

  it('by export, which has no end at 1,000', async () => {
    const found = named(await client.search.exportResults('engine', 'ticket', 50), 'results');
    expect(new Set(found.map(({ id }) => id)).size).toBe(120);
  });
});

describe('node-zendesk exports', () => {
  it('tickets by time, by cursor, and with what belongs to them', async () => {
    expect(named(await result(client.ticketexport.export(0)), 'tickets')).toHaveLength(120);
    // Without a cursor the client sends the word "undefined" for one.
    const { body } = await server.call<{ after_cursor: string }>('GET', '/incremental/tickets/cursor?start_time=0&per_page=50');
    expect(named(await result(client.ticketexport.exportCursor(0, body.after_cursor)), 'tickets')).toHaveLength(70);
    expect(JSON.stringify(await client.ticketexport.exportWithUser(0))).toContain('"Ada Lovelace"');
    expect(named(await rows(client.tickets.incremental('0')), 'tickets').length).toBeGreaterThanOrEqual(120);
  });

  it('users, organizations and what happened to tickets', async () => {
    const users = named(await client.users.incremental(0), 'users');
    expect(users.map(({ name }) => name)).toContain('Ada Lovelace');
    expect(named(await client.organizations.incremental('0'), 'organizations').map(({ name }) => name)).toContain('Globex');
    const events = named(await client.ticketevents.incremental(0), 'ticket_events');
    expect(new Set(events.map((event) => event['ticket_id'])).size).toBe(120);
  });
});

/** It writes no tags: its methods for that send none. */
it('node-zendesk reads locales, roles and tags', async () => {
  expect(named(await client.locales.list(), 'locales').map((locale) => locale['locale'])).toContain('en-US');
  expect(JSON.stringify(await result(client.locales.showCurrent()))).toContain('"en-US"');
  expect(named(await client.customagentroles.list(), 'custom_roles').length).toBeGreaterThan(0);
  const ada = server.support.users.findByEmail('acme', 'ada@x.example')?.id ?? 0;
  expect(JSON.stringify(await client.users.listTags(ada))).toContain('["vip"]');
});
