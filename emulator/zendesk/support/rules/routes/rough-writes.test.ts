import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../../testing/test-server.ts';
import type { AnswerBody } from '../testing/answer-body.ts';

type Draft = Readonly<Record<string, unknown>>;

const CREATED = [{ field: 'update_type', operator: 'is', value: 'Create' }];
const LOW = [{ field: 'priority', value: 'low' }];

describe('rules written badly', () => {
  it('are refused in the vendor’s words, never a bug', async () => {
    await using server = await testServer();
    let deep: unknown = 'x';
    for (let n = 0; n < 3_000; n += 1) deep = [deep];
    const drafts: Draft[] = [
      { category: { name: ['A'] } },
      { category: { name: 'A', position: 'first' } },
      { all: [{ field: 'priority', value: deep }] },
      { actions: [{ field: 'set_tags', value: deep }] },
      { actions: [{ field: 'notification_webhook', value: [null, 'x'] }] },
    ];
    const restriction = { type: 'User', id: { toString: 1, valueOf: 1 } };
    expect((await server.call('POST', '/macros', { macro: { title: 'M', actions: LOW, restriction } })).status).toBe(400);
    for (const draft of drafts) {
      const { status } = await server.call('POST', '/triggers', { trigger: { title: 'T', all: CREATED, actions: LOW, ...draft } });
      expect([Object.keys(draft), status < 500 && status >= 400]).toEqual([Object.keys(draft), true]);
    }
    expect((await server.call<AnswerBody>('GET', '/triggers')).body.triggers).toEqual([]);
    expect((await server.call<AnswerBody>('GET', '/trigger_categories')).body.trigger_categories).toEqual([]);
  });

  it('keep what a write leaves empty', async () => {
    await using server = await testServer();
    const { body } = await server.call<AnswerBody>('POST', '/triggers', {
      trigger: { title: 'T', all: CREATED, actions: LOW, position: 3 },
    });
    const changed = await server.call<AnswerBody>('PUT', `/triggers/${body.trigger.id}`, { trigger: { position: null, active: null, category_id: null } }); // prettier-ignore
    expect([changed.status, changed.body.trigger]).toMatchObject([200, { position: 3, active: true, category_id: body.trigger.category_id }]); // prettier-ignore
  });
});

describe('what rules name', () => {
  const unsolved = { field: 'status', operator: 'less_than', value: 'solved' };

  it('is there, and all that is not is told at once', async () => {
    await using server = await testServer();
    const all = [
      { field: 'organization_id', value: '1' },
      { field: 'requester.custom_fields.tier', value: 'x' },
    ];
    expect((await server.call('POST', '/views', { view: { title: 'V', all: [unsolved, ...all] } })).body).toEqual({
      error: 'RecordInvalid',
      description: 'Record validation errors',
      details: {
        base: [
          { description: 'Organization 1 was deleted and cannot be used' },
          { description: 'Field tier was deleted and cannot be used' },
        ],
      },
    });
    expect((await server.call('POST', '/views', { view: { title: 'V', all } })).body).toMatchObject({
      details: { base: [{ description: expect.stringMatching(/^View must test for at least <strong>one<\/strong> of the following/) }] },
    });
  });

  it.each([
    [{ field: 'group_id', value: '1' }], [{ field: 'group_id', value: 'Sales' }], [{ field: 'assignee_id', value: ['current_user', 1] }],
    [{ field: 'requester_id', value: 'nobody' }], [{ field: 'brand_id', value: 1 }], [{ field: 'ticket_form_id', value: '1' }],
    [{ field: 'custom_status_id', operator: 'includes', value: ['1'] }], [{ field: 'within_schedule', value: '1' }],
    [{ field: 'custom_fields_1', value: 'x' }], [{ field: 'custom_fields_1', operator: 'present' }], [{ field: 'satisfaction_score', value: 'great' }], [{ field: 'ticket_is_public', value: 'maybe' }],
    [{ field: 'update_type', value: 'Delete' }], [{ field: 'comment_is_public', value: 'both' }], [{ field: 'role', value: 'boss' }],
    [{ field: 'requester_role', value: '7' }], [{ field: 'in_business_hours', value: 'often' }], [{ field: 'locale_id', value: 'de' }],
    [{ field: 'via_id', value: 'web' }], [{ field: 'reopens', value: 'some' }],
  ])('is nothing like %j', async (condition) => {
    await using server = await testServer();
    const trigger = { title: 'T', all: [condition, unsolved], actions: LOW };
    expect((await server.call('POST', '/triggers', { trigger })).status).toBe(422);
  }); // prettier-ignore

  it.each([
    { field: 'assignee_id', value: '1' },
    { field: 'follower', value: '1' },
    { field: 'cc', value: '1' },
    { field: 'notification_user', value: ['1', 's', 'b'] },
    { field: 'notification_group', value: ['1', 's', 'b'] },
    { field: 'custom_fields_1', value: 'x' },
  ])('is not %j for an action', async (action) => {
    await using server = await testServer();
    const trigger = { title: 'T', all: CREATED, actions: [action] };
    expect((await server.call('POST', '/triggers', { trigger })).status).toBe(422);
  });

  it('may go afterwards: the rule stays, until it says something else', async () => {
    await using server = await testServer();
    const group = server.support.groups.create('acme', { name: 'G' }).id;
    const actions = [{ field: 'group_id', value: String(group) }];
    const { body } = await server.call<AnswerBody>('POST', '/triggers', { trigger: { title: 'T', all: CREATED, actions } });
    server.support.groups.delete('acme', group, server.api);
    const change = async (trigger: Draft): Promise<number> =>
      (await server.call('PUT', `/triggers/${body.trigger.id}`, { trigger })).status;
    expect([await change({ title: 'U' }), await change({ actions: [...actions, ...LOW] }), await change({ actions: LOW })]).toEqual([
      200, 422, 200,
    ]);
  });

  it('is a webhook that there is, as far as anybody knows', async () => {
    await using server = await testServer();
    const trigger = { title: 'T', all: CREATED, actions: [{ field: 'notification_webhook', value: ['01HOOK', '{}'] }] };
    expect((await server.call('POST', '/triggers', { trigger })).status).toBe(201);
    server.support.rules.knowsWebhook = (_account, id) => id === '01OTHER';
    expect((await server.call('POST', '/triggers', { trigger })).body).toMatchObject({
      details: { base: [{ description: 'Webhook 01HOOK was deleted and cannot be used' }] },
    });
  });
});

