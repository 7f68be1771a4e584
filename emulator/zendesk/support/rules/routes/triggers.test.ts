import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';
import type { AnswerBody, RuleBody } from '../testing/answer-body.ts';

type Draft = Readonly<Record<string, unknown>>;

const CREATED = { field: 'update_type', operator: 'is', value: 'Create' };
const OPEN = { field: 'status', value: 'open' };

async function made(server: TestServer, trigger: Draft = {}): Promise<RuleBody> {
  const { status, body } = await server.call<AnswerBody>('POST', '/triggers', { trigger: { title: 'T', all: [CREATED], actions: [OPEN], ...trigger } }); // prettier-ignore
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.trigger;
}

describe('triggers', () => {
  it('are made as recorded: conditions go in above and come out nested, the category is a text', async () => {
    await using server = await testServer();
    const trigger = await made(server);
    expect(Object.keys(trigger)).toEqual(['url', 'id', 'title', 'active', 'updated_at', 'created_at', 'default', 'actions', 'conditions', 'description', 'position', 'raw_title', 'category_id']); // prettier-ignore
    expect(trigger).toMatchObject({ active: true, default: false, description: null, position: 1, conditions: { all: [CREATED], any: [] }, category_id: expect.stringMatching(/^\d+$/) }); // prettier-ignore
    const nested = await made(server, { all: undefined, conditions: { any: [{ field: 'update_type', value: 'Change' }] } });
    expect(nested.conditions).toEqual({ all: [], any: [{ field: 'update_type', operator: 'is', value: 'Change' }] });
    expect(nested.position).toBe(2);
  });

  it('are written, listed, found, put in order and deleted', async () => {
    await using server = await testServer();
    const [one, two, three] = [await made(server, { title: 'One' }), await made(server, { title: 'Two' }), await made(server, { title: 'Three', active: false })]; // prettier-ignore
    const titles = async (path: string): Promise<string[]> => (await server.call<AnswerBody>('GET', path)).body.triggers.map(({ title }) => title); // prettier-ignore
    expect(await titles('/triggers/active')).toEqual(['One', 'Two']);
    expect(await titles('/triggers/search?query=t')).toEqual(['Two', 'Three']);
    expect(await titles(`/triggers?category_id=${one.category_id}&sort_by=alphabetical`)).toEqual(['One', 'Three', 'Two']);
    expect(await titles('/triggers?page[size]=2')).toEqual(['One', 'Two']);
    await server.call('PUT', '/triggers/reorder', { trigger_ids: [three.id, one.id] });
    expect(await titles('/triggers')).toEqual(['Three', 'One', 'Two']);
    const many = await server.call<AnswerBody>('PUT', '/triggers/update_many', { triggers: [{ id: two.id, position: 0, active: false }] });
    expect(many.body.triggers).toMatchObject([{ active: false, position: 0 }]);
    expect(await titles('/triggers')).toEqual(['Two', 'Three', 'One']);
    expect((await server.call('PUT', '/triggers/update_many', { triggers: [{ id: one.id, active: false }, { id: 7 }] })).status).toBe(404); // prettier-ignore
    expect(await titles('/triggers/active')).toEqual(['One']);
    await server.call('PUT', `/triggers/${one.id}`, { trigger: { title: 'First', description: 'd' } });
    const revisions = (await server.call<AnswerBody>('GET', `/triggers/${one.id}/revisions`)).body.trigger_revisions;
    expect(revisions.map(({ id, snapshot }) => [id, snapshot.title])).toEqual([[2, 'First'], [1, 'One']]); // prettier-ignore
    expect((await server.call<AnswerBody>('GET', `/triggers/${one.id}/revisions/1`)).body.trigger_revision).toMatchObject({ author_id: server.ownerId, snapshot: { title: 'One' } }); // prettier-ignore
    expect((await server.call('DELETE', `/triggers/${one.id}`)).status).toBe(204);
    expect((await server.call('DELETE', `/triggers/destroy_many?ids=${two.id},${three.id}`)).status).toBe(204);
    expect(await titles('/triggers')).toEqual([]);
  });

  it('run category by category', async () => {
    await using server = await testServer();
    const category = async (name: string, position: number): Promise<string> => (await server.call<AnswerBody>('POST', '/trigger_categories', { trigger_category: { name, position } })).body.trigger_category.id; // prettier-ignore
    const [late, early] = [await category('Late', 2), await category('Early', 1)];
    const tagged = { actions: [{ field: 'set_tags', value: 'late' }] };
    await made(server, { title: 'A', category_id: late, all: [CREATED], ...tagged });
    await made(server, { title: 'B', category_id: early, actions: [{ field: 'set_tags', value: 'early' }] });
    const ticket = await server.call<AnswerBody>('POST', '/tickets', { ticket: { comment: 'x' } });
    expect(ticket.body.ticket.tags).toEqual(['late']);
    const listed = (await server.call<AnswerBody>('GET', '/trigger_categories?include=rule_counts')).body.trigger_categories;
    expect(listed).toMatchObject([{ name: 'Early', rule_counts: { active: 1 } }, { name: 'Late' }]);
    expect((await server.call('DELETE', `/trigger_categories/${late}`)).status).toBe(400);
    const job = await server.call<AnswerBody>('POST', '/trigger_categories/jobs', { job: { action: 'patch', items: { trigger_categories: [{ id: late, position: 0 }] } } }); // prettier-ignore
    expect(job.body).toMatchObject({ status: 'complete', results: { trigger_categories: [{ id: late, position: 0 }] } });
    const failed = await server.call<AnswerBody>('POST', '/trigger_categories/jobs', { job: { action: 'patch', items: { trigger_categories: [{ id: '7', position: 0 }] } } }); // prettier-ignore
    expect([failed.status, failed.body.status]).toEqual([400, 'failed']);
    await server.call('PATCH', `/trigger_categories/${early}`, { trigger_category: { name: 'Soon' } });
    expect((await server.call<AnswerBody>('GET', `/trigger_categories/${early}`)).body.trigger_category.name).toBe('Soon');
    expect((await server.call('GET', '/trigger_categories/7')).status).toBe(404);
  });

  it.each([
    [{ field: 'status', operator: 'value', value: 'open' }, [{ status: 'open' }], true],
    [{ field: 'status', operator: 'value_previous', value: 'new' }, [{ status: 'open' }], true],
    [{ field: 'status', operator: 'not_value_previous', value: 'new' }, [{ status: 'open' }], false],
    [{ field: 'priority', operator: 'changed' }, [{ status: 'open' }], false],
    [{ field: 'priority', operator: 'changed' }, [{ priority: 'low' }], true],
    [{ field: 'comment_is_public', operator: 'is', value: true }, [{ comment: { body: 'x' } }], true],
    [{ field: 'comment_is_public', operator: 'is', value: 'false' }, [{ comment: { body: 'x' } }], false],
    [{ field: 'comment_is_public', operator: 'is', value: 'not_relevant' }, [{ comment: { body: 'x', public: false } }], true],
    [{ field: 'comment_is_public', operator: 'is', value: 'not_relevant' }, [{ priority: 'low' }], false],
    [{ field: 'comment_is_public', operator: 'is_not', value: 'true' }, [{ comment: { body: 'x' } }], false],
    [{ field: 'comment_is_public', operator: 'is_not', value: 'true' }, [{ priority: 'low' }], true],
    [{ field: 'comment_is_public', operator: 'is_not', value: 'not_relevant' }, [{ comment: { body: 'x', public: false } }], false],
    [{ field: 'comment_includes_word', operator: 'includes', value: 'refund money' }, [{ comment: 'give me a REFUND!' }], true],
    [{ field: 'comment_includes_word', operator: 'is', value: 'a ref' }, [{ comment: 'give me a refund' }], true],
    [{ field: 'comment_includes_word', operator: 'includes', value: 'ref' }, [{ comment: 'give me a refund' }], false],
    [{ field: 'assignee_id', operator: 'is', value: 'current_user' }, [{ assignee_email: 'owner@acme.example' }], true],
    [{ field: 'assignee_id', operator: 'is_not', value: 'requester_id' }, [{ priority: 'low' }], true],
    [{ field: 'assignee_id', operator: 'is', value: ['SOMEONE', 'current_user'] }, [{ assignee_email: 'owner@acme.example' }], true],
    [{ field: 'assignee_id', operator: 'is_not', value: ['SOMEONE', 'current_user'] }, [{ assignee_email: 'owner@acme.example' }], false],
    [{ field: 'requester_id', operator: 'is', value: ['SOMEONE', 'assignee_id'] }, [{ priority: 'low' }], false],
    [{ field: 'requester_id', operator: 'is', value: ['SOMEONE', 'current_user'] }, [{ priority: 'low' }], true],
    [{ field: 'group_id', operator: 'is', value: ['A GROUP', 'current_groups'] }, [{ assignee_email: 'owner@acme.example' }], true],
    [{ field: 'role', operator: 'is', value: ['end_user', 'agent'] }, [{ priority: 'low' }], true],
    [{ field: 'role', operator: 'is', value: 'agent' }, [{ priority: 'low' }], true],
    [{ field: 'role', operator: 'is', value: 'end_user' }, [{ priority: 'low' }], false],
    [{ field: 'current_via_id', operator: 'is', value: '5' }, [{ priority: 'low' }], true],
    [
      { field: 'reopens', operator: 'is', value: '1' },
      [{ assignee_email: 'owner@acme.example', status: 'solved' }, { status: 'open' }],
      true,
    ],
    [{ field: 'replies', operator: 'greater_than', value: '1' }, [{ comment: 'again' }], true],
    [{ field: 'agent_stations', operator: 'less_than', value: '1' }, [{ priority: 'low' }], true],
    [{ field: 'ticket_is_public', operator: 'is', value: 'private' }, [{ priority: 'low' }], false],
    [{ field: 'in_business_hours', operator: 'is', value: 'true' }, [{ priority: 'low' }], true],
    [{ field: 'in_business_hours', operator: 'is_not', value: 'true' }, [{ priority: 'low' }], false],
    [{ field: 'within_schedule', operator: 'is', value: 'A SCHEDULE' }, [{ priority: 'low' }], false],
    [{ field: 'within_schedule', operator: 'is_not', value: 'A SCHEDULE' }, [{ priority: 'low' }], true],
    [{ field: 'on_a_holiday', operator: 'is_not', value: 'true' }, [{ priority: 'low' }], true],
    [{ field: 'on_a_holiday', operator: 'is_not', value: 'false' }, [{ priority: 'low' }], false],
    [{ field: 'update_type', operator: 'is', value: 'Create' }, [{ priority: 'low' }], false],
  ])('know %j after %j: %s', async (named, updates, expected) => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { subject: 'S', comment: 'x' } });
    const { support, api } = server;
    const schedule = support.hours.create('acme', { name: 'S', time_zone: 'UTC' }).id;
    const ids = {
      SOMEONE: support.users.create('acme', { name: 'Someone', role: 'agent' }, api).id,
      'A GROUP': support.groups.create('acme', { name: 'G' }).id,
      'A SCHEDULE': schedule,
    };
    const condition = JSON.parse(JSON.stringify(named).replace(/SOMEONE|A GROUP|A SCHEDULE/, (name) => String(ids[name as keyof typeof ids]))) as typeof named; // prettier-ignore
    await made(server, { all: [condition, { field: 'current_tags', operator: 'not_includes', value: 'hit' }, { field: 'update_type', value: 'Change' }].slice(0, condition.field === 'update_type' ? 2 : 3), actions: [{ field: 'current_tags', value: 'hit' }] }); // prettier-ignore
    // Rules go on naming what is gone since.
    support.hours.delete('acme', schedule);
    let tags: string[] = [];
    for (const [index, ticket] of updates.entries()) {
      if (index > 0) await server.call('PUT', '/tickets/1', { ticket: { tags: [] } });
      tags = (await server.call<AnswerBody>('PUT', '/tickets/1', { ticket })).body.ticket.tags as string[];
    }
    expect(tags).toEqual(expected ? ['hit'] : []);
  });

  it('know custom fields of tickets, requesters and organizations, and set them', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const field = support.fields.create('acme', 'ticket', { type: 'tagger', title: 'Kind', custom_field_options: [{ name: 'Gold', value: 'gold' }] }); // prettier-ignore
    support.fields.create('acme', 'user', { key: 'tier', type: 'text', title: 'Tier' });
    const organization = support.organizations.create('acme', { name: 'O' }, api);
    const user = support.users.create('acme', { name: 'U', user_fields: { tier: 'vip' }, organization_id: organization.id }, api);
    await made(server, { all: [{ field: 'requester.custom_fields.tier', operator: 'is', value: 'vip' }, { field: 'organization_id', operator: 'is', value: String(organization.id) }], actions: [{ field: `custom_fields_${field.id}`, value: 'gold' }] }); // prettier-ignore
    await made(server, { all: [{ field: `custom_fields_${field.id}`, operator: 'is', value: 'gold' }], actions: [{ field: 'priority', value: 'high' }] }); // prettier-ignore
    const { body } = await server.call<AnswerBody>('POST', '/tickets', { ticket: { comment: 'x', requester_id: user.id } });
    expect(body.ticket).toMatchObject({ priority: 'high', tags: ['gold'] });
  });

  it.each([
    [{ all: [] }, 422],
    [{ all: undefined }, 422],
    [{ actions: undefined }, 422],
    [{ actions: [] }, 422],
    [{ all: [{ field: 'NEW', operator: 'is', value: '1' }] }, 422],
    [{ all: [{ field: 'reopens', operator: 'includes', value: '1' }] }, 422],
    [{ actions: [{ field: 'notification_target', value: ['1', 'x'] }] }, 501],
    [{ category_id: '7' }, 422],
    [{ title: '' }, 422],
    [{ conditions: 7 }, 400],
    [{ position: 'x' }, 400],
  ])('refuse %j', async (trigger, status) => {
    await using server = await testServer();
    const sent = { title: 'T', all: [CREATED], actions: [OPEN], ...trigger };
    expect((await server.call('POST', '/triggers', { trigger: sent })).status).toBe(status);
  });

  it('are written by agents whose role lets them', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const { id: custom_role_id } = support.roles.create('acme', { name: 'Rules', configuration: { manage_business_rules: true } });
    support.users.create('acme', { name: 'Ann', email: 'ann@acme.example', role: 'agent', verified: true, custom_role_id }, api);
    const headers = { authorization: basic('ann@acme.example', 'test-api-token') };
    const { status, body } = await server.call<AnswerBody>('POST', '/triggers', { trigger: { title: 'T', all: [CREATED], actions: [OPEN] } }, headers); // prettier-ignore
    expect(status).toBe(201);
    expect((await server.call('PUT', `/triggers/${body.trigger.id}`, { trigger: { title: 'U' } }, headers)).status).toBe(200);
    expect((await server.call('DELETE', `/triggers/${body.trigger.id}`, undefined, headers)).status).toBe(204);
  });

  it('are read by agents and written by admins', async () => {
    await using server = await testServer();
    const { id } = await made(server);
    server.support.users.create('acme', { name: 'Ann', email: 'ann@acme.example', role: 'agent', verified: true }, server.api);
    const authorization = `Basic ${Buffer.from('ann@acme.example/token:test-api-token').toString('base64')}`;
    const statuses = [
      await server.call('GET', '/triggers', undefined, { authorization }),
      await server.call('POST', '/triggers', { trigger: { title: 'T', all: [CREATED], actions: [OPEN] } }, { authorization }),
      await server.call('PUT', `/triggers/${id}`, { trigger: { title: 'X' } }, { authorization }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 403, 403]);
  });
});

