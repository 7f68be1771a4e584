import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMedia, createSipStack, type IncomingCall, type Media, Random, realClock, type SipStack } from 'ringback/sip';
import { Bridge } from './bridge.ts';
import { readConfig } from './config.ts';

// The bridge between a bare SIP stack (trunk and SIP-IN line in one) and a Zendesk that knows one webhook.
const SECRET = 'c2VjcmV0';
let zendesk: Server;
let reads: string[];
let peer: SipStack;
let media: Media;
let transfers: IncomingCall[];
let onTransfer: (call: IncomingCall) => void;
let bridge: Bridge;
let address: { sip: string; http: string };
let env: Record<string, string>;

beforeEach(async () => {
  reads = [];
  transfers = [];
  env = {};
  zendesk = createServer((request, response) => {
    if (!request.url?.includes('/webhooks')) reads.push(`${request.method} ${request.url}`);
    const secret = request.url?.endsWith('/signing_secret') ? { signing_secret: { secret: SECRET } } : undefined;
    const body = request.method === 'POST' ? { webhook: { id: '1' } } : (secret ?? { webhooks: [] });
    response.end(JSON.stringify(body));
  });
  zendesk.listen(0, '127.0.0.1');
  await once(zendesk, 'listening');
  const random = new Random(1);
  peer = await createSipStack({ clock: realClock, random, udp: { host: '127.0.0.1', port: 0 } });
  media = createMedia({ clock: realClock, random, host: '127.0.0.1' });
  peer.handle({
    invite: (call) => {
      transfers.push(call);
      onTransfer(call);
    },
  });
});
afterEach(async () => {
  await bridge.stop();
  await peer.close();
  await media.close();
  zendesk.close();
  zendesk.closeAllConnections();
});

async function startBridge(): Promise<void> {
  const { udp } = peer.addresses;
  const config = readConfig({
    ZENDESK_SUBDOMAIN: 'acme',
    ZENDESK_EMAIL: 'a@b.example',
    ZENDESK_API_TOKEN: 't',
    ZENDESK_BASE_URL: `http://127.0.0.1:${(zendesk.address() as AddressInfo).port}`,
    SIP_IN_URI: 'sip:support@acme.zendesk.sip.twilio.com',
    SIP_OUTBOUND_PROXY: `${udp.host}:${udp.port}`,
    TICKET_WAIT_MS: '10',
    ...env,
  });
  bridge = new Bridge(config, () => undefined);
  address = await bridge.start();
}

const dial = (body: string, from = '<sip:+14155550100@acme.pstn.twilio.com>'): ReturnType<SipStack['call']> =>
  peer.call({
    uri: `sip:+14155550199@${address.sip}`,
    headers: [
      ['From', from],
      ['To', '<sip:+14155550199@bridge.test>'],
    ],
    body,
  });

async function post(body: string, signature?: string): Promise<number> {
  const timestamp = '2026-01-01T00:00:00Z';
  const genuine = createHmac('sha256', SECRET).update(timestamp).update(body).digest('base64');
  const headers = { 'X-Zendesk-Webhook-Signature-Timestamp': timestamp, 'X-Zendesk-Webhook-Signature': signature ?? genuine };
  return (await fetch(`${address.http}/webhooks/zendesk`, { method: 'POST', body, headers })).status;
}

test('an offer without G.711 is answered 488 and is no session', async () => {
  await startBridge();
  const sdp =
    'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n';
  const [ended] = await once(dial(sdp), 'ended');
  expect(ended).toMatchObject({ cause: 'rejected', status: 488 });
  expect(bridge.sessions()).toEqual([]);
});

test('a caller who hangs up while it rings ends the session, and it is never answered', async () => {
  env = { ANSWER_AFTER_MS: '60000' };
  await startBridge();
  const endpoint = await media.open();
  const call = dial(endpoint.offer());
  await once(call, 'provisional');
  await expect.poll(() => bridge.sessions()).toMatchObject([{ state: 'ringing', caller: '+14155550100' }]);
  call.hangup();
  await expect.poll(() => bridge.sessions()).toMatchObject([{ state: 'ended' }]);
  expect(call.state).toBe('ended');
});

