import { describe, expect, it } from 'vitest';
import type { AuditEvent, Ticket } from '../entities.ts';
import { testSupport, type TestSupport } from '../testing/test-support.ts';
import type { TriggerDraft } from './drafts.ts';
import { ruleDraft } from './routes/shared.ts';

type Written = Readonly<Record<string, unknown>>;

const HOUR = 3_600_000;

function world(): TestSupport & {
  trigger: (written: Written) => number;
  create: (draft?: Written) => Ticket;
  update: (id: number, patch: Written) => Ticket;
  events: (id: number) => AuditEvent[];
} {
  const test = testSupport();
  const { support, api } = test;
  return {
    ...test,
    trigger: (written) =>
      support.rules.triggers.create('acme', ruleDraft<TriggerDraft>({ title: 'T', ...written }, 'trigger', 'x'), api).id,
    create: (draft = {}) => support.tickets.create('acme', { subject: 'Printer', comment: 'It is on fire', ...draft }, api).ticket,
    update: (id, patch) => support.tickets.update('acme', id, patch, api).ticket,
    events: (id) => support.tickets.audits('acme', id).flatMap((audit) => audit.events),
  };
}

const created = { field: 'update_type', operator: 'is', value: 'Create' };

describe('triggers on tickets', () => {
  it('change a new ticket in its own transaction and history, each event with the rule that caused it', () => {
    const { trigger, create, support } = world();
    const id = trigger({ title: 'Urgent', all: [created], actions: [{ field: 'priority', value: 'urgent' }, { field: 'current_tags', value: 'hot new' }] }); // prettier-ignore
    const ticket = create({ tags: ['b'] });
    expect(ticket).toMatchObject({ priority: 'urgent', tags: ['b', 'hot', 'new'] });
    expect(support.tickets.get('acme', ticket.id)).toEqual(ticket);
    const audits = support.tickets.audits('acme', ticket.id);
    expect(audits).toHaveLength(1);
    const via = { via_id: 8, source: { from: { id, title: 'Urgent' }, to: {}, rel: 'trigger' } };
    expect(audits[0]?.events.filter((event) => event.type === 'Change')).toMatchObject([
      { field_name: 'priority', value: 'urgent', previous_value: null, via },
      { field_name: 'tags', value: ['b', 'hot', 'new'], previous_value: ['b'], via },
    ]);
  });

  it('journal the write as it was made, then what rules made of it, in one sequence', () => {
    const { trigger, create, core } = world();
    trigger({ all: [created], actions: [{ field: 'status', value: 'open' }] });
    create();
    const entries = core.journal.read({ kind: 'ticket.' });
    expect(entries.map(({ kind, data }) => [kind, (data as { ticket: Ticket }).ticket.status])).toEqual([
      ['ticket.created', 'new'],
      ['ticket.updated', 'open'],
    ]);
    const sequences = entries.map(({ data }) => (data as { sequence: string }).sequence);
    expect(sequences[0]).toBe(sequences[1]);
  });

  it('run in their order, are all checked again after a change, and fire at most once each', () => {
    const { trigger, create, support } = world();
    trigger({ title: 'second', position: 1, all: [{ field: 'current_tags', operator: 'includes', value: 'first' }], actions: [{ field: 'current_tags', value: 'second' }] }); // prettier-ignore
    trigger({ title: 'first', position: 2, all: [created], actions: [{ field: 'current_tags', value: 'first' }] });
    trigger({ title: 'ping', position: 3, all: [{ field: 'priority', operator: 'is_not', value: 'low' }], actions: [{ field: 'priority', value: 'low' }] }); // prettier-ignore
    trigger({ title: 'pong', position: 4, all: [{ field: 'priority', operator: 'is', value: 'low' }], actions: [{ field: 'priority', value: 'high' }] }); // prettier-ignore
    const ticket = create();
    expect(ticket).toMatchObject({ tags: ['first', 'second'], priority: 'high' });
    expect(support.tickets.audits('acme', ticket.id)).toHaveLength(1);
  });

  it('leave nothing behind when they change nothing', () => {
    const { trigger, create, events } = world();
    trigger({ all: [created], actions: [{ field: 'status', value: 'new' }] });
    expect(events(create().id).filter((event) => event.type === 'Change')).toEqual([]);
  });

  it('lose no ticket to an action that is refused', () => {
    const { trigger, create, core, support, api } = world();
    const group = support.groups.create('acme', { name: 'Gone' }).id;
    trigger({ all: [created], actions: [{ field: 'status', value: 'solved' }, { field: 'group_id', value: group }, { field: 'priority', value: 'low' }] }); // prettier-ignore
    support.groups.delete('acme', group, api);
    expect(create()).toMatchObject({ status: 'new', group_id: null, priority: 'low' });
    expect(core.journal.read({ kind: 'rule.problem' }).map(({ label }) => label)).toEqual([
      expect.stringContaining('action status was refused'),
      expect.stringContaining('action group_id was refused'),
    ]);
  });

  it('do nothing while they are inactive, and nothing after they are deleted', () => {
    const { trigger, create, support, api } = world();
    const id = trigger({ all: [created], actions: [{ field: 'priority', value: 'low' }] });
    support.rules.triggers.update('acme', id, { active: false }, api);
    expect(create().priority).toBeNull();
    support.rules.triggers.update('acme', id, { active: true }, api);
    expect(create().priority).toBe('low');
    support.rules.triggers.delete('acme', id);
    expect(create().priority).toBeNull();
  });

  it('comment, with placeholders', () => {
    const { trigger, create, support } = world();
    trigger({
      all: [created],
      actions: [
        { field: 'comment_value', value: 'Hello {{ticket.requester.first_name}}, about #{{ticket.id}} "{{ticket.title}}"' },
        { field: 'comment_mode_is_public', value: 'false' },
      ],
    });
    const { id, comment_count } = create();
    expect(comment_count).toBe(2);
    const said = support.tickets.comments('acme', id).at(-1);
    expect(said).toMatchObject({
      body: 'Hello owner, about #1 "Printer"',
      public: false,
      author_id: -1,
      via: { source: { rel: 'trigger' } },
    });
  });

  it('set subjects with placeholders', () => {
    const { trigger, create } = world();
    trigger({ all: [created], actions: [{ field: 'subject', value: '[{{ticket.id}}] {{ticket.title}}' }] });
    expect(create().subject).toBe('[1] Printer');
  });

  it('record the mail that Zendesk would send, as templates, and to whom', () => {
    const { trigger, create, events, ownerId, update } = world();
    trigger({ all: [created], actions: [{ field: 'notification_user', value: ['requester_id', '[{{ticket.id}}]', 'Body {{ticket.title}}'] }] }); // prettier-ignore
    trigger({ all: [created], actions: [{ field: 'notification_user', value: ['assignee_id', 'nobody', 'x'] }] });
    const { id } = create();
    expect(events(id).filter((event) => event.type === 'Notification')).toMatchObject([
      { subject: '[{{ticket.id}}]', body: 'Body {{ticket.title}}', recipients: [ownerId], via: { source: { rel: 'trigger' } } },
    ]);
    expect(update(id, { priority: 'low' }).comment_count).toBe(1);
  });

  it('tell the webhooks’ room what to call, rendered, JSON kept JSON', () => {
    const { trigger, create, core, events } = world();
    const body = '{"id": {{ticket.id}}, "text": "{{ticket.latest_comment}}", "status": "{{ticket.status}}", "none": "{{ticket.nothing}}"}';
    trigger({ title: 'Call', all: [created], actions: [{ field: 'notification_webhook', value: ['01ABC', body] }] });
    const { id } = create({ comment: 'He said "stop"\nand left' });
    const [entry] = core.journal.read({ kind: 'rule.webhook' });
    const data = entry?.data as { webhook: string; body: string };
    expect(data.webhook).toBe('01ABC');
    expect(JSON.parse(data.body)).toEqual({ id: 1, text: 'He said "stop"\nand left', status: 'New', none: '' });
    expect(events(id).find((event) => event.type === 'WebhookEvent')).toMatchObject({ resource: '01ABC', body });
  });

  it('render pairs for forms and queries, and bodies that are no JSON as they are', () => {
    const { trigger, create, core } = world();
    const actions = [
      { field: 'notification_webhook', value: ['A', [['id', '{{ticket.id}}'], ['who', '{{current_user.email}}']]] }, // prettier-ignore
      { field: 'notification_webhook', value: ['B', '<t>{{ticket.description}}</t>'] },
    ];
    trigger({ all: [created], actions });
    create({ comment: 'a "quote"' });
    expect(core.journal.read({ kind: 'rule.webhook' }).map(({ data }) => data)).toMatchObject([
      { webhook: 'A', parameters: [['id', '1'], ['who', 'owner@acme.example']] }, // prettier-ignore
      { webhook: 'B', body: '<t>a "quote"</t>' },
    ]);
  });

  it('leave a template as it is when its Liquid is broken or without end', () => {
    const { trigger, create, core } = world();
    const bad = ['{% if %}{{ticket.id', '{% for i in (1..99999999) %}{{i}}{% endfor %}', '{% include "/etc/hostname" %}'];
    trigger({ all: [created], actions: bad.map((text) => ({ field: 'notification_webhook', value: ['A', text] })) });
    expect(create().id).toBe(1);
    expect(core.journal.read({ kind: 'rule.webhook' }).map(({ data }) => (data as { body: string }).body)).toEqual(bad);
    expect(core.journal.read({ kind: 'rule.problem' })).toHaveLength(3);
  });
});