describe('revisions of a trigger', () => {
  it('tell what each changed, newest first, page by page in both ways', async () => {
    await using server = await testServer();
    const { id } = await made(server, { title: 'One', actions: [OPEN, { field: 'priority', value: 'low' }] });
    await server.call('PUT', `/triggers/${id}`, { trigger: { title: 'Two', actions: [{ field: 'status', value: 'pending' }] } });
    await server.call('PUT', `/triggers/${id}`, { trigger: { active: false, description: 'd' } });
    const get = async (path: string): Promise<AnswerBody> => (await server.call<AnswerBody>('GET', path)).body;
    const all = await get(`/triggers/${id}/revisions?include=users`);
    expect(all).toMatchObject({ count: 3, after_url: null, before_url: null, after_cursor: null, before_cursor: null });
    expect(all.users).toMatchObject([{ id: server.ownerId }]);
    const [three, two, one] = all.trigger_revisions.map(({ diff }) => diff);
    const same = (content: unknown): object[] => [{ change: '=', content }];
    const other = (before: unknown, after: unknown): object[] => [{ change: '-', content: before }, { change: '+', content: after }]; // prettier-ignore
    const [were, are] = ['-', '+'].map((change) => (content: unknown) => [{ change, content }]);
    expect(three).toMatchObject({
      source_id: 2,
      target_id: 3,
      title: same('Two'),
      active: other(true, false),
      description: are?.('d'),
    });
    expect(two).toEqual({
      source_id: 1,
      target_id: 2,
      title: other('One', 'Two'),
      description: [],
      active: same(true),
      conditions: { all: [{ field: same('update_type'), operator: same('is'), value: same('Create') }], any: [] },
      actions: [
        { field: were?.('priority'), value: were?.('low') },
        { field: same('status'), value: other('open', 'pending') },
      ],
    });
    expect(one).toMatchObject({ target_id: 1, title: are?.('One'), actions: [{ field: are?.('status') }, { field: are?.('priority') }] }); // prettier-ignore
    const ids = ({ trigger_revisions: rows }: AnswerBody): number[] => rows.map((row) => row.id);
    const newest = await get(`/triggers/${id}/revisions?limit=1`);
    expect([ids(newest), newest.after_url]).toEqual([[3], null]);
    const older = await get(newest.before_url ?? '');
    const oldest = await get(older.before_url ?? '');
    expect([ids(older), ids(oldest), oldest.before_url]).toEqual([[2], [1], null]);
    expect(ids(await get(oldest.after_url ?? ''))).toEqual([2]);
    for (const query of ['limit=0', 'limit=x', 'cursor=x']) expect((await server.call('GET', `/triggers/${id}/revisions?${query}`)).status).toBe(400); // prettier-ignore
    expect((await get(`/triggers/${id}/revisions/2?include=users`)).users).toHaveLength(1);
  });
});

