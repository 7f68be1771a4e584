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
