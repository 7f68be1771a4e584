import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

const shown = (headers: Headers, name: string): string | null => headers.get(`zendesk-ratelimit-${name}`);

describe('limits of endpoints', () => {
  it.each([
    ['PUT', '/tickets/1', 'tickets-update', 100, 60],
    ['PUT', '/tickets/1', 'per-ticket-updates', 30, 600],
    ['DELETE', '/tickets/9', 'tickets-destroy', 400, 60],
    ['GET', '/tickets/1/audits', 'ticket-audits-index', 500, 60],
    ['GET', '/deleted_tickets', 'deleted-tickets-index', 10, 60],
    ['DELETE', '/deleted_tickets/9', 'deleted-tickets-destroy', 1_000, 60],
    ['DELETE', '/deleted_tickets/destroy_many', 'deleted-tickets-destroy-many', 300, 60],
    ['PUT', '/users/9', 'users-update', 5, 60],
    ['PUT', '/users/9', 'users-update-account', 1, 1],
    ['PUT', '/organizations/9', 'organizations-update', 5, 60],
    ['GET', '/ticket_fields', 'ticket-fields-index', 300, 60],
    ['GET', '/tags', 'tags-index', 2_000, 60],
    ['GET', '/search?query=x', 'search-index', 2_500, 60],
    ['GET', '/search/export?query=x', 'search-export', 100, 60],
    ['GET', '/incremental/tickets?start_time=0', 'incremental-exports', 10, 60],
    ['GET', '/incremental/users/cursor?start_time=0', 'incremental-exports', 10, 60],
    ['GET', '/views/1/execute', 'views-execute', 5, 60],
    ['GET', '/views/count_many?ids=1', 'views-count-many', 6, 300],
  ])('%s %s: %s is %i in %i s', async (method, path, name, limit, seconds) => {
    await using server = await testServer({ plan: 'enterprise_plus', settings: {} });
    const first = await server.call(method, path, method === 'PUT' ? {} : undefined);
    expect(shown(first.headers, name)).toBe(`total=${limit}; remaining=${limit - 1}; resets=${seconds}`);
  });

  it('refuse what is too much, until the window is over', async () => {
    await using server = await testServer({ settings: {} });
    for (let count = 0; count < 10; count++) expect((await server.call('GET', '/incremental/tickets?start_time=0')).status).toBe(200);
    server.advance(15_000);
    const refused = await server.call('GET', '/incremental/users?start_time=0');
    expect([refused.status, refused.body, refused.headers.get('retry-after')]).toEqual([
      429,
      { errors: [{ code: 'TooManyRequests', title: 'Too many requests to export' }] },
      '45',
    ]);
    server.advance(45_000);
    expect((await server.call('GET', '/incremental/users?start_time=0')).status).toBe(200);
  });

  it('count each record apart where they are about one', async () => {
    await using server = await testServer({ settings: {} });
    const update = async (id: number): Promise<number> => {
      server.advance(1_000);
      return (await server.call('PUT', `/users/${id}`, {})).status;
    };
    for (let count = 0; count < 5; count++) expect(await update(8)).not.toBe(429);
    expect(await update(8)).toBe(429);
    expect(await update(9)).not.toBe(429);
  });

  it('allow one update of a user a second', async () => {
    await using server = await testServer({ settings: {} });
    const statuses = async (): Promise<number[]> => [
      (await server.call('PUT', '/users/8', {})).status,
      (await server.call('POST', '/users/create_or_update', { user: { name: 'X', external_id: 'x' } })).status,
    ];
    expect(await statuses()).toEqual([400, 429]);
    server.advance(1_000);
    expect((await server.call('POST', '/users/create_or_update', { user: { name: 'X', external_id: 'x' } })).status).toBe(201);
  });

  it('are lower for trials, and for deep pages', async () => {
    await using server = await testServer({ settings: { trial: true, rateLimits: false } });
    const list = async (path: string, name: string): Promise<string | null> => shown((await server.call('GET', path)).headers, name);
    expect(await list('/tickets', 'tickets-index')).toMatch(/^total=100; /);
    expect(await list('/tickets?page=2', 'tickets-index-deep')).toBeNull();
    expect(await list('/tickets?page=501&per_page=1', 'tickets-index-deep')).toMatch(/^total=50; /);
    expect(await list('/tags', 'tags-index')).toMatch(/^total=100; /);
    expect(await list('/ticket_fields', 'ticket-fields-index')).toMatch(/^total=20; /);
    expect(shown((await server.call('PUT', '/tickets/1', {})).headers, 'tickets-update')).toMatch(/^total=20; /);
  });

  it('are higher with the High Volume add-on', async () => {
    await using server = await testServer({ plan: 'high_volume' });
    expect(shown((await server.call('PUT', '/tickets/1', {})).headers, 'tickets-update')).toMatch(/^total=300; /);
    expect(shown((await server.call('GET', '/incremental/tickets?start_time=0')).headers, 'incremental-exports')).toMatch(/^total=30; /);
  });
});

describe('the account’s limit', () => {
  it.each([
    ['essential', 10],
    ['team', 200],
    ['growth', 400],
    ['professional', 400],
    ['enterprise', 700],
    ['enterprise_plus', 2_500],
    ['high_volume', 2_500],
  ])('of %s is %i a minute, in both families of headers', async (plan, limit) => {
    await using server = await testServer({ plan });
    const { headers } = await server.call('GET', '/users/me');
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-rate-limit': String(limit),
      'x-rate-limit-remaining': String(limit - 1),
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(limit - 1),
      'ratelimit-reset': '60',
    });
  });
});
