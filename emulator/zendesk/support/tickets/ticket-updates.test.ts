import { describe, expect, it } from 'vitest';
import type { TicketEventData } from '../entities.ts';
import { refusal, testSupport } from '../testing/test-support.ts';

describe('updating a ticket', () => {
  it('tells what changed, with old and new values', () => {
    const { core, support, api, advance } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', subject: 'A' }, api);
    advance(5_000);
    const after = support.tickets.update('acme', ticket.id, { subject: 'B', priority: 'high', tags: ['vip'] }, api);
    expect(after.ticket).toMatchObject({ subject: 'B', priority: 'high', tags: ['vip'], updated_at: '2026-01-05T09:00:05Z' });
    expect(after.audit.events).toEqual([
      { id: expect.any(Number), type: 'Change', field_name: 'subject', value: 'B', previous_value: 'A' },
      { id: expect.any(Number), type: 'Change', field_name: 'priority', value: 'high', previous_value: null },
      { id: expect.any(Number), type: 'Change', field_name: 'tags', value: ['vip'], previous_value: [] },
    ]);
    const [entry] = core.journal.read({ kind: 'ticket.updated' });
    const data = entry?.data as TicketEventData | undefined;
    expect(data?.changes).toContainEqual({ field: 'priority', previous: null, current: 'high' });
  });

  it('does nothing when nothing changes', () => {
    const { core, support, api, advance } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', subject: 'A' }, api);
    advance(5_000);
    const after = support.tickets.update('acme', ticket.id, { subject: 'A' }, api);
    expect(after.ticket).toEqual(ticket);
    expect(after.audit.events).toEqual([]);
    expect(support.tickets.countAudits('acme', ticket.id)).toBe(1);
    expect(core.journal.read({ kind: 'ticket.updated' })).toEqual([]);
  });

  it('ignores a description', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'first' }, api);
    const after = support.tickets.update('acme', ticket.id, { description: 'second' } as never, api);
    expect(after.ticket.description).toBe('first');
    expect(support.tickets.comments('acme', ticket.id)).toHaveLength(1);
  });

  it('adds comments without changing the status for an agent', () => {
    const { core, support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', email: 'bob@x.example' }, api);
    const { ticket } = support.tickets.create('acme', { comment: 'x', requester_id: bob.id }, api);
    support.tickets.update('acme', ticket.id, { comment: { body: 'note', public: false } }, api);
    expect(support.tickets.get('acme', ticket.id)).toMatchObject({ status: 'new', comment_count: 2 });
    expect(support.tickets.comments('acme', ticket.id).map((comment) => [comment.body, comment.public])).toEqual([
      ['x', true],
      ['note', false],
    ]);
    expect(core.journal.read({ kind: 'comment.added' })).toHaveLength(2);
  });

  it.each(['pending', 'solved', 'hold'] as const)('reopens a %s ticket when the requester replies', (status) => {
    const { support, api, ownerId } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', email: 'bob@x.example' }, api);
    const { ticket } = support.tickets.create('acme', { comment: 'x', requester_id: bob.id, assignee_id: ownerId }, api);
    support.tickets.update('acme', ticket.id, { status }, api);
    const after = support.tickets.update('acme', ticket.id, { comment: { body: 'again', author_id: bob.id } }, api);
    expect(after.ticket.status).toBe('open');
    expect(after.ticket.custom_status_id).toBe(support.defaults('acme').custom_status_ids.open);
  });

  it('reopens a ticket for any end user, for no agent, and for nothing said in private', () => {
    const { support, api, ownerId } = testSupport();
    const copied = support.users.create('acme', { name: 'Cee', email: 'cee@x.example' }, api);
    const { ticket } = support.tickets.create('acme', { comment: 'x', assignee_id: ownerId, status: 'pending' }, api);
    const said = (author_id: number, isPublic: boolean): string =>
      support.tickets.update('acme', ticket.id, { comment: { body: 'again', author_id, public: isPublic } }, api).ticket.status;
    // The owner asked, and is no end user.
    expect([said(ownerId, true), said(copied.id, false), said(copied.id, true)]).toEqual(['pending', 'pending', 'open']);
  });

  it('never makes a ticket new again, by status or by custom status', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    const update = (patch: object): string => support.tickets.update('acme', ticket.id, patch, api).ticket.status;
    expect([update({ status: 'new' }), update({ status: 'open' })]).toEqual(['new', 'open']);
    const refusal = expect.objectContaining({ status: 422, body: expect.objectContaining({ error: 'RecordInvalid' }) });
    for (const patch of [{ status: 'new' }, { custom_status_id: support.defaults('acme').custom_status_ids.new }])
      expect(() => update(patch)).toThrow(refusal);
  });

  it('never takes a priority back', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', priority: 'high' }, api);
    expect(support.tickets.update('acme', ticket.id, { priority: null, subject: 'A' }, api).ticket).toMatchObject({ priority: 'high', subject: 'A' }); // prettier-ignore
    expect(support.tickets.update('acme', ticket.id, { priority: 'low' }, api).ticket.priority).toBe('low');
  });

  it('opens a new ticket when it is assigned', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    expect(support.tickets.update('acme', ticket.id, { assignee_id: ownerId }, api).ticket.status).toBe('open');
  });

  it('takes a status by its custom status', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    const { pending } = support.defaults('acme').custom_status_ids;
    expect(support.tickets.update('acme', ticket.id, { custom_status_id: pending }, api).ticket).toMatchObject({
      status: 'pending',
      custom_status_id: pending,
    });
  });

  it('never changes a closed ticket', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    support.tickets.update('acme', ticket.id, { status: 'closed' }, api);
    expect(refusal(() => support.tickets.update('acme', ticket.id, { subject: 'late' }, api))).toMatchObject({
      status: 422,
      body: { details: { status: [{ description: 'Status: closed prevents ticket update' }] } },
    });
  });

  it('guards against lost updates when asked to, with true or false alike', () => {
    const { support, api, advance } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    advance(1_000);
    support.tickets.update('acme', ticket.id, { safe_update: true, updated_stamp: ticket.updated_at, subject: 'A' }, api);
    for (const safe_update of [true, false]) {
      const stale = { safe_update, updated_stamp: ticket.updated_at, subject: 'B' };
      expect(refusal(() => support.tickets.update('acme', ticket.id, stale, api))).toMatchObject({
        status: 409,
        body: { error: 'UpdateConflict' },
      });
    }
    expect(support.tickets.update('acme', ticket.id, { updated_stamp: ticket.updated_at, subject: 'C' }, api).ticket.subject).toBe('C');
  });

  it('changes tags relatively', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', tags: ['a', 'b'] }, api);
    const after = support.tickets.update('acme', ticket.id, { additional_tags: ['C c'], remove_tags: ['a'] }, api);
    expect(after.ticket.tags).toEqual(['b', 'c']);
  });

  it('moves to the new requester’s organization', () => {
    const { support, api } = testSupport();
    const { id } = support.organizations.create('acme', { name: 'Globex' }, api);
    const hank = support.users.create('acme', { name: 'Hank', organization_id: id }, api);
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    expect(support.tickets.update('acme', ticket.id, { requester_id: hank.id }, api).ticket.organization_id).toBe(id);
  });

  it('answers 404 for unknown and deleted tickets', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    support.tickets.delete('acme', ticket.id, api);
    for (const id of [ticket.id, 99]) {
      expect(support.tickets.get('acme', id)).toBeUndefined();
      expect(refusal(() => support.tickets.update('acme', id, { subject: 'x' }, api)).status).toBe(404);
      expect(refusal(() => support.tickets.delete('acme', id, api)).status).toBe(404);
    }
    expect(support.tickets.list('acme')).toEqual([]);
  });
});
