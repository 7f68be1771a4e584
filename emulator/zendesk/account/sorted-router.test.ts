import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { sortedRouter } from './sorted-router.ts';

/** What a router with these routes answers to `METHOD /path`. */
async function serve(add: (router: Router) => void): Promise<(request: string) => Promise<string>> {
  const router = sortedRouter();
  add(router);
  const app = express().use('/api', router);
  app.use((_req, res) => void res.send('nobody'));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return async (request) => {
    const [method = '', path = ''] = request.split(' ');
    return (await fetch(`http://127.0.0.1:${port}/api${path}`, { method })).text();
  };
}

it('finds the route that fits first, by method and path, and leaves what fits none to others', async () => {
  const call = await serve((router) => {
    router.get('/tickets', (_req, res) => void res.send('list'));
    router.post('/tickets', (_req, res) => void res.send('create'));
    router.get('/tickets/count', (_req, res) => void res.send('count'));
    router.get('/tickets/:id', (req, res) => void res.send(`ticket ${req.params.id}`));
    router.get('/tickets/:id/comments', (req, res) => void res.send(`comments of ${req.params.id}`));
    router.get('/users/:id', (req, res) => void res.send(`user ${req.params.id}`));
    router.get('/users/me', (_req, res) => void res.send('too late'));
  });
  expect(await call('GET /tickets')).toBe('list');
  expect(await call('GET /tickets?a=/b/c')).toBe('list');
  expect(await call('POST /tickets')).toBe('create');
  expect(await call('GET /tickets/count')).toBe('count');
  expect(await call('GET /tickets/a%2Fb')).toBe('ticket a/b');
  expect(await call('GET /tickets/7/comments')).toBe('comments of 7');
  expect(await call('GET /users/me')).toBe('user me');
  for (const request of ['PUT /tickets', 'GET /Tickets', 'GET /tickets/7/x', 'GET /tickets/7/comments/8', 'GET /groups', 'GET /']) {
    expect(await call(request)).toBe('nobody');
  }
});

it('asks what was added before, and what watches a parameter, before any route', async () => {
  const call = await serve((router) => {
    router.param('id', (_req, res, next, id: string) => (id === '3' ? res.send('closed') : next()));
    router.use((req, res, next) => (req.path === '/tickets/4' ? res.send('gone') : next()));
    router.get('/tickets/:id', (req, res) => void res.send(req.params.id));
    router.param('id', (_req, res, next, id: string) => (id === '5' ? res.send('late') : next()));
  });
  expect(await Promise.all(['GET /tickets/2', 'GET /tickets/3', 'GET /tickets/4', 'GET /tickets/5'].map(call))).toEqual([
    '2',
    'closed',
    'gone',
    'late',
  ]);
});

it.each(['/:any', '/files/*path', '/help{/:locale}'])('refuses %s, which belongs to no kind', (path) => {
  expect(() => sortedRouter().get(path, () => undefined)).toThrow(RangeError);
});

it('refuses what is used after its first route, which other routes would pass by', () => {
  const router = sortedRouter();
  router.get('/tickets/:id', () => undefined);
  expect(() => router.use('/tickets', () => undefined)).toThrow(RangeError);
});