describe('side-loads of rules', () => {
  it('tell how often triggers and automations did something, and that no app needs them', async () => {
    await using server = await testServer();
    const [idle, busy] = [await made(server, { title: 'Idle', all: [{ field: 'status', value: 'solved' }] }), await made(server, { title: 'Busy' })]; // prettier-ignore
    const all = [{ field: 'status', value: 'open' }, { field: 'NEW', operator: 'greater_than', value: '0' }]; // prettier-ignore
    await server.call('POST', '/automations', { automation: { title: 'A', all, actions: [{ field: 'status', value: 'pending' }] } });
    for (let index = 0; index < 3; index += 1) await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const listed = async (path: string, key: 'triggers' | 'automations' | 'views'): Promise<RuleBody[]> => (await server.call<AnswerBody>('GET', path)).body[key]; // prettier-ignore
    const include = 'include=usage_1h,usage_7d,app_installation';
    expect(await listed(`/triggers?${include}`, 'triggers')).toMatchObject([
      { id: idle.id, usage_1h: 0, usage_7d: 0, app_installation: null },
      { id: busy.id, usage_1h: 3, usage_7d: 3, app_installation: null },
    ]);
    expect((await listed('/triggers?sort_by=usage_1h', 'triggers')).map(({ id }) => id)).toEqual([busy.id, idle.id]);
    expect((await listed('/triggers', 'triggers'))[0]).not.toHaveProperty('usage_1h');
    expect(await listed('/automations?include=usage_24h', 'automations')).toMatchObject([{ usage_24h: 0 }]);
    server.advance(3_660_000);
    expect(await listed('/automations/active?include=usage_24h', 'automations')).toMatchObject([{ usage_24h: 3 }]);
    expect(await listed(`/triggers/search?query=busy&${include}`, 'triggers')).toMatchObject([{ usage_1h: 0, usage_7d: 3 }]);
    await server.call('POST', '/views', { view: { title: 'V', all: [{ field: 'status', value: 'new' }] } });
    const [view] = await listed('/views?include=app_installation,usage_1h', 'views');
    expect([view, Object.keys(view ?? {})]).toMatchObject([{ app_installation: null }, expect.not.arrayContaining(['usage_1h'])]);
    const uses = (): number => server.core.store.collection({ name: 'rule_uses', key: () => 0 }).count('acme');
    expect(uses()).toBe(2);
    await server.call('DELETE', `/triggers/${busy.id}`);
    expect(uses()).toBe(1);
  });
});

