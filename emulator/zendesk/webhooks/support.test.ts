import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Core, createCore } from '../../core/core.ts';
import { type Accounts, createAccounts } from '../account/index.ts';
import { createSupport, type Support, SYSTEM } from '../support/index.ts';
import { mergeTickets } from '../support/tickets/ticket-merge.ts';
import { createWebhooks, type Webhooks } from './index.ts';
import { eventSurface } from './surface.ts';
import type { AnswerBody } from './testing/answer-body.ts';
import { isSigned, Receiver } from './testing/receiver.ts';
import { draft } from './testing/world.ts';

let core: Core;
let accounts: Accounts;
let support: Support;
let webhooks: Webhooks;
let receiver: Receiver;
let server: http.Server;
let token: string;

beforeEach(async () => {
  core = createCore({ seed: 3 });
  accounts = createAccounts(core);
  support = createSupport({ core, accounts });
  webhooks = createWebhooks({ core, accounts, support });
  token = accounts.create({ subdomain: 'acme', email: 'admin@acme.example' }).apiToken;
  const app = express();
  app.use(accounts.select());
  app.use('/api/v2', webhooks.router(), support.router());
  app.use(accounts.errors());
  server = http.createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver = await Receiver.open();
});
afterEach(async () => {
  webhooks.close();
  server.closeAllConnections();
  server.close();
  await receiver.close();
  core.close();
});

/** Everything that these tests read of an answer. */
interface Answer extends Pick<AnswerBody, 'webhook' | 'signing_secret'> {
  readonly ticket: { readonly id: number; readonly requester_id: number };
  readonly user: { readonly id: number };
}

/** As much of an event as these tests read. */
interface Told {
  readonly type: string;
  readonly detail: { readonly subject?: string; readonly name?: string; readonly via?: object };
  readonly event: {
    readonly current?: unknown;
    readonly comment?: { readonly body: string };
    readonly meta: { readonly sequence: { readonly id: string; readonly position: number } };
  };
}

