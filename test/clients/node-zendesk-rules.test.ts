import { describe, expect, it } from 'vitest';
import { testServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { connect, result, type Row, rows } from './connect.ts';

const inside = (wrapped: Row, name: string): Row => (wrapped[name] ?? wrapped) as Row;

const UNSOLVED = [{ field: 'status', operator: 'less_than', value: 'solved' }];

/** Left out: the client's `views.delete` and `triggers.bulkDelete` call themselves. */
describe('node-zendesk on business rules', () => {
  it('makes views and reads their tickets', async () => {
    await using server = await testServer();
    const client = connect(server);
    await client.tickets.create({ ticket: { subject: 'One', comment: { body: 'x' } } } as never);
    await client.tickets.create({ ticket: { subject: 'Two', comment: { body: 'x' }, status: 'closed' } } as never);
    const view = await result(client.views.create({ view: { title: 'Unsolved', all: UNSOLVED } }));
    expect(await result(client.views.show(view.id))).toMatchObject({ title: 'Unsolved' });
    expect(await result(client.views.update(view.id, { view: { title: 'Open ones' } }))).toMatchObject({ title: 'Open ones' });
    for (const list of [client.views.list(), client.views.listActive(), client.views.listCompact()])
      expect(await rows(list)).toMatchObject([{ title: 'Open ones' }]);
    const found = JSON.stringify(await client.views.tickets(view.id));
    expect([found.includes('"One"'), found.includes('"Two"')]).toEqual([true, false]);
    // Of an executed view the client keeps the view and drops the rows.
    expect(await rows(client.views.execute(view.id, { sort_by: 'created' }) as Promise<unknown>)).toMatchObject([{ id: view.id }]);
    expect(JSON.stringify(await client.views.preview({ view: { all: UNSOLVED, output: { columns: ['subject'] } } }))).toContain('"One"');
    expect(inside(await result(client.views.showCount(view.id)), 'view_count')).toMatchObject({ value: 1, fresh: true });
    expect(JSON.stringify(await result(client.views.showCounts([view.id])))).toContain('"value":1');
  });

  it('makes macros, and asks what they would do', async () => {
    await using server = await testServer();
    const client = connect(server);
    await client.tickets.create({ ticket: { subject: 'One', comment: { body: 'x' } } } as never);
    const made = await result(
      client.macros.create({ macro: { title: 'A::Solve', actions: [{ field: 'status', value: 'solved' }] } } as never),
    );
    const { id } = inside(made, 'macro');
    expect(inside(await result(client.macros.update(id, { macro: { title: 'A::Done' } })), 'macro')).toMatchObject({ title: 'A::Done' });
    expect(await rows(client.macros.list())).toMatchObject([{ id, title: 'A::Done' }]);
    expect(JSON.stringify(await client.macros.search('done'))).toContain('A::Done');
    expect(JSON.stringify(await client.macros.categories())).toContain('"A"');
    expect(JSON.stringify(await client.macros.apply(id))).toContain('"status":"solved"');
    expect(JSON.stringify(await client.macros.applyTicket(1, id))).toContain('"subject":"One"');
    await client.macros.updateMany([{ id, active: false }]);
    expect(await rows(client.macros.list())).toEqual([]);
    await client.macros.delete(id);
    await expect(client.macros.show(id)).rejects.toThrow();
  });

  it('makes triggers that run', async () => {
    await using server = await testServer();
    const client = connect(server);
    const all = [{ field: 'update_type', operator: 'is', value: 'Create' }];
    const trigger = await result(client.triggers.create({ trigger: { title: 'Urgent', all, actions: [{ field: 'priority', value: 'urgent' }] } })); // prettier-ignore
    const ticket = await result(client.tickets.create({ ticket: { subject: 'One', comment: { body: 'x' } } } as never));
    expect(await result(client.tickets.show(ticket.id))).toMatchObject({ priority: 'urgent' });
    await client.triggers.update(trigger.id, { trigger: { title: 'Most urgent' } });
    expect(await result(client.triggers.show(trigger.id))).toMatchObject({ title: 'Most urgent' });
    for (const list of [client.triggers.list(), client.triggers.listActive()])
      expect(await rows(list as Promise<unknown>)).toMatchObject([{ id: trigger.id }]);
    expect(JSON.stringify(await client.triggers.search('most'))).toContain('Most urgent');
    expect(JSON.stringify(await client.triggers.definitions())).toContain('notification_webhook');
    expect(JSON.stringify(await client.triggers.listRevisions(trigger.id))).toContain('"Urgent"');
    expect(JSON.stringify(await client.triggers.showRevision(trigger.id, 1))).toContain('"Urgent"');
    await client.triggers.updateMany([{ id: trigger.id, active: false }]);
    expect(await rows(client.triggers.listActive())).toEqual([]);
    await client.triggers.reorder([trigger.id]);
    await client.triggers.delete(trigger.id);
    expect(await rows(client.triggers.list() as Promise<unknown>)).toEqual([]);
  });

  it('makes automations that run by the clock', async () => {
    await using server = await testServer();
    const client = connect(server);
    await client.tickets.create({ ticket: { subject: 'One', comment: { body: 'x' } } } as never);
    const all = [...UNSOLVED, { field: 'NEW', operator: 'is', value: '1' }];
    const made = await result(client.automations.create({ automation: { title: 'Old', all, actions: [{ field: 'current_tags', value: 'old' }] } })); // prettier-ignore
    const { id } = inside(made, 'automation');
    server.advance(2 * 3_600_000 + 1);
    expect((await result(client.tickets.show(1)))['tags']).toEqual(['old']);
    await client.automations.update(id, { automation: { title: 'Older' } });
    expect(inside(await result(client.automations.show(id)), 'automation')).toMatchObject({ title: 'Older' });
    expect(await rows(client.automations.list())).toMatchObject([{ id }]);
    await client.automations.updateMany([{ id, active: false }]);
    expect(await rows(client.automations.listActive())).toEqual([]);
    await client.automations.bulkDelete([id]);
    expect(await rows(client.automations.list())).toEqual([]);
  });

  it('reads SLA policies', async () => {
    await using server = await testServer();
    const client = connect(server);
    const metric = { priority: 'urgent', metric: 'first_reply_time', target: 10, business_hours: false };
    server.support.seed('acme', { sla_policies: [{ title: 'Fast', policy_metrics: [metric] }] });
    expect(JSON.stringify(await client.policies.list())).toContain('"Fast"');
    expect(JSON.stringify(await client.policies.getDefinitions())).toContain('"priority"');
  });
});
