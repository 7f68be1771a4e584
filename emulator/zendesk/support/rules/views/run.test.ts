import { describe, expect, it, vi } from 'vitest';
import type { Ticket } from '../../entities.ts';
import { testSupport, type TestSupport } from '../../testing/test-support.ts';
import { holds } from '../conditions/evaluate.ts';
import type { Condition, Conditions } from '../entities.ts';
import { readWorld } from '../read-world.ts';
import { type Ordering, ticketsOf } from './run.ts';

const STATUSES = ['new', 'open', 'pending', 'hold'] as const;
const PRIORITIES = [null, 'low', 'normal', 'high', 'urgent'] as const;
const TYPES = [null, 'question', 'incident', 'problem', 'task'] as const;
const TAGS = [[], ['vip'], ['vip', 'gold'], ['old']];

/** Tickets of all sorts, some of them closed or deleted. */
function many(
  settings = {},
): TestSupport & { found: (conditions: Conditions, ordering?: Ordering, userId?: number) => number[]; group: number } {
  const test = testSupport({ settings });
  const { support, api, ownerId } = test;
  const group = support.groups.create('acme', { name: 'Second' }).id;
  for (let n = 0; n < 60; n += 1) {
    const { id } = support.tickets.create('acme', { comment: 'x', subject: `t${n}`, priority: PRIORITIES[n % 5] ?? null, type: TYPES[n % 4] ?? null, tags: TAGS[n % 4] ?? [], ...(n % 3 === 0 ? { assignee_id: ownerId } : {}), ...(n % 7 === 0 ? { group_id: group } : {}) }, api).ticket; // prettier-ignore
    const status = STATUSES[n % 4];
    if (status && status !== 'new') support.tickets.update('acme', id, { status }, api);
    if (n % 9 === 0) support.tickets.update('acme', id, { assignee_id: ownerId, status: n % 18 === 0 ? 'closed' : 'solved' }, api);
    if (n % 13 === 0) support.tickets.delete('acme', id, api);
  }
  const found = (conditions: Conditions, ordering: Ordering = {}, userId = ownerId): number[] =>
    ticketsOf(support.context, support.rules.readers, 'acme', conditions, userId, ordering);
  return { ...test, found, group };
}

const is = (field: string, value: Condition['value'], operator = 'is'): Condition => ({ field, operator, value });

