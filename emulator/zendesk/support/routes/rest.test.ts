import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../account/index.ts';
import { basic, testServer } from '../testing/test-server.ts';

type Ticket = Record<string, unknown> & { id: number; url: string; updated_at: string; generated_timestamp: number };
interface TicketBody {
  ticket: Ticket;
  audit: { events: Record<string, unknown>[] };
}
interface Listed {
  count: number;
  next_page: string | null;
  previous_page: string | null;
  meta: { has_more: boolean; after_cursor: string | null; before_cursor: string | null };
  links: { next: string | null; prev: string | null };
}
type Rows<Key extends string> = Listed & Record<Key, (Record<string, unknown> & { id: number })[]>;

const RECORDED_TICKET_KEYS = [
  'url', 'id', 'external_id', 'via', 'created_at', 'updated_at', 'generated_timestamp', 'type', 'subject', 'raw_subject', 'description',
  'priority', 'status', 'recipient', 'requester_id', 'submitter_id', 'assignee_id', 'organization_id', 'group_id', 'collaborator_ids',
  'follower_ids', 'email_cc_ids', 'forum_topic_id', 'problem_id', 'has_incidents', 'is_public', 'due_at', 'tags', 'custom_fields',
  'satisfaction_rating', 'sharing_agreement_ids', 'custom_status_id', 'encoded_id', 'fields', 'followup_ids', 'ticket_form_id', 'brand_id',
  'allow_channelback', 'allow_attachments', 'from_messaging_channel', 'support_type',
]; // prettier-ignore