describe('automations', () => {
  const PENDING = [{ field: 'status', operator: 'is', value: 'pending' }, { field: 'PENDING', operator: 'greater_than', value: '24' }]; // prettier-ignore

  it('are made as recorded, written, listed and deleted', async () => {
    await using server = await testServer();
    const { status, body } = await server.call<AnswerBody>('POST', '/automations', {
      automation: { title: 'A', all: PENDING, actions: [OPEN] },
    });
    const automation = body.automation;
    expect([status, Object.keys(automation)]).toEqual([201, ['url', 'id', 'title', 'active', 'updated_at', 'created_at', 'default', 'actions', 'conditions', 'position', 'raw_title']]); // prettier-ignore
    expect(automation).toMatchObject({ position: 10000, conditions: { all: PENDING, any: [] } });
    const twin = await server.call('POST', '/automations', { automation: { title: 'B', all: PENDING, actions: [OPEN] } });
    expect(twin.status).toBe(422);
    const many = await server.call<AnswerBody>('PUT', '/automations/update_many', { automations: [{ id: automation.id, active: false }] });
    expect(many.body.automations).toMatchObject([{ active: false }]);
    expect((await server.call<AnswerBody>('GET', '/automations/active')).body.automations).toEqual([]);
    expect((await server.call<AnswerBody>('GET', '/automations/search?query=A')).body.count).toBe(1);
    const changed = await server.call<AnswerBody>('PUT', `/automations/${automation.id}`, { automation: { title: 'C' } });
    expect(changed.body.automation).toMatchObject({ title: 'C', actions: [OPEN] });
    expect((await server.call('DELETE', `/automations/destroy_many?ids=${automation.id}`)).status).toBe(204);
    expect((await server.call('GET', `/automations/${automation.id}`)).status).toBe(404);
  });

  it.each([
    [{ actions: [{ field: 'priority', value: 'low' }] }, 422],
    [{ actions: [{ field: 'status', value: 'pending' }] }, 422],
    [{ all: [PENDING[1]] }, 422],
    [{ all: [...PENDING, { field: 'update_type', operator: 'is', value: 'Create' }] }, 422],
    [{ all: [PENDING[0], { field: 'PENDING', operator: 'is', value: '24' }], actions: [{ field: 'priority', value: 'low' }] }, 201],
    [{ all: [...PENDING, { field: 'current_tags', operator: 'not_includes', value: 'seen' }], actions: [{ field: 'current_tags', value: 'seen' }] }, 201], // prettier-ignore
  ])('must end: %j is %d', async (automation, status) => {
    await using server = await testServer();
    const sent = { title: 'A', all: PENDING, actions: [OPEN], ...automation };
    expect((await server.call('POST', '/automations', { automation: sent })).status).toBe(status);
  });
});

