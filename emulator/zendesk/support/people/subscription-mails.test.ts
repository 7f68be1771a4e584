import { describe, expect, it } from 'vitest';
import type { UserDraft } from '../drafts.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';

interface World extends TestServer {
  readonly organization: number;
  /** Subscribes somebody new to the organization. */
  subscriber(name: string, more?: Partial<UserDraft>): number;
  submit(requesterId: number, more?: object): number;
  /** E-mails since it was asked last. */
  mails(): [to: string, about: string][];
}

async function world(shared = {}): Promise<World> {
  const server = await testServer();
  const { users, tickets, organizations, people } = server.support;
  const organization = organizations.create('acme', { name: 'Globex', ...shared }, server.api).id;
  let since = 0;
  return Object.assign(server, {
    organization,
    subscriber(name: string, more: Partial<UserDraft> = {}): number {
      const { id } = users.create('acme', { name, email: `${name}@x.example`, verified: true, organization_id: organization, ...more }, server.api); // prettier-ignore
      people.subscriptions.create('acme', { user_id: id, organization_id: organization });
      return id;
    },
    submit: (requester_id: number, more: object = {}): number =>
      tickets.create('acme', { subject: 'Help', comment: 'x', requester_id, ...more }, { userId: requester_id, via: 'api' }).ticket.id,
    mails(): [string, string][] {
      const found = server.core.journal.read({ account: 'acme', kind: 'mail.due', since });
      since = found.at(-1)?.seq ?? since;
      return found.map(({ data }) => data as { to: string; about: string }).map(({ to, about }) => [to, about]);
    },
  });
}

describe('subscribers of an organization', () => {
  it('are told of its new tickets and of public comments on them, but not of what they did', async () => {
    await using server = await world({ shared_tickets: true });
    const { support, api } = server;
    const [ann, bob, lee] = [server.subscriber('ann'), server.subscriber('bob'), server.subscriber('lee', { role: 'agent' })];
    const id = server.submit(ann);
    expect(server.mails()).toEqual([['bob@x.example', `new ticket ${id}`], ['lee@x.example', `new ticket ${id}`]]); // prettier-ignore
    support.tickets.update('acme', id, { comment: 'On it' }, { userId: lee, via: 'api' });
    expect(server.mails().map(([to]) => to)).toEqual(['ann@x.example', 'bob@x.example']);
    support.tickets.update('acme', id, { comment: { body: 'From Bob', author_id: bob } }, api);
    expect(server.mails()).toEqual([['ann@x.example', `new comment on the ticket ${id}`], ['lee@x.example', `new comment on the ticket ${id}`]]); // prettier-ignore
    support.tickets.update('acme', id, { comment: { body: 'inner', public: false }, tags: ['x'] }, api);
    support.tickets.update('acme', id, { priority: 'high' }, api);
    server.submit(server.ownerId);
    expect(server.mails()).toEqual([]);
  });

  it('are told of nothing that they do not see, nor when they are suspended or gone', async () => {
    await using server = await world();
    const { support, api, organization } = server;
    const other = support.organizations.create('acme', { name: 'Initech' }, api).id;
    const ann = server.subscriber('ann');
    server.subscriber('bob', { ticket_restriction: 'organization' });
    server.subscriber('eve', { ticket_restriction: 'organization', organization_id: other });
    server.subscriber('sue', { role: 'agent', suspended: true });
    server.subscriber('all', { role: 'agent' });
    server.subscriber('own', { role: 'agent', ticket_restriction: 'organization' });
    server.subscriber('foreign', { role: 'agent', ticket_restriction: 'organization', organization_id: other });
    server.subscriber('assigned', { role: 'agent', ticket_restriction: 'assigned' });
    support.users.delete('acme', server.subscriber('gone', { role: 'agent' }), api);
    const told = (): string[] => server.mails().map(([to]) => to.split('@')[0] ?? '');
    server.submit(server.ownerId, { organization_id: organization });
    expect(told()).toEqual(['bob', 'all', 'own']);
    server.submit(server.ownerId, { organization_id: organization, comment: { body: 'inner', public: false } });
    expect(told()).toEqual(['all', 'own']);
    support.tickets.create('acme', { comment: 'for Ann', requester_id: ann }, api);
    expect(told()).toEqual(['bob', 'all', 'own']);
    server.submit(server.ownerId, { organization_id: other });
    expect(told()).toEqual([]);
  });

  it('are told of nothing that is imported', async () => {
    await using server = await world();
    server.subscriber('lee', { role: 'agent' });
    const ticket = { subject: 'Old', comments: [{ value: 'x' }], organization_id: server.organization };
    expect((await server.call('POST', '/imports/tickets', { ticket })).status).toBe(201);
    expect(server.mails()).toEqual([]);
  });
});