describe('what is gone', () => {
  it('takes revisions and timers with it', async () => {
    await using server = await testServer();
    const { core } = server;
    const { body } = await server.call<AnswerBody>('POST', '/triggers', { trigger: { title: 'T', all: CREATED, actions: LOW } });
    const id = Number(body.trigger.id);
    await server.call('DELETE', `/triggers/destroy_many?ids=${id}`);
    expect(core.store.collection({ name: 'trigger_revisions', key: () => 0 }).count('acme')).toBe(0);
    const all = [{ field: 'status', value: 'new' }, { field: 'NEW', operator: 'is', value: '1' }]; // prettier-ignore
    const made = await server.call<AnswerBody>('POST', '/automations', { automation: { title: 'A', all, actions: LOW } });
    await server.call('DELETE', `/automations/${made.body.automation.id}`);
    const next = (): unknown => core.store.collection({ name: 'automation_clocks', key: () => '' }).get('acme', 'clock');
    const before = next();
    core.businessClock('acme').advance(3_700_000);
    expect([before, next()]).toEqual([before ?? 'a time', before]);
  });
});

describe('two automations', () => {
  it('that do the same are not made active together', async () => {
    await using server = await testServer();
    const all = [{ field: 'status', value: 'new' }, { field: 'NEW', operator: 'is', value: '1' }]; // prettier-ignore
    const made = async (active: boolean): Promise<number> => (await server.call<AnswerBody>('POST', '/automations', { automation: { title: 'A', all, actions: LOW, active } })).body.automation.id; // prettier-ignore
    await made(true);
    const id = await made(false);
    const { status } = await server.call('PUT', '/automations/update_many', { automations: [{ id, active: true }] });
    expect(status).toBe(422);
    expect((await server.call<AnswerBody>('GET', `/automations/${id}`)).body.automation.active).toBe(false);
  });
});

describe('a macro made of a ticket', () => {
  it('is not for an agent who does not see the ticket', async () => {
    await using server = await testServer();
    const { support, api } = server;
    support.users.create('acme', { name: 'Ann', email: 'ann@acme.example', role: 'agent', ticket_restriction: 'assigned', verified: true }, api); // prettier-ignore
    support.tickets.create('acme', { comment: 'secret' }, api);
    const headers = { authorization: basic('ann@acme.example', 'test-api-token') };
    expect((await server.call('GET', '/macros/new?ticket_id=1', undefined, headers)).status).toBe(403);
    expect((await server.call('GET', '/macros/new?ticket_id=1')).status).toBe(200);
  });
});