test('of many calls that are over the latest are kept, whoever is still there', async () => {
  await startBridge();
  const { sdp } = { sdp: (await media.open()).offer() };
  const lasting = dial(sdp);
  await once(lasting, 'answered');
  for (let over = 0; over < 60; over++) {
    const call = dial(sdp);
    await once(call, 'answered');
    call.hangup();
    const state = (): unknown => bridge.sessions().find(({ callId }) => callId === call.id)?.['state'];
    await expect.poll(state).toBe('ended');
  }
  const sessions = bridge.sessions();
  expect([sessions.length, sessions[0]?.['callId']]).toEqual([51, lasting.id]);
});

test('a transfer that is refused leaves the caller with the bridge, who may ask again', async () => {
  await startBridge();
  const endpoint = await media.open();
  const call = dial(endpoint.offer());
  const [answer] = await once(call, 'answered');
  endpoint.accept(answer.body);
  for (const status of [503, 486]) {
    const refused = new Promise<void>((resolve) => {
      onTransfer = (transfer) => {
        transfer.on('ended', () => resolve());
        transfer.reject(status);
      };
    });
    await endpoint.sendDigits('0');
    await refused;
    await expect.poll(() => bridge.sessions()).toMatchObject([{ state: 'talking', transferFailure: String(status) }]);
  }
  const from = transfers[1]?.request.headers.get('From');
  expect(from).toContain('sip:+14155550100@');
  expect(transfers[1]?.request.headers.get('X-Zendesk-Ticket-Id')).toBeUndefined();
  expect(transfers[1]?.request.headers.get('X-OPENCX-TRANSFER')).toBe('true');
  expect(call.state).not.toBe('ended');
});

test('the transfer of a caller without a number shows none, and not the bridge’s own', async () => {
  await startBridge();
  const endpoint = await media.open();
  const call = dial(endpoint.offer(), '"Anonymous" <sip:anonymous@anonymous.invalid>');
  const [answer] = await once(call, 'answered');
  endpoint.accept(answer.body);
  onTransfer = (transfer) => transfer.reject(486);
  await endpoint.sendDigits('0');
  await expect.poll(() => bridge.sessions()).toMatchObject([{ state: 'talking', transferFailure: '486' }]);
  expect(transfers[0]?.request.headers.get('From')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=/);
});

test('keys under way when the call ends are lost, and the bridge lives on', async () => {
  await startBridge();
  const [endpoint, agent] = [await media.open(), await media.open()];
  onTransfer = (transfer) => transfer.answer({ body: agent.answer(transfer.request.body) });
  const call = dial(endpoint.offer());
  const [answer] = await once(call, 'answered');
  endpoint.accept(answer.body);
  await endpoint.sendDigits('0');
  await expect.poll(() => bridge.sessions()).toMatchObject([{ state: 'transferred' }]);
  const heard = once(agent, 'digit');
  void endpoint.sendDigits('12345').catch(() => undefined);
  await heard;
  call.hangup();
  await expect.poll(() => bridge.sessions()).toMatchObject([{ state: 'ended' }]);
});

test('webhooks: the signature must fit the raw body, and only tickets of inbound calls are looked at', async () => {
  await startBridge();
  const event = (type: string, channel: string): string => JSON.stringify({ type, detail: { id: '35', via: { channel } } });
  expect(await post(event('zen:event-type:ticket.created', 'phone_call_inbound'), 'AAAA')).toBe(401);
  expect(await post('no JSON')).toBe(400);
  expect(await post('null')).toBe(400);
  expect(await post(event('zen:event-type:ticket.created', 'email'))).toBe(200);
  expect(await post(event('zen:event-type:ticket.status_changed', 'phone_call_inbound'))).toBe(200);
  expect(reads).toEqual([]);
  // The ticket cannot be read: the bridge goes on without it.
  expect(await post(event('zen:event-type:ticket.created', 'phone_call_inbound'))).toBe(200);
  expect(reads).toEqual(['GET /api/v2/tickets/35']);
});
