import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { ControlError, controlErrors } from './errors.ts';
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
import { NoToneLeft } from '../telephony/media/index.ts';
import type { World } from './world.ts';

/** The control plane as an Express application, to be mounted at `/control`. */
export function controlApp(world: World): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(express.json({ limit: '10mb', strict: false, type: () => true }));
  for (const routes of [
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
  ]) {
    app.use(routes(world));
  }
  app.use((req) => {
    throw controlErrors.unknownRoute(req.method, req.baseUrl + req.path);
  });
  app.use(errorAnswers(world));
  return app;
}

/** Last middleware: every error in one shape; defects are journaled with their stack. */
function errorAnswers({ rooms }: World): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const known = asControlError(error, req);
    if (known.status === 500) {
      const stack = error instanceof Error ? error.stack : String(error);
      rooms.core.journal.append({ kind: 'note', from: 'ringback', label: `internal error: ${known.message}`, data: { stack } });
    }
    res.status(known.status).json({ error: known.code, message: known.message, hint: known.hint });
  };
}

function asControlError(error: unknown, req: Request): ControlError {
  if (error instanceof ControlError) return error;
  if (error instanceof NoToneLeft) return controlErrors.noToneLeft(error.message);
  const { type, message, statusCode } = error as { type?: string; message?: string; statusCode?: number };
  if (type === 'entity.too.large') return controlErrors.tooLarge();
  // A path with a broken percent escape.
  if (error instanceof URIError) return controlErrors.unknownRoute(req.method, req.originalUrl);
  // The parser's: no JSON, a length that is not so, a damaged compression.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return controlErrors.invalidJson(message ?? 'unreadable');
  return controlErrors.internal(message ?? String(error));
}
