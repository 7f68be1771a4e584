import { describe, expect, it } from 'vitest';
import { type Answer, basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

const HANK: Record<string, string> = { authorization: basic('hank@x.example', 'test-api-token') };

/** A solved ticket of Hank's. */
async function solved(): Promise<TestServer & { rate: (rating: unknown, headers?: Record<string, string>) => Promise<Answer> }> {
  const server = await testServer();
  const { users, tickets } = server.support;
  const hank = users.create('acme', { name: 'Hank', email: 'hank@x.example', verified: true }, server.api);
  tickets.create('acme', { comment: 'x', requester_id: hank.id, assignee_id: server.ownerId }, server.api);
  tickets.update('acme', 1, { status: 'solved' }, server.api);
  const rate = (satisfaction_rating: unknown, headers = HANK): Promise<Answer> =>
    server.call('POST', '/tickets/1/satisfaction_rating', { satisfaction_rating }, headers);
  return Object.assign(server, { rate });
}

describe('a rating', () => {
  it('is the requester’s of a solved ticket, and is shown on it', async () => {
    await using server = await solved();
    const made = await server.rate({ score: 'good', comment: 'Quick' });
    expect(made.status).toBe(200);
    const rating = made.body['satisfaction_rating'] as Row;
    expect(rating).toMatchObject({
      ticket_id: 1,
      assignee_id: server.ownerId,
      score: 'good',
      comment: 'Quick',
      created_at: '2026-01-05T09:00:00Z',
    });
    expect((await server.call('GET', '/tickets/1')).body['ticket']).toMatchObject({ satisfaction_rating: { id: rating.id, score: 'good', comment: 'Quick' } }); // prettier-ignore
    expect((await server.call('GET', `/satisfaction_ratings/${rating.id}`)).body['satisfaction_rating']).toEqual(rating);
    const { audits } = (await server.call<{ audits: { events: Row[] }[] }>('GET', '/tickets/1/audits')).body;
    expect(audits.at(-1)?.events).toMatchObject([{ type: 'SatisfactionRating', score: 'good', body: 'Quick' }]);
  });

  it('sets triggers off, as an update by whoever rates', async () => {
    await using server = await solved();
    const trigger = {
      title: 'Thanks',
      all: [{ field: 'satisfaction_score', operator: 'changed_to', value: 'good_with_comment' }, { field: 'role', value: 'end_user' }, { field: 'update_type', value: 'Change' }], // prettier-ignore
      actions: [{ field: 'current_tags', value: 'praised' }, { field: 'comment_value', value: '{{satisfaction.current_rating}}: {{satisfaction.current_comment}}' }], // prettier-ignore
    };
    expect((await server.call('POST', '/triggers', { trigger })).status).toBe(201);
    await server.rate({ score: 'good' });
    expect((await server.call('GET', '/tickets/1')).body['ticket']).toMatchObject({ tags: [] });
    await server.rate({ score: 'good', comment: 'Quick' }, { ...HANK, 'user-agent': 'rater/1' });
    expect((await server.call('GET', '/tickets/1')).body['ticket']).toMatchObject({ status: 'solved', tags: ['praised'] });
    const { audits } = (await server.call<{ audits: { events: Row[]; metadata: object; via: object }[] }>('GET', '/tickets/1/audits')).body;
    expect(audits).toHaveLength(4);
    expect(audits.at(-1)).toMatchObject({ metadata: { system: { client: 'rater/1' } }, via: { channel: 'api', source: { to: { address: 'hank@x.example' } } } }); // prettier-ignore
    expect(audits.at(-1)?.events).toMatchObject([
      { type: 'SatisfactionRating', score: 'good' },
      { type: 'Comment', body: 'Good: Quick' },
      { type: 'Change', field_name: 'tags', value: ['praised'], via: { channel: 'rule' } },
    ]);
  });

  it('has a reason when it is bad; a second one replaces it', async () => {
    await using server = await solved();
    const { reasons } = (await server.call<{ reasons: Row[] }>('GET', '/satisfaction_reasons')).body;
    const slow = reasons.find(({ reason_code }) => reason_code === 5);
    expect((await server.call('GET', `/satisfaction_reasons/${slow?.id}`)).body).toEqual({ reason: slow });
    const bad = await server.rate({ score: 'bad', reason_id: slow?.id });
    expect(bad.body['satisfaction_rating']).toMatchObject({
      reason: 'The issue took too long to resolve',
      reason_id: slow?.id,
      reason_code: 5,
    });
    const good = await server.rate({ score: 'good' });
    expect((good.body['satisfaction_rating'] as Row).id).toBe((bad.body['satisfaction_rating'] as Row).id);
    expect(good.body['satisfaction_rating']).not.toHaveProperty('reason');
    expect((await server.rate({ score: 'bad', reason_id: 1 })).status).toBe(422);
  });

  it('is nobody else’s, and of no other ticket', async () => {
    await using server = await solved();
    expect((await server.rate({ score: 'good' }, {})).status).toBe(403);
    for (const rating of [{}, { score: 'fine' }, { score: 'offered' }]) expect((await server.rate(rating)).status).toBe(422);
    server.support.tickets.update('acme', 1, { status: 'open' }, server.api);
    expect((await server.rate({ score: 'good' })).status).toBe(200);
    server.support.tickets.create('acme', { comment: 'x', requester: 'hank@x.example' }, server.api);
    expect((await server.call('POST', '/tickets/2/satisfaction_rating', { satisfaction_rating: { score: 'good' } }, HANK)).status).toBe(
      422,
    );
    expect((await server.call('POST', '/tickets/9/satisfaction_rating', { satisfaction_rating: { score: 'good' } }, HANK)).status).toBe(
      404,
    );
  });
});

describe('an offer', () => {
  const AUTOMATION = { title: 'Ask', all: [{ field: 'status', operator: 'is', value: 'solved' }, { field: 'satisfaction_score', operator: 'is', value: 'true' }], actions: [{ field: 'satisfaction_score', value: 'offered' }] }; // prettier-ignore

  it('is made by automations and triggers, shown, and answered by the rating', async () => {
    await using server = await solved();
    const trigger = {
      title: 'Told',
      all: [{ field: 'satisfaction_score', operator: 'changed_to', value: 'false' }],
      actions: [{ field: 'current_tags', value: 'asked' }],
    };
    expect((await server.call('POST', '/triggers', { trigger })).status).toBe(201);
    expect((await server.call('POST', '/automations', { automation: AUTOMATION })).status).toBe(201);
    expect(server.support.rules.runner.run('acme')).toBe(1);
    expect(server.support.rules.runner.run('acme')).toBe(0);
    expect((await server.call('GET', '/tickets/1')).body['ticket']).toMatchObject({
      satisfaction_rating: { score: 'offered' },
      tags: ['asked'],
    });
    const { audits } = (await server.call<{ audits: { events: Row[] }[] }>('GET', '/tickets/1/audits')).body;
    expect(audits.at(-1)?.events[0]).toMatchObject({ type: 'Change', field_name: 'satisfaction_score', value: 'offered', previous_value: 'unoffered', via: { channel: 'rule' } }); // prettier-ignore
    const rows = async (score: string): Promise<Row[]> => (await server.call<{ satisfaction_ratings: Row[] }>('GET', `/satisfaction_ratings?score=${score}`)).body.satisfaction_ratings; // prettier-ignore
    const [offer] = await rows('offered');
    expect(offer).toMatchObject({ ticket_id: 1, score: 'offered', comment: null, assignee_id: server.ownerId });
    expect(await rows('received')).toEqual([]);
    expect((await server.call<{ results: Row[] }>('GET', '/search?query=satisfaction:offered')).body.results).toMatchObject([{ id: 1 }]);
    const made = await server.rate({ score: 'good' });
    expect(made.body['satisfaction_rating']).toMatchObject({ id: offer?.id, score: 'good' });
    expect([await rows('offered'), (await rows('received')).length]).toEqual([[], 1]);
    server.support.tickets.update('acme', 1, { tags: ['x'] }, server.api);
    expect(server.support.satisfaction.list('acme')).toHaveLength(1);
  });

  it('comes with a ticket that a trigger makes it to at once, and to none that has one', async () => {
    await using server = await solved();
    const trigger = { title: 'Ask', all: [{ field: 'update_type', value: 'Create' }], actions: AUTOMATION.actions };
    expect((await server.call('POST', '/triggers', { trigger })).status).toBe(201);
    await server.rate({ score: 'bad' });
    server.support.tickets.create('acme', { comment: 'x' }, server.api);
    expect(server.support.satisfaction.list('acme')).toMatchObject([{ ticket_id: 1, score: 'bad' }, { ticket_id: 2, score: 'offered' }]); // prettier-ignore
    expect(
      (
        await server.call('POST', '/automations', {
          automation: { ...AUTOMATION, all: [AUTOMATION.all[0], { field: 'satisfaction_score', value: 'bad' }] },
        })
      ).status,
    ).toBe(201);
    expect(server.support.rules.runner.run('acme')).toBe(0);
  });

  it('is no action of macros, and nothing else is offered', async () => {
    await using server = await testServer();
    const { actions, ...rest } = AUTOMATION;
    expect((await server.call('POST', '/macros', { macro: { title: 'M', actions } })).status).toBe(422);
    for (const value of ['good', '', ['offered', 'bad']]) {
      const automation = { ...rest, actions: [{ field: 'satisfaction_score', value }] };
      expect([value, (await server.call('POST', '/automations', { automation })).status]).toEqual([value, 422]);
    }
  });
});

describe('ratings', () => {
  it('go with a ticket that is deleted for good', async () => {
    await using server = await solved();
    await server.rate({ score: 'bad', comment: 'private' });
    server.support.tickets.delete('acme', 1, server.api);
    server.support.ticketBin.purge('acme', 1, server.api);
    expect(server.support.satisfaction.list('acme')).toEqual([]);
  });

  it('are listed by score and time, and counted', async () => {
    await using server = await solved();
    await server.rate({ score: 'bad' });
    const found = async (query: string): Promise<number> => (await server.call<{ satisfaction_ratings: Row[] }>('GET', `/satisfaction_ratings?${query}`)).body.satisfaction_ratings.length; // prettier-ignore
    const scores = ['received', 'bad', 'bad_without_comment', 'bad_with_comment', 'good', 'offered'];
    expect(await Promise.all(scores.map((score) => found(`score=${score}`)))).toEqual([1, 1, 1, 0, 0, 0]);
    const now = Date.parse('2026-01-05T09:00:00Z') / 1_000;
    expect([await found(`start_time=${now}`), await found(`start_time=${now + 1}`), await found(`end_time=${now - 1}`)]).toEqual([1, 0, 0]);
    expect((await server.call('GET', '/satisfaction_ratings/count')).body).toMatchObject({ count: { value: 1 } });
    for (const bad of ['score=great', 'score=constructor', 'start_time=soon']) expect((await server.call('GET', `/satisfaction_ratings?${bad}`)).status).toBe(400); // prettier-ignore
    expect((await server.call('GET', '/satisfaction_ratings', undefined, HANK)).status).toBe(403);
  });
});