describe('rules of a seed', () => {
  it('are there from the start, and leave its tickets alone', async () => {
    await using server = await testServer();
    server.support.seed('acme', {
      tickets: [{ subject: 'Old', comment: 'x', requester: 'old@acme.example' }],
      triggers: [{ title: 'T', category: 'First', all: [CREATED], actions: [OPEN] }],
      automations: [
        { title: 'A', all: [{ field: 'status', operator: 'is', value: 'open' }], actions: [{ field: 'status', value: 'pending' }] },
      ],
      macros: [{ title: 'M', actions: [OPEN] }],
      views: [{ title: 'V', all: [{ field: 'status', operator: 'is', value: 'new' }], output: { columns: ['subject'] } }],
      sla_policies: [
        { title: 'S', policy_metrics: [{ priority: 'urgent', metric: 'first_reply_time', target: 10, business_hours: false }] },
      ],
    });
    expect(server.support.tickets.get('acme', 1)?.status).toBe('new');
    const [trigger] = (await server.call<AnswerBody>('GET', '/triggers')).body.triggers;
    const [category] = (await server.call<AnswerBody>('GET', '/trigger_categories')).body.trigger_categories;
    expect([trigger?.title, category?.name, trigger?.category_id]).toEqual(['T', 'First', category?.id]);
    for (const key of ['automations', 'macros', 'views'] as const)
      expect((await server.call<AnswerBody>('GET', `/${key}`)).body[key]).toHaveLength(1);
    const [policy] = (await server.call<AnswerBody>('GET', '/slas/policies')).body.sla_policies;
    expect((await server.call<AnswerBody>('GET', `/slas/policies/${policy?.id}`)).body.sla_policy).toEqual(policy);
    expect((await server.call('GET', '/slas/policies/7')).status).toBe(404);
    expect((await server.call('POST', '/slas/policies', { sla_policy: {} })).status).toBe(501);
    server.advance(3_600_000);
    expect(server.support.tickets.get('acme', 1)?.status).toBe('new');
  });

  it('name groups and people as people do', async () => {
    await using server = await testServer();
    server.support.seed('acme', {
      triggers: [{ title: 'T', conditions: { all: [CREATED, { field: 'requester_id', value: 'owner@acme.example' }] }, actions: [{ field: 'group_id', value: 'Support' }, { field: 'notification_user', value: ['owner@acme.example', 's', 'b'] }] }], // prettier-ignore
    });
    const { ticket, audit } = (await server.call<AnswerBody>('POST', '/tickets', { ticket: { comment: 'x' } })).body;
    expect(ticket.group_id).toBe(server.support.defaults('acme').group_id);
    expect(audit.events.find(({ type }) => type === 'Notification')?.recipients).toEqual([server.ownerId]);
  });
});
