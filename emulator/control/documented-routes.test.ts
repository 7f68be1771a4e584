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
import { settingsRoutes } from './routes/settings.ts';
import { stateRoutes } from './routes/state.ts';
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

test('every route of the control plane is in docs/control-api.md, and nothing else is', () => {
  const routes = mounted();
  expect(routes.length).toBeGreaterThan(30);
  expect(documented()).toEqual(new Set(routes));
});
