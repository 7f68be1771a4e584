import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { contactOf } from './enrichment.ts';
import { ZendeskClient } from './zendesk-client.ts';

type Answers = Record<string, unknown>;
let server: Server;
let client: ZendeskClient;
let answers: Answers;
let requests: { route: string; authorization: string | undefined; body: unknown }[];

beforeEach(async () => {
  answers = {};
  requests = [];
  server = createServer(async (request, response) => {
    const route = `${request.method} ${request.url}`;
    const body = request.method === 'GET' || request.method === 'DELETE' ? undefined : await json(request);
    requests.push({ route, authorization: request.headers.authorization, body });
    const answer = answers[route];
    response.writeHead(answer === undefined ? 404 : 200).end(answer === undefined ? '{"error":"RecordNotFound"}' : JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new ZendeskClient(
    readConfig({
      ZENDESK_SUBDOMAIN: 'acme',
      ZENDESK_EMAIL: 'a@b.example',
      ZENDESK_API_TOKEN: 'secret',
      ZENDESK_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      SIP_IN_URI: 'sip:l@acme.zendesk.sip.twilio.com',
    }),
  );
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const routes = (): string[] => requests.map(({ route }) => route);
const LIST = 'GET /api/v2/webhooks?filter[name_contains]=link';
const SECRET = (id: string): Answers => ({ [`GET /api/v2/webhooks/${id}/signing_secret`]: { signing_secret: { secret: `s-${id}` } } });

test('authenticates with email/token:token and says what was refused', async () => {
  await expect(client.ticket(35)).rejects.toThrow('Zendesk answered 404 to GET /tickets/35: {"error":"RecordNotFound"}');
  expect(requests[0]?.authorization).toBe(`Basic ${Buffer.from('a@b.example/token:secret').toString('base64')}`);
});

test('the first save creates the webhook with its three subscriptions', async () => {
  answers = { [LIST]: { webhooks: [] }, 'POST /api/v2/webhooks': { webhook: { id: '1' } }, ...SECRET('1') };
  expect(await client.saveWebhook('link', 'http://b/w', { alwaysCreate: false })).toBe('s-1');
  expect(requests[1]?.body).toMatchObject({
    webhook: { endpoint: 'http://b/w', subscriptions: expect.arrayContaining(['zen:event-type:ticket.created']) },
  });
});

test('the second save updates it, removes what has the same name, and leaves similar names alone', async () => {
  const webhooks = [
    { id: '1', name: 'link' },
    { id: '2', name: 'link-2' },
    { id: '3', name: 'link' },
  ];
  answers = { [LIST]: { webhooks }, 'PUT /api/v2/webhooks/1': {}, 'DELETE /api/v2/webhooks/3': '', ...SECRET('1') };
  await client.saveWebhook('link', 'http://b/w', { alwaysCreate: false });
  expect(routes()).toEqual([LIST, 'PUT /api/v2/webhooks/1', 'DELETE /api/v2/webhooks/3', 'GET /api/v2/webhooks/1/signing_secret']);
});

test('a contact has user fields as they are, organization fields with org_ in front', async () => {
  answers = { 'GET /api/v2/organizations/9': { organization: { id: 9, organization_fields: { plan: 'gold', tier: null } } } };
  const user = { id: 7, name: 'Ada', email: null, phone: '+1', external_id: 'x', organization_id: 9, user_fields: { plan: 'own' } };
  expect(await contactOf(client, user)).toMatchObject({ externalId: 'x', customData: { plan: 'own', org_plan: 'gold', org_tier: null } });
  expect((await contactOf(client, { ...user, organization_id: null })).customData).toEqual({ plan: 'own' });
});