describe('tickets over REST', () => {
  it('creates with 201, audit and Location, whether or not the path ends in .json', async () => {
    await using server = await testServer();
    const { status, headers, body } = await server.call<TicketBody>('POST', '/tickets.json', {
      ticket: { subject: 'S', comment: { body: 'C' } },
    });
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(['ticket', 'audit']);
    expect(Object.keys(body.ticket)).toEqual(RECORDED_TICKET_KEYS);
    expect(headers.get('location')).toBe(`${server.url}/tickets/1.json`);
    expect(body.ticket).toMatchObject({
      url: `${server.url}/tickets/1.json`,
      generated_timestamp: 0,
      via: { channel: 'api', source: { from: {}, to: {}, rel: null } },
    });
    const shown = await server.call<TicketBody>('GET', '/tickets/1');
    expect(shown.body.ticket.generated_timestamp).toBe(Date.parse(shown.body.ticket.updated_at) / 1000);
    expect(Object.keys(shown.body)).toEqual(['ticket']);
  });

  it('answers 304 to whoever has the present state', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const first = await server.call('GET', '/tickets/1');
    const response = await fetch(`${server.url}/tickets/1`, {
      headers: {
        authorization: basic('owner@acme.example', 'test-api-token'),
        'if-none-match': first.headers.get('etag') ?? '',
        'cache-control': 'max-age=0',
      },
    });
    expect(response.status).toBe(304);
  });

  it('updates, deletes and counts', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const updated = await server.call<TicketBody>('PUT', '/tickets/1.json', {
      ticket: { priority: 'high', comment: { body: 'note', public: 'false' } },
    });
    expect([updated.status, updated.body.ticket['priority'], updated.body.audit.events.map((event) => event['type'])]).toEqual([
      200,
      'high',
      ['Comment', 'Change'],
    ]);
    expect((await server.call('GET', '/tickets/count')).body).toEqual({ count: { value: 1, refreshed_at: '2026-01-05T09:00:00Z' } });
    const deleted = await server.call('DELETE', '/tickets/1.json');
    expect([deleted.status, deleted.body]).toEqual([204, null]);
    const gone = await server.call('GET', '/tickets/1.json');
    expect([gone.status, gone.body]).toEqual([404, { error: 'RecordNotFound', description: 'Not found' }]);
  });

  it('names unknown properties in X-Zendesk-API-Warn and ignores them', async () => {
    await using server = await testServer();
    const { status, headers, body } = await server.call<TicketBody>('POST', '/tickets', {
      ticket: { comment: { body: 'x', colour: 'red' }, id: 77, url: 'x', 'ev"il\n': 1 },
      extra: true,
    });
    expect(status).toBe(201);
    expect(body.ticket.id).toBe(1);
    expect(headers.get('x-zendesk-api-warn')).toBe(
      'Removed restricted keys ["extra", "ticket.id", "ticket.url", "ticket.ev?il?", "comment.colour"] from parameters according to whitelist',
    );
  });

  it('takes strings for integers and refuses what is no integer', async () => {
    await using server = await testServer();
    const { body } = await server.call<TicketBody>('POST', '/tickets', { ticket: { comment: 'x', requester_id: String(server.ownerId) } });
    expect(body.ticket['requester_id']).toBe(server.ownerId);
    const refused = await server.call('POST', '/tickets', { ticket: { comment: 'x', requester_id: 'me' } });
    expect([refused.status, refused.body]).toEqual([
      400,
      {
        error: {
          title: 'Invalid attribute',
          message:
            'You passed an invalid value for the ticket.requester_id attribute. Invalid parameter: ticket.requester_id must be an integer from api/v2/tickets/create',
        },
      },
    ]);
  });

  it.each([
    ['no body', undefined],
    ['no ticket', {}],
    ['a null ticket', { ticket: null }],
    ['a list', { ticket: [] }],
    ['a text', { ticket: 'x' }],
    ['an array of all', [1]],
  ])('answers 400 to %s', async (_what, sent) => {
    await using server = await testServer();
    const { status, body } = await server.call('POST', '/tickets', sent);
    expect([status, (body['error'] as Record<string, string>)['title']]).toEqual([400, 'Invalid attribute']);
  });

  it('answers 422 to malformed JSON and 409 to a stale safe update', async () => {
    await using server = await testServer();
    const bad = await server.call('POST', '/tickets', '{"ticket":');
    expect([bad.status, bad.body]).toEqual([422, { error: 'Unprocessable Entity', message: 'Server could not parse JSON' }]);
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const stale = await server.call('PUT', '/tickets/1', {
      ticket: { subject: 's', safe_update: true, updated_stamp: '2020-01-01T00:00:00Z' },
    });
    expect([stale.status, stale.body['error']]).toEqual([409, 'UpdateConflict']);
  });

  it('says 501 for what it does not emulate, in paths and in properties', async () => {
    await using server = await testServer();
    for (const [method, path, sent] of [
      ['GET', '/workspaces.json'],
      ['GET', '/groups/available_agents'],
      ['POST', '/targets.json', { target: {} }],
      ['POST', '/dynamic_content/items', {}],
      ['POST', '/tickets', { ticket: { comment: 'x', tpe_voice_comment: { from: '1' } } }],
    ] as const) {
      const { status, body } = await server.call(method, path, sent);
      expect([path, status, body['error']]).toEqual([path, 501, 'NotEmulated']);
    }
  });

  it('says 404 for what does not exist', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    for (const [method, path] of [
      ['POST', '/tickets/1/comments'],
      ['PATCH', '/tickets/1'],
      ['GET', '/phone_calls'],
      ['GET', '/'],
    ] as const) {
      const { status, body } = await server.call(method, path);
      expect([path, status, body]).toEqual([path, 404, { error: 'InvalidEndpoint', description: 'Not found' }]);
    }
    expect((await server.call('GET', '/phone_calls', undefined, { authorization: '' })).status).toBe(401);
  });

  it('answers 400 to a path that cannot be decoded', async () => {
    await using server = await testServer();
    const { status, body } = await server.call<{ error: { title: string } }>('GET', '/tickets/%E0%A4');
    expect([status, body.error.title]).toEqual([400, 'Invalid attribute']);
  });

  it('asks for integers in paths', async () => {
    await using server = await testServer();
    const { status, body } = await server.call('GET', '/tickets/abc');
    expect([status, body]).toEqual([
      400,
      {
        error: {
          title: 'Invalid attribute',
          message: 'You passed an invalid value for the id attribute. Invalid parameter: id must be an integer from api/v2/tickets/show',
        },
      },
    ]);
    expect((await server.call('GET', '/tickets/-1')).status).toBe(404);
  });

  it('side-loads people, groups and organizations, and counts comments', async () => {
    await using server = await testServer();
    const { id } = server.support.organizations.create('acme', { name: 'Globex' }, server.api);
    const hank = server.support.users.create('acme', { name: 'Hank', organization_id: id }, server.api);
    await server.call('POST', '/tickets', { ticket: { comment: 'x', requester_id: hank.id, assignee_id: server.ownerId } });
    const { body } = await server.call<Record<string, { id: number }[]> & TicketBody>(
      'GET',
      '/tickets/1?include=users,groups,organizations,comment_count',
    );
    expect(body['users']?.map((user) => user.id)).toEqual([hank.id, server.ownerId]);
    expect(body['organizations']?.map((organization) => organization.id)).toEqual([id]);
    expect(body['groups']).toHaveLength(1);
    expect(body.ticket['comment_count']).toBe(1);
  });
});

