import { readFileSync } from 'node:fs';
import type { Router } from 'express';
import { expect, test } from 'vitest';
import { accountRoutes } from './routes/accounts.ts';
import { agentRoutes } from './routes/agents.ts';
import { callRoutes } from './routes/calls.ts';
import { describeRoutes } from './routes/describe.ts';
import { faultRoutes } from './routes/faults.ts';
import { journalRoutes } from './routes/journal.ts';
import { journeyRoutes } from './routes/journeys.ts';
import { messageRoutes } from './routes/messages.ts';
import { settingsRoutes } from './routes/settings.ts';
import { stateRoutes } from './routes/state.ts';
import { testEmulator } from './test-emulator.ts';
import type { World } from './world.ts';

/** What a router needs while it is built; nothing is asked of it. */
const world = { rooms: { core: {}, workspace: {}, support: {} } } as unknown as World;

function mounted(): string[] {
  const all = [
    describeRoutes,
    accountRoutes,
    settingsRoutes,
    stateRoutes,
    callRoutes,
    journeyRoutes,
    agentRoutes,
    messageRoutes,
    faultRoutes,
    journalRoutes,
  ];
  return all
    .map((routes): Router => routes(world))
    .flatMap((router) => router.stack)
    .flatMap(({ route }) => {
      const paths = [route?.path ?? []].flat() as string[];
      const methods = [...new Set(route?.stack.map((layer) => layer.method.toUpperCase()))];
      return paths.flatMap((path) => methods.map((method) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`));
    });
}

/** Routes in the tables of the document; `POST /reset`, `/snapshot`, … in its running text count too. */
function documented(): Set<string> {
  const text = readFileSync(new URL('../../docs/control-api.md', import.meta.url), 'utf8');
  const found = [...text.matchAll(/`(GET|POST|PUT|DELETE) (\/[^\s`?]*)/g)].map((match) => `${match[1]} ${match[2]}`);
  const [, list = ''] = /`POST (\/reset`, .*?) with `account` in the body/s.exec(text) ?? [];
  return new Set([...found, ...[...list.matchAll(/(\/[\w/]+)`/g)].map((match) => `POST ${match[1]}`)]);
}

/** A body of each route that asks for something, as far as it must be there. */
const NEEDED: Readonly<Record<string, object>> = {
  'POST /calls': { from: '+14155550100' },
  'POST /journeys/{id}/digits': { digits: '0' },
  'POST /agents': { name: 'Grace Hopper' },
  'PUT /agents/{id}': { answers: 'ignores' },
  'PUT /agents/{id}/presence': { presence: 'online' },
  'POST /messages': { ticket: 1, body: 'x' },
  'POST /faults': { target: 'webhook', action: 'drop' },
  'POST /accounts/{name}/clock/advance': { ms: 1 },
  'POST /clock/advance': { ms: 1 },
  'POST /journal': { label: 'x' },
};

test('every route that takes a body refuses what it does not know', async () => {
  await using control = await testEmulator();
  const routes = mounted().filter((route) => !route.startsWith('GET'));
  expect(routes.length).toBeGreaterThan(20);
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const answer = await control.send(method, path.replace('{name}', 'acme').replace('{id}', '7'), { ...NEEDED[route], unheard_of: 1 });
    const message = expect.stringContaining('has a property "unheard_of" that it does not know');
    expect([route, answer]).toMatchObject([route, { status: 400, body: { error: 'invalid_body', message } }]);
  }
});

test('every route of the control plane is in docs/control-api.md, and nothing else is', () => {
  const routes = mounted();
  expect(routes.length).toBeGreaterThan(30);
  expect(documented()).toEqual(new Set(routes));
});
