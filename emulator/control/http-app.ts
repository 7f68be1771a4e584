import express, { type Express } from 'express';
import { ApiError, hasAccount, sortedRouter } from '../zendesk/account/index.ts';
import { controlApp } from './app.ts';
import type { World } from './world.ts';

/** Everything that is served over HTTP on one port: the control plane, and Zendesk's REST API of every account. */
export function httpApp(world: World): Express {
  const { accounts, webhooks, support } = world.rooms;
  const api = sortedRouter();
  api.use(accounts.entry());
  const ofWebhooks = webhooks.router();
  // All that it serves is below this: nothing else need be compared with its routes.
  api.use((req, res, next) => (req.path.startsWith('/webhooks') ? ofWebhooks(req, res, next) : next()));
  api.use(support.router());
  // Talk's own REST API: documented by the vendor, not emulated yet (docs/coverage.md).
  api.use(['/channels/voice', '/calls'], (req) => {
    const path = `${req.baseUrl}${req.path}`.replace(/^.*\/api\/v2/, '').replace(/\/$/, '');
    const description = `${req.method} /api/v2${path} is not emulated by Ringback; docs/coverage.md lists what is`;
    throw new ApiError(501, { error: 'NotEmulated', description });
  });
  api.use(support.fallback());

  const app = express();
  app.disable('x-powered-by');
  app.use('/control', controlApp(world));
  const whole = sortedRouter();
  app.use(whole);
  whole.use(accounts.select());
  whole.use(accounts.httpJournal());
  const zendesk = sortedRouter();
  zendesk.use('/api/v2', api);
  zendesk.use('/attachments', support.files());
  zendesk.use('/hc', support.guideFiles());
  zendesk.use('/oauth', support.oauth());
  whole.use((req, res, next) => (hasAccount(res) ? zendesk(req, res, next) : next()));
  whole.use(accounts.errors());
  app.use((_req, res) => {
    const hint = 'REST: /zendesk/SUBDOMAIN/api/v2/…, or Host: SUBDOMAIN.zendesk.com; control plane: /control';
    res.status(404).json({ error: 'unknown_route', message: 'Ringback serves nothing here', hint });
  });
  return app;
}