describe('voice tickets over REST', () => {
  it('shows a Talk ticket with its ends and readable numbers', async () => {
    await using server = await testServer();
    const via = {
      source: {
        from: { phone: '+16025550169', name: 'Caller +1 (602) 555-0169' },
        to: { phone: '+16195550112', name: 'Main line', brand_id: 7 },
      },
    };
    const requester = { name: 'Caller', phone: '+16025550169' };
    server.support.tickets.create('acme', { via_id: 34, via, requester, comment: { body: 'c', public: false } }, server.talk);
    expect((await server.call<TicketBody>('GET', '/tickets/1')).body.ticket['via']).toEqual({
      channel: 'voice',
      source: {
        rel: 'inbound',
        from: { formatted_phone: '+1 (602) 555-0169', phone: '+16025550169', name: 'Caller +1 (602) 555-0169' },
        to: { formatted_phone: '+1 (619) 555-0112', phone: '+16195550112', name: 'Main line', brand_id: 7 },
      },
    });
  });

  it('shows a withheld number as null', async () => {
    await using server = await testServer();
    const via = { source: { from: { phone: null, name: 'Caller anonymous' }, to: {} } };
    server.support.tickets.create('acme', { via_id: 34, via, requester: { name: 'Caller anonymous' }, comment: 'c' }, server.talk);
    const { ticket } = (await server.call<TicketBody>('GET', '/tickets/1')).body;
    expect(ticket['via']).toMatchObject({ source: { from: { phone: null, formatted_phone: null } } });
  });

  it.each([
    [33, 'voice', 'voicemail'],
    [34, 'voice', 'inbound'],
    [35, 'voice', 'outbound'],
    [44, 'api', 'voicemail'],
    [45, 'api', 'inbound'],
    [46, 'api', 'outbound'],
  ])('takes via_id %i from a client: channel %s, rel %s', async (via_id, channel, rel) => {
    await using server = await testServer();
    const { status, body } = await server.call<TicketBody>('POST', '/tickets', { ticket: { via_id, comment: 'x' } });
    expect([status, body.ticket['via']]).toEqual([201, { channel, source: { from: {}, to: {}, rel } }]);
    expect(body.ticket).not.toHaveProperty('via_id');
  });

  it('refuses an unknown via_id', async () => {
    await using server = await testServer();
    expect((await server.call('POST', '/tickets', { ticket: { via_id: 999, comment: 'x' } })).status).toBe(422);
  });

  it('writes voice_comment and reads a VoiceComment with the readable via_id', async () => {
    await using server = await testServer();
    const voice_comment = {
      from: '+14155550100',
      to: '+14155550150',
      recording_url: 'https://x.example/1.mp3',
      started_at: '2026-01-05T08:59:00Z',
      call_duration: '40',
      answered_by_id: server.ownerId,
    };
    await server.call('POST', '/tickets', { ticket: { via_id: 34, comment: 'x', voice_comment } });
    const { body } = await server.call<Rows<'comments'>>('GET', '/tickets/1/comments');
    expect(body.comments.map((comment) => comment['type'])).toEqual(['Comment', 'VoiceComment']);
    expect(body.comments[1]).toMatchObject({
      formatted_from: '+1 (415) 555-0100',
      data: { via_id: 34, from: '+14155550100', call_duration: 40, answered_by_id: server.ownerId, answered_by_name: 'owner' },
      via: { channel: 'voice', source: { from: { phone: '+14155550100' }, to: { phone: '+14155550150' } } },
    });
    const { body: audits } = await server.call<Rows<'audits'>>('GET', '/tickets/1/audits');
    const events = audits.audits[0]?.['events'] as Record<string, unknown>[];
    expect(events[1]).toMatchObject({ type: 'VoiceComment', data: { via_id: 34 }, transcription_visible: false, trusted: true });
  });
});

