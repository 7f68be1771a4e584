import { describe, expect, it } from 'vitest';
import { testSupport } from '../testing/test-support.ts';
import { AUDIT_PACKING, TICKET_PACKING } from './packed-ticket.ts';

/** As the store would give it back. */
const through = <Doc>(packing: { pack(doc: Doc): unknown; unpack(stored: unknown): Doc }, doc: Doc): Doc =>
  packing.unpack(JSON.parse(JSON.stringify(packing.pack(doc))));

describe('tickets and audits in the store', () => {
  it('come back as they were, in less than half the bytes', () => {
    const { support, api } = testSupport();
    const { ticket, audit } = support.tickets.create('acme', { subject: 'Fire', comment: 'a\n\n<b>&', tags: ['hot'] }, api);
    expect(through(TICKET_PACKING, ticket)).toEqual(ticket);
    expect(through(AUDIT_PACKING, audit)).toEqual(audit);
    expect(support.tickets.get('acme', ticket.id)).toEqual(ticket);
    expect(support.tickets.audits('acme', ticket.id)).toEqual([audit]);
    for (const [packed, plain] of [
      [TICKET_PACKING.pack(ticket), ticket],
      [AUDIT_PACKING.pack(audit), audit],
    ])
      // prettier-ignore
      expect(JSON.stringify(packed).length * 2).toBeLessThan(JSON.stringify(plain).length);
  });

  it('keep changes to nothing apart from what was given first, HTML as it was written, and voice comments', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket } = support.tickets.create('acme', { subject: 'Fire', comment: { html_body: '<i>so</i>' }, priority: 'low' }, api);
    support.tickets.update('acme', ticket.id, { assignee_id: ownerId, priority: null, tags: ['a'] }, api);
    support.tickets.update('acme', ticket.id, { voice_comment: { from: '+14155550100', to: '+14155550150', started_at: '2026-01-05T09:00:00Z', call_duration: 9, recording_url: 'http://x.example/r' } }, api); // prettier-ignore
    const audits = support.tickets.audits('acme', ticket.id);
    expect(audits).toHaveLength(3);
    expect(audits[0]?.events[0]).toMatchObject({ html_body: expect.stringContaining('<i>so</i>'), plain_body: 'so' });
    expect(audits[1]?.events).toContainEqual(expect.objectContaining({ type: 'Change', field_name: 'priority', value: null, previous_value: 'low' })); // prettier-ignore
    expect(audits[1]?.events).toContainEqual(expect.objectContaining({ type: 'Change', field_name: 'assignee_id', previous_value: null }));
    for (const audit of audits) expect(through(AUDIT_PACKING, audit)).toEqual(audit);
  });
});