async function api(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/zendesk/acme/api/v2${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`admin@acme.example/token:${token}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

async function subscribe(...events: string[]): Promise<string> {
  const subscriptions = events.map((event) => `zen:event-type:${event}`);
  const { webhook } = await api('POST', '/webhooks.json', { webhook: { ...draft(receiver.url), subscriptions } });
  return (await api('GET', `/webhooks/${webhook.id}/signing_secret`)).signing_secret.secret;
}

async function bodies(count: number): Promise<Told[]> {
  await receiver.received(count);
  return receiver.requests.map(({ body }) => JSON.parse(body) as Told);
}

it('a ticket made over REST is told of, signed, with what the ticket has', async () => {
  const secret = await subscribe('ticket.created', 'ticket.comment_added', 'ticket.tags_changed');
  const { ticket } = await api('POST', '/tickets', {
    ticket: { subject: 'Hello', comment: { body: 'First' }, tags: ['vip'], priority: 'high' },
  });
  const told = (await bodies(3)).toSorted((a, b) => a.event.meta.sequence.position - b.event.meta.sequence.position);
  expect(told.map(({ type }) => type.slice(15))).toEqual(['ticket.created', 'ticket.comment_added', 'ticket.tags_changed']);
  expect(new Set(told.map(({ event }) => event.meta.sequence.id)).size).toBe(1);
  expect(told[0]?.detail).toMatchObject({
    id: String(ticket.id),
    subject: 'Hello',
    description: 'First',
    priority: 'HIGH',
    tags: ['vip'],
    via: { channel: 'web_service' },
    requester_id: String(ticket.requester_id),
  });
  expect(told[1]?.event.comment).toMatchObject({
    body: 'First',
    is_public: true,
    author: { id: String(ticket.requester_id), is_staff: true },
  });
  expect(receiver.requests.every((request) => isSigned(request, secret))).toBe(true);
});

it('spam is told of as one action', async () => {
  await subscribe('ticket.soft_deleted', 'ticket.marked_as_spam');
  const { ticket } = await api('POST', '/tickets', { ticket: { comment: { body: 'Buy!' } } });
  await api('PUT', `/tickets/${ticket.id}/mark_as_spam`);
  const told = await bodies(2);
  const placed = told.map(({ type, event }) => [type.slice(22), event.meta.sequence.position]);
  expect(placed.toSorted()).toEqual([
    ['marked_as_spam', 2],
    ['soft_deleted', 1],
  ]);
  expect(new Set(told.map(({ event }) => event.meta.sequence.id)).size).toBe(1);
});

it('an update is told of change by change; one that changes nothing is not', async () => {
  await subscribe('ticket.status_changed', 'ticket.comment_added', 'ticket.agent_assignment_changed');
  const { ticket } = await api('POST', '/tickets', { ticket: { subject: 'Hello', comment: { body: 'First' } } });
  await receiver.received(1);
  await api('PUT', `/tickets/${ticket.id}`, { ticket: { subject: 'Hello' } });
  await api('PUT', `/tickets/${ticket.id}`, { ticket: { status: 'pending', comment: { body: 'Second', public: false } } });
  const [, ...told] = await bodies(3);
  expect(told.map(({ type, event }) => [type.slice(22), event.current ?? event.comment?.body]).toSorted()).toEqual([
    ['comment_added', 'Second'],
    ['status_changed', 'PENDING'],
  ]);
});

it("a Talk ticket's channel is phone_call_inbound", async () => {
  await subscribe('ticket.created');
  support.tickets.create('acme', { subject: 'Call', comment: { body: 'Call' }, via_id: 34, requester: { name: 'Ada' } }, SYSTEM);
  expect((await bodies(1))[0]?.detail.via).toEqual({ channel: 'phone_call_inbound' });
});

it('users and organizations are told of', async () => {
  await subscribe('user.created', 'user.name_changed', 'organization.created');
  const { user } = await api('POST', '/users', { user: { name: 'Ada', phone: '+14155550100' } });
  await api('PUT', `/users/${user.id}`, { user: { name: 'Ada Lovelace' } });
  await api('POST', '/organizations', { organization: { name: 'Analytical Engines' } });
  const told = await bodies(3);
  expect(told.find(({ type }) => type.endsWith('user.created'))?.detail).toMatchObject({
    id: String(user.id),
    email: '',
    role: 'end-user',
  });
  expect(told.find(({ type }) => type.endsWith('user.name_changed'))?.event).toEqual({ current: 'Ada Lovelace', previous: 'Ada' });
  expect(told.find(({ type }) => type.endsWith('organization.created'))?.detail.name).toBe('Analytical Engines');
});

it('an account that is restored to a snapshot keeps its webhooks and loses its deliveries', async () => {
  await subscribe('ticket.created');
  core.store.snapshot('acme', 'connected');
  accounts.update('acme', { settings: { webhookDelayMs: 60_000 } });
  await api('POST', '/tickets', { ticket: { subject: 'Old', comment: { body: 'Old' } } });
  webhooks.stop('acme');
  core.store.restore({ account: 'acme', name: 'connected' });
  await api('POST', '/tickets', { ticket: { subject: 'New', comment: { body: 'New' } } });
  core.businessClock('acme').advance(60_000);
  expect((await bodies(1)).map(({ detail }) => detail.subject)).toEqual(['New']);
  await core.journal.waitFor('the end of the delivery', ({ kind }) => kind === 'webhook.delivery');
  expect(webhooks.pending('acme')).toBe(0);
});

it('what the surface calls sent is brought about by what can be done in Support, and nothing else is', () => {
  const { tickets, ticketBin, users, organizations, groups, fields, context, attachments, commentChanges } = support;
  const actor = { userId: null, via: 'api' } as const;
  const subscriptions = eventSurface.filter(({ event }) => !event.endsWith('.*')).map(({ event }) => `zen:event-type:${event}`);
  webhooks.service.create(
    'acme',
    { name: 'all', status: 'active', endpoint: receiver.url, httpMethod: 'POST', requestFormat: 'json', subscriptions },
    null,
  );
  for (const owner of ['user', 'organization', 'ticket'] as const)
    fields.create('acme', owner, { key: 'plan', type: 'text', title: 'Plan' });
  const fieldId = fields.custom('acme', 'ticket')[0]?.id ?? 0;

  const first = organizations.create('acme', { name: 'First' }, actor);
  organizations.update('acme', first.id, { name: 'One', external_id: 'x', tags: ['a'], organization_fields: { plan: 'gold' } }, actor);
  const second = organizations.create('acme', { name: 'Second' }, actor);
  const group = groups.create('acme', { name: 'Sales' });
  const agent = users.create('acme', { name: 'Grace', email: 'grace@x.example', role: 'agent', verified: true }, actor);
  const ada = users.create('acme', { name: 'Ada', email: 'ada@x.example' }, actor);
  const everything = {
    name: 'Ada L.', alias: 'A', details: 'd', notes: 'n', external_id: 'e', tags: ['vip'], time_zone: 'UTC', suspended: true,
    only_private_comments: true, custom_role_id: support.roles.list('acme')[0]?.id ?? 0, default_group_id: group.id, role: 'agent', user_fields: { plan: 'gold' },
  } as const; // prettier-ignore
  users.update('acme', ada.id, everything, actor);
  users.signedIn('acme', 'grace@x.example');
  support.people.passwords.set('acme', ada.id, 'first one', actor);
  support.people.photos.set('acme', ada.id, { name: 'ada.png', contentType: 'image/png', bytes: new Uint8Array([1]) }, actor);
  const { identities, organizationMemberships, groupMemberships, userMerge } = support.people;
  const second_mail = identities.create('acme', ada.id, { type: 'email', value: 'l@x.example' }, actor);
  identities.verify('acme', ada.id, second_mail.id, actor);
  identities.delete('acme', ada.id, second_mail.id, actor);
  const membership = organizationMemberships.create('acme', { user_id: ada.id, organization_id: first.id }, actor);
  organizationMemberships.delete('acme', membership.id, actor);
  const [joined] = groupMemberships.list('acme', { where: { user_id: ada.id } });
  groupMemberships.delete('acme', joined?.id ?? 0, actor);
  const [loser, winner] = ['Bob', 'Bobby'].map((name) => users.create('acme', { name }, actor));
  userMerge.merge('acme', loser?.id ?? 0, winner?.id ?? 0, actor);

  const brand = support.brands.create('acme', { name: 'Second', subdomain: 'second' });
  const form = support.forms.create('acme', { name: 'Other' });
  const problem = tickets.create('acme', { comment: 'p', type: 'problem', requester_id: agent.id }, actor).ticket;
  const { ticket } = tickets.create('acme', { subject: 's', comment: 'first', requester_id: agent.id, organization_id: first.id }, actor);
  const changes = {
    subject: 't', comment: 'second', description: 'other', priority: 'high', external_id: 'e', tags: ['vip'], status: 'pending',
    group_id: group.id, assignee_id: agent.id, requester_id: ada.id, organization_id: second.id, brand_id: brand.id, ticket_form_id: form.id,
    custom_fields: [{ id: fieldId, value: 'gold' }], followers: [{ user_id: agent.id, action: 'put' }],
    email_ccs: [{ user_email: 'cc@x.example', action: 'put' }], type: 'incident', problem_id: problem.id,
  } as const; // prettier-ignore
  tickets.update('acme', ticket.id, changes, actor);
  tickets.update('acme', ticket.id, { type: 'task', due_at: '2026-02-01T09:00:00Z' }, actor);
  const { upload } = attachments.upload('acme', { name: 'a.txt', contentType: 'text/plain', bytes: new Uint8Array([1]) });
  tickets.update('acme', ticket.id, { comment: { body: 'see file', uploads: [upload.token] } }, actor);
  const [spoken] = tickets.comments('acme', ticket.id).slice(-1);
  const place = { ticketId: ticket.id, commentId: spoken?.id ?? 0 };
  commentChanges.redactText('acme', place, 'see', actor);
  commentChanges.redactFile('acme', { ...place, attachmentId: spoken?.attachments?.[0]?.id ?? 0 }, actor);
  commentChanges.makePrivate('acme', ticket.id, place.commentId, actor);
  const offer = { title: 'Ask', all: [{ field: 'current_tags', operator: 'includes', value: 'ask' }], actions: [{ field: 'satisfaction_score', value: 'offered' }] }; // prettier-ignore
  support.rules.triggers.create('acme', { title: offer.title, conditions: { all: offer.all, any: [] }, actions: offer.actions }, actor);
  tickets.update('acme', ticket.id, { status: 'solved', additional_tags: 'ask' }, actor);
  support.satisfaction.rate('acme', ticket.id, { score: 'bad' }, { ...actor, userId: ada.id });
  tickets.delete('acme', ticket.id, actor);
  ticketBin.restore('acme', ticket.id, actor);
  ticketBin.markAsSpam('acme', ticket.id, actor);
  ticketBin.purge('acme', ticket.id, actor);
  const source = tickets.create('acme', { comment: 'same', requester_id: agent.id }, actor).ticket;
  mergeTickets(context, tickets, 'acme', { target: problem.id, ids: [source.id] }, actor);
  users.delete('acme', ada.id, actor);
  organizations.delete('acme', second.id, actor);

  const { helpCenter } = support;
  const category = helpCenter.createCategory('acme', { name: 'Shop' }, actor);
  const section = helpCenter.createSection('acme', category.id, { name: 'Orders' }, actor);
  const article = helpCenter.createArticle('acme', section.id, { title: 'Returns' }, actor);
  helpCenter.updateArticle('acme', article.id, { author_id: agent.id }, actor);
  helpCenter.delete('acme', 'article', article.id, actor);

  const rows = context.core.store
    .collection<{ id: string; event: string }>({ name: 'webhook_deliveries', key: ({ id }) => id })
    .find('acme');
  const sent = new Set(rows.map(({ event }) => event.slice('zen:event-type:'.length)));
  // Agents are another room's matter.
  const elsewhere = /^(agent|messaging_ticket)\./;
  const listed = eventSurface.filter(({ status, event }) => status !== 'none' && !elsewhere.test(event)).map(({ event }) => event);
  expect([...sent].toSorted()).toEqual(listed.toSorted());
});

it('has triggers call webhooks with their placeholders filled in, signed, after the write', async () => {
  const subscriptions = ['conditional_ticket_events'];
  const { webhook } = await api('POST', '/webhooks', { webhook: { ...draft(receiver.url), subscriptions } });
  const { signing_secret: signing } = await api('GET', `/webhooks/${webhook.id}/signing_secret`);
  const body = '{"id": {{ticket.id}}, "said": "{{ticket.latest_comment}}", "priority": "{{ticket.priority}}"}';
  await api('POST', '/triggers', {
    trigger: {
      title: 'Tell the bridge',
      all: [{ field: 'update_type', operator: 'is', value: 'Create' }],
      actions: [
        { field: 'priority', value: 'high' },
        { field: 'notification_webhook', value: [webhook.id, body] },
      ],
    },
  });
  const { ticket } = await api('POST', '/tickets', { ticket: { comment: 'line one\nline "two"' } });
  const request = await receiver.received(1);
  expect(JSON.parse(request.body)).toEqual({ id: ticket.id, said: 'line one\nline "two"', priority: 'High' });
  expect(isSigned(request, signing.secret)).toBe(true);
});