describe('idempotency keys', () => {
  it('replay the first answer, refuse another body and expire after two hours', async () => {
    await using server = await testServer();
    const sent = { ticket: { comment: 'x' } };
    const key = { 'idempotency-key': 'k1' };
    const first = await server.call<TicketBody>('POST', '/tickets', sent, key);
    const again = await server.call<TicketBody>('POST', '/tickets', sent, key);
    expect([first.headers.get('x-idempotency-lookup'), again.headers.get('x-idempotency-lookup')]).toEqual(['miss', 'hit']);
    expect([again.status, again.body, again.headers.get('location')]).toEqual([201, first.body, first.headers.get('location')]);
    const other = await server.call('POST', '/tickets', { ticket: { comment: 'y' } }, key);
    expect([other.status, other.body['error']]).toEqual([400, 'IdempotentRequestError']);
    server.advance(2 * 3_600_000);
    expect((await server.call<TicketBody>('POST', '/tickets', sent, key)).body.ticket.id).toBe(2);
    expect((await server.call('POST', '/tickets', sent)).headers.has('x-idempotency-lookup')).toBe(false);
  });

  it('and their ticket are kept together or not at all', async () => {
    await using server = await testServer();
    const { support } = server;
    const keep = support.idempotency.keep.bind(support.idempotency);
    support.idempotency.keep = () => {
      throw new Error('disk full');
    };
    const key = { 'idempotency-key': 'k1' };
    expect((await server.call('POST', '/tickets', { ticket: { comment: 'x' } }, key)).status).toBe(500);
    expect(support.tickets.count('acme')).toBe(0);
    support.idempotency.keep = keep;
    expect((await server.call('POST', '/tickets', { ticket: { comment: 'x' } }, key)).status).toBe(201);
  });
});

describe('limits of single endpoints', () => {
  it('allow 30 updates of one ticket in ten minutes', async () => {
    await using server = await testServer({ plan: 'enterprise', settings: {} });
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    for (let count = 0; count < 30; count++) {
      const { status, headers } = await server.call('PUT', '/tickets/1', { ticket: { subject: String(count) } });
      expect([status, headers.get('zendesk-ratelimit-per-ticket-updates')]).toEqual([200, `total=30; remaining=${29 - count}; resets=600`]);
    }
    const refused = await server.call('PUT', '/tickets/1', { ticket: { subject: 'x' } });
    expect([refused.status, refused.body]).toEqual([429, { errors: [{ code: 'TooManyRequests', title: 'Too many requests to update' }] }]);
    expect(refused.headers.get('retry-after')).toBe('600');
    server.advance(600_000);
    expect((await server.call('PUT', '/tickets/1', { ticket: { subject: 'x' } })).status).toBe(200);
  });
});

describe('permissions', () => {
  it('let end users see themselves, and little else', async () => {
    await using server = await testServer();
    const bob = server.support.users.create('acme', { name: 'Bob', email: 'bob@x.example', verified: true }, server.api);
    const asBob = { authorization: basic('bob@x.example', 'test-api-token') };
    const me = await server.call<{ user: Record<string, unknown> }>('GET', '/users/me', undefined, asBob);
    expect(me.body.user).toMatchObject({ id: bob.id, role: 'end-user', authenticity_token: expect.any(String) });
    expect(me.body.user).not.toHaveProperty('notes');
    for (const path of ['/tickets', `/users/${bob.id}`, `/users/${server.ownerId}`, '/users', '/organizations', '/user_fields']) {
      expect((await server.call('GET', path, undefined, asBob)).status).toBe(403);
    }
  });

  it('keep fields and promotions for admins', async () => {
    await using server = await testServer();
    server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true }, server.api);
    const asLee = { authorization: basic('lee@acme.example', 'test-api-token') };
    expect((await server.call('POST', '/user_fields', { user_field: { key: 'k', type: 'text', title: 'K' } }, asLee)).status).toBe(403);
    expect((await server.call('POST', '/users', { user: { name: 'X', role: 'admin' } }, asLee)).status).toBe(403);
    expect((await server.call('POST', '/users', { user: { name: 'X' } }, asLee)).status).toBe(201);
  });
});

describe('the journal', () => {
  it('has REST reads of a journey’s ticket in that journey', async () => {
    await using server = await testServer();
    const journey = server.core.journeys.open('acme', 'dialled');
    server.support.tickets.create(
      'acme',
      { comment: 'x', requester: { name: 'C', phone: '+14155550100' }, journey: journey.id },
      server.talk,
    );
    await server.call('GET', '/tickets/1.json');
    const exchange = server.core.journal.read({ journey: journey.id, kind: 'http.exchange' })[0]?.data as HttpExchange;
    expect(exchange).toMatchObject({ method: 'GET', path: '/api/v2/tickets/1.json', status: 200 });
  });
});