describe('the tickets of a view', () => {
  it('are those that the conditions hold for one by one, whatever the index says of them', () => {
    const { support, ownerId, group, found } = many();
    const form = support.defaults('acme').ticket_form_id;
    const [custom] = support.statuses.list('acme');
    const each: Condition[] = [
      is('status', 'solved', 'less_than'),
      is('status', 'hold', 'is_not'),
      is('status', 'open', 'greater_than'),
      is('priority', null),
      is('priority', '', 'is_not'),
      is('priority', 'low', 'greater_than'),
      is('priority', ['low', 'high']),
      is('type', 'incident'),
      is('type', null, 'is_not'),
      is('assignee_id', ''),
      is('assignee_id', null, 'is_not'),
      is('assignee_id', 'current_user'),
      is('assignee_id', 'current_user', 'is_not'),
      is('assignee_id', 'requester_id'),
      is('assignee_id', String(ownerId)),
      is('requester_id', 'current_user'),
      is('group_id', group),
      is('group_id', String(group), 'is_not'),
      is('group_id', 'current_groups'),
      is('group_id', ''),
      is('group_id', [String(group), 'current_groups']),
      is('assignee_id', ['1', 'current_user']),
      is('requester_id', ['1', String(ownerId)], 'is_not'),
      is('organization_id', null),
      is('brand_id', '1', 'is_not'),
      is('ticket_form_id', String(form)),
      is('custom_status_id', [String(custom?.id), '7'], 'includes'),
      is('custom_status_id', String(custom?.id), 'not_includes'),
      is('current_tags', 'vip old', 'includes'),
      is('current_tags', ['GOLD', 'none'], 'not_includes'),
      is('subject_includes_word', 't7 t8', 'includes'),
      is('created_at', '1', 'less_than'),
    ];
    const world = readWorld(support.context, support.rules.readers, 'acme');
    const one = (conditions: Conditions): number[] =>
      support.tickets
        .list('acme')
        .filter((ticket) => holds(conditions, { world, ticket, userId: ownerId }))
        .map(({ id }) => id)
        .toReversed();
    let some = 0;
    for (const [n, first] of each.entries()) {
      const second = each[(n * 7 + 3) % each.length] ?? first;
      for (const conditions of [
        { all: [first], any: [] },
        { all: [first, second], any: [] },
        { all: [], any: [first, second] },
        { all: [second], any: [first] },
      ]) {
        // prettier-ignore
        const expected = one(conditions);
        expect([conditions, found(conditions)]).toEqual([conditions, expected]);
        if (expected.length > 0 && expected.length < 50) some += 1;
      }
    }
    expect(some).toBeGreaterThan(40);
  });

  it('are sorted the same with and without reading them', () => {
    const { support, found } = many();
    const all = [is('status', 'closed', 'less_than')];
    const read = [...all, is('subject_includes_word', 'nothing', 'not_includes')];
    const finding = vi.spyOn(support.context.collections.tickets, 'find');
    for (const sort_by of ['nice_id', 'status', 'priority', 'type', 'created', 'updated'])
      for (const sort_order of ['asc', 'desc'] as const) {
        const ordering = { sort_by, sort_order, group_by: 'status', group_order: 'asc' } as const;
        const expected = found({ all: read, any: [] }, ordering);
        finding.mockClear();
        expect(found({ all, any: [] }, ordering)).toEqual(expected);
        expect(finding).not.toHaveBeenCalled();
      }
  });

  it('are those within a limit, of which no others are read', () => {
    const { support, ownerId, found, advance, api, group } = many({ searchIndexDelayMs: 60_000 });
    advance(60_000);
    // Late in the index: one that comes to the owner, one that leaves.
    support.tickets.update('acme', 2, { assignee_id: ownerId }, api);
    support.tickets.update('acme', 3, { assignee_id: null, status: 'open' }, api);
    const limits = [{ column: 'assignee_id', values: [ownerId] }, { column: 'group_id', values: [group, 7] }, { column: 'requester_id', values: [] }] as const; // prettier-ignore
    const reading = vi.spyOn(support.context.collections.tickets, 'find');
    for (const conditions of [
      is('status', 'closed', 'less_than'),
      is('priority', 'low'),
      is('subject_includes_word', 't7', 'not_includes'),
    ])
      for (const limit of limits) {
        const seen = ({ [limit.column]: value }: Ticket): boolean => value !== null && (limit.values as readonly number[]).includes(value);
        const expected = found({ all: [conditions], any: [] }).filter((id) => seen(support.tickets.get('acme', id) as Ticket));
        reading.mockClear();
        const { context, rules } = support;
        expect(ticketsOf(context, rules.readers, 'acme', { all: [conditions], any: [] }, ownerId, {}, limit)).toEqual(expected);
        const read = reading.mock.results.flatMap(({ value }) => value as Ticket[]);
        expect(read.filter((ticket) => !seen(ticket)).every(({ id }) => id === 2 || id === 3)).toBe(true);
      }
  });

  it('do not wait for a search index that lags', () => {
    const { support, found, advance, api } = many({ searchIndexDelayMs: 60_000 });
    advance(60_000);
    const urgent = { all: [is('priority', 'urgent')], any: [] };
    const before = found(urgent);
    const { id } = support.tickets.create('acme', { comment: 'x', priority: 'urgent' }, api).ticket;
    const [gone] = before;
    support.tickets.update('acme', gone as number, { priority: 'low' }, api);
    expect(found(urgent)).toEqual([id, ...before.slice(1)]);
    expect(found({ ...urgent, any: [is('subject_includes_word', 't', 'not_includes')] })).toEqual([id, ...before.slice(1)]);
  });

  it('are none of a write that was undone', () => {
    const { support, found, core, api } = many();
    const urgent = { all: [is('priority', 'urgent')], any: [] };
    const before = found(urgent);
    expect(() =>
      core.store.transaction(() => {
        const draft: Partial<Ticket> & { comment: string } = { comment: 'x', priority: 'urgent' };
        support.tickets.create('acme', draft, api);
        expect(found(urgent)).toHaveLength(before.length + 1);
        throw new RangeError('undone');
      }),
    ).toThrow('undone');
    expect(found(urgent)).toEqual(before);
  });
});
