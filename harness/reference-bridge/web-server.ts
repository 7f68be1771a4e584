import express from 'express';
import type { Server } from 'node:http';
import type { Bridge } from './bridge.ts';
import { isSigned } from './signature.ts';

/** The path that the webhook of this bridge points at. */
export const WEBHOOK_PATH = '/webhooks/zendesk';

/** The bridge's web server: webhook receiver, health, read-out of sessions, and saving the connection again. */
export function createWebServer(bridge: Bridge): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.post(WEBHOOK_PATH, express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const [timestamp, signature] = [request.get('X-Zendesk-Webhook-Signature-Timestamp'), request.get('X-Zendesk-Webhook-Signature')];
    const genuine = bridge.config.defect === 'signature-unchecked' || isSigned(bridge.webhookSecret, timestamp, body, signature);
    if (!genuine) {
      response.status(401).json({ error: 'signature does not fit' });
      return;
    }
    const event = eventOf(body);
    if (!event) {
      response.status(400).json({ error: 'no JSON event' });
      return;
    }
    await bridge.webhookReceived(event);
    response.json({ ok: true });
  });
  app.post('/connection', async (_request, response) => {
    await bridge.saveConnection();
    response.json({ saved: true });
  });
  app.get('/health', (_request, response) => {
    response.json({ ready: true });
  });
  app.get('/sessions', (_request, response) => {
    response.json({ sessions: bridge.sessions() });
  });
  app.delete('/sessions', (_request, response) => {
    bridge.forget();
    response.sendStatus(204);
  });
  return app;
}

/** The parts of a Zendesk event that this bridge acts on. */
export interface ZendeskEvent {
  readonly type: string;
  readonly detail: { readonly id?: string; readonly via?: { readonly channel?: string } };
}

function eventOf(body: Buffer): ZendeskEvent | undefined {
  try {
    const event = JSON.parse(body.toString('utf8')) as Partial<ZendeskEvent> | null;
    if (typeof event?.type !== 'string') return undefined;
    return { type: event.type, detail: event.detail ?? {} };
  } catch {
    return undefined;
  }
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