describe('automations', () => {
  const stale = (support: TestSupport['support'], more: Written = {}): number =>
    support.rules.automations.create(
      'acme',
      ruleDraft(
        {
          title: 'Close',
          all: [{ field: 'status', operator: 'is', value: 'pending' }, { field: 'PENDING', operator: 'greater_than', value: '24' }], // prettier-ignore
          actions: [{ field: 'status', value: 'open' }, { field: 'current_tags', value: 'nudged' }], // prettier-ignore
          ...more,
        },
        'automation',
        'x',
      ),
    ).id;

  it('run every hour of the account’s clock, on what has been so for long enough', () => {
    const { support, create, update, advance } = world();
    const { id } = create();
    stale(support);
    update(id, { status: 'pending' });
    advance(24 * HOUR);
    expect(support.tickets.get('acme', id)?.status).toBe('pending');
    advance(2 * HOUR);
    expect(support.tickets.get('acme', id)).toMatchObject({ status: 'open', tags: ['nudged'] });
  });

  it('leave an audit of their own, and set triggers off', () => {
    const { support, create, update, advance, trigger } = world();
    const { id } = create();
    const rule = stale(support);
    trigger({ title: 'After', all: [{ field: 'current_via_id', operator: 'is', value: '8' }], actions: [{ field: 'priority', value: 'high' }] }); // prettier-ignore
    update(id, { status: 'pending' });
    advance(26 * HOUR);
    const last = support.tickets.audits('acme', id).at(-1);
    expect(last).toMatchObject({ author_id: -1, via: { source: { from: { id: rule, title: 'Close' }, rel: 'automation' } } });
    expect(last?.events.map((event) => ('field_name' in event ? [event.field_name, event.via?.source.rel] : []))).toEqual([
      ['status', 'automation'],
      ['custom_status_id', 'automation'],
      ['tags', 'automation'],
      ['priority', 'trigger'],
    ]);
  });

  it('leave closed tickets alone and one ticket after a hundred updates', () => {
    const { support, create, advance, api } = world();
    const { id } = create();
    const conditions = { all: [{ field: 'status', operator: 'less_than', value: 'solved' }, { field: 'updated_at', operator: 'greater_than', value: '0' }] }; // prettier-ignore
    support.rules.automations.create('acme', ruleDraft({ title: 'Poke', conditions, actions: [{ field: 'notification_user', value: ['requester_id', 's', 'b'] }] }, 'automation', 'x')); // prettier-ignore
    advance(150 * HOUR);
    expect(support.tickets.countAudits('acme', id)).toBe(101);
    const other = create().id;
    support.tickets.update('acme', other, { status: 'closed' }, api);
    advance(5 * HOUR);
    expect(support.tickets.countAudits('acme', other)).toBe(2);
  });

  it('reach every open ticket, however many closed ones match, and however many refuse', () => {
    const { support, create, update, advance, events, core, ownerId } = world();
    const many = 1_001;
    core.store.transaction(() => {
      for (let n = 0; n < many; n += 1) update(create({ assignee_id: ownerId }).id, { status: 'closed' });
      for (let n = 0; n < many; n += 1) create();
    });
    const { id } = create({ assignee_id: ownerId });
    stale(support, { all: [{ field: 'status', operator: 'is_not', value: 'solved' }, { field: 'NEW', operator: 'is', value: '1' }], actions: [{ field: 'status', value: 'solved' }] }); // prettier-ignore
    advance(HOUR);
    expect(support.tickets.get('acme', id)?.status).toBe('solved');
    expect(events(id).at(-1)).toMatchObject({ via: { source: { rel: 'automation' } } });
  });

  it('are no update of a ticket for which they are refused', () => {
    const { support, create, advance, core } = world();
    const { id, updated_at } = create();
    stale(support, { all: [{ field: 'status', operator: 'is', value: 'new' }, { field: 'NEW', operator: 'is', value: '1' }], actions: [{ field: 'status', value: 'solved' }] }); // prettier-ignore
    advance(HOUR);
    expect(core.journal.read({ kind: 'rule.problem' })).toHaveLength(1);
    expect(support.tickets.countAudits('acme', id)).toBe(1);
    expect(support.tickets.get('acme', id)?.updated_at).toBe(updated_at);
  });

  it('are taken up again after the account’s clock was reset', () => {
    const { support, create, update, advance, core } = world();
    const { id } = create();
    stale(support);
    update(id, { status: 'pending' });
    core.businessClock('acme').reset();
    support.resume();
    advance(26 * HOUR);
    expect(support.tickets.get('acme', id)?.status).toBe('open');
  });
});
