import { describe, expect, it } from 'vitest';
import { testSupport } from '../testing/test-support.ts';
import { ticketPackings } from './packed-ticket.ts';

const { ticket: TICKET_PACKING, audit: AUDIT_PACKING } = ticketPackings(() => 'the description');

/** As the store would give it back. */
const through = <Doc>(
  packing: { pack(doc: Doc, account: string): unknown; unpack(stored: unknown, account: string): Doc },
  doc: Doc,
): Doc => packing.unpack(JSON.parse(JSON.stringify(packing.pack(doc, 'acme'))), 'acme');

describe('tickets and audits in the store', () => {
  it('come back as they were, in less than half the bytes', () => {
    const { support, api } = testSupport();
    const { ticket, audit } = support.tickets.create('acme', { subject: 'Fire', comment: 'a\n\n<b>&', tags: ['hot'] }, api);
    expect(through(AUDIT_PACKING, audit)).toEqual(audit);
    expect(through(TICKET_PACKING, ticket)).toEqual(ticket);
    expect(support.tickets.get('acme', ticket.id)).toEqual(ticket);
    expect(support.tickets.audits('acme', ticket.id)).toEqual([audit]);
    for (const [packed, plain] of [
      [TICKET_PACKING.pack(ticket, 'acme'), ticket],
      [AUDIT_PACKING.pack(audit, 'acme'), audit],
    ])
      // prettier-ignore
      expect(JSON.stringify(packed).length * 2).toBeLessThan(JSON.stringify(plain).length);
  });

  it('keep changes to nothing apart from what was given first, HTML as it was written, and voice comments', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket } = support.tickets.create('acme', { subject: 'Fire', comment: { html_body: '<i>so</i>' }, type: 'question' }, api);
    support.tickets.update('acme', ticket.id, { assignee_id: ownerId, type: null, tags: ['a'] }, api);
    support.tickets.update('acme', ticket.id, { voice_comment: { from: '+14155550100', to: '+14155550150', started_at: '2026-01-05T09:00:00Z', call_duration: 9, recording_url: 'http://x.example/r' } }, api); // prettier-ignore
    const audits = support.tickets.audits('acme', ticket.id);
    expect(audits).toHaveLength(3);
    expect(audits[0]?.events[0]).toMatchObject({ html_body: expect.stringContaining('<i>so</i>'), plain_body: 'so' });
    expect(audits[1]?.events).toContainEqual(expect.objectContaining({ type: 'Change', field_name: 'type', value: null, previous_value: 'question' })); // prettier-ignore
    expect(audits[1]?.events).toContainEqual(expect.objectContaining({ type: 'Change', field_name: 'assignee_id', previous_value: null }));
    for (const audit of audits) expect(through(AUDIT_PACKING, audit)).toEqual(audit);
  });

  it('leave the text of a new ticket out of its audit, and of no other', () => {
    const described: string[] = [];
    const packings = ticketPackings((account, id) => {
      described.push(`${account} ${id}`);
      return 'as described';
    });
    const { support, api } = testSupport();
    const { ticket, audit } = support.tickets.create('acme', { subject: 'Fire', comment: 'It burns' }, api);
    const later = support.tickets.update('acme', ticket.id, { comment: { body: 'It burns' } }, api);
    const body = (one: typeof audit): unknown => through(packings.audit, one).events.find((event) => 'body' in event);
    expect(body(audit)).toMatchObject({ body: 'It burns' });
    packings.ticket.pack(ticket, 'other');
    expect(body(audit)).toMatchObject({ body: 'It burns' });
    packings.ticket.pack(later.ticket, 'acme');
    expect(body(later.audit)).toMatchObject({ body: 'It burns' });
    expect(described).toEqual([]);
    packings.ticket.pack(ticket, 'acme');
    expect(body(audit)).toMatchObject({
      body: 'as described',
      plain_body: 'as described',
      html_body: expect.stringContaining('as described'),
    });
    expect(described).toEqual([`acme ${ticket.id}`]);
    expect(body(audit)).toMatchObject({ body: 'It burns' });
  });

  it('tell a first comment apart from the description that it was, also when it is redacted', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { subject: 'Card', comment: 'My card is 4111' }, api);
    const [comment] = support.tickets.comments('acme', ticket.id);
    expect(comment?.body).toBe('My card is 4111');
    support.tickets.update('acme', ticket.id, { comment: { body: 'My card is 4111' } }, api);
    support.commentChanges.redactText('acme', { ticketId: ticket.id, commentId: comment?.id ?? 0 }, '4111', api);
    const [first, second] = support.tickets.comments('acme', ticket.id);
    expect([first?.body, second?.body]).not.toContain(undefined);
    expect(first?.body).toContain('▇');
    expect(support.tickets.get('acme', ticket.id)?.description).toBe(first?.body);
    expect(second?.body).toBe('My card is 4111');
  });
});
