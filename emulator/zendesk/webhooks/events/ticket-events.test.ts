import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import type { TicketChange, TicketEventData } from '../../support/index.ts';
import { eventSurface, UNMADE } from '../surface.ts';
import { someComment, someTicket } from '../testing/fixtures.ts';
import type { EventDraft } from './event-draft.ts';
import { Sequences } from './sequences.ts';
import { ticketEvents } from './ticket-events.ts';

function entry(kind: string, data: Partial<TicketEventData> = {}): JournalEntry {
  const whole = { ticket: someTicket(), actorId: 5, sequence: '39313930', ...data };
  return { seq: 1, at: 0, account: 'acme', journey: null, thread: null, kind, from: 'zendesk', to: 'zendesk', label: '', data: whole };
}

function events(from: JournalEntry): EventDraft[] {
  const author = (_account: string, id: number) => (id === 8 ? { name: 'Grace', role: 'agent' } : { name: 'Ada', role: 'end-user' });
  return ticketEvents(from, {
    author,
    base: (account) => `https://${account}.zendesk.com`,
    field: (_account, owner, id) => (owner === 'ticket' && id === '360' ? { id: 360, title: 'Plan', type: 'tagger' } : undefined),
  });
}

function told(changes: TicketChange[]): [string, unknown][] {
  return events(entry('ticket.updated', { changes })).map((draft) => [draft.type.replace('zen:event-type:ticket.', ''), draft.event()]);
}

const CHANGES: [TicketChange, string, object][] = [
  [{ field: 'status', previous: 'solved', current: 'closed' }, 'status_changed', { previous: 'SOLVED', current: 'CLOSED' }],
  [{ field: 'custom_status_id', previous: null, current: 7 }, 'custom_status_changed', { previous: null, current: '7' }],
  [{ field: 'assignee_id', previous: 1, current: null }, 'agent_assignment_changed', { previous: '1', current: null }],
  [{ field: 'group_id', previous: 1, current: 2 }, 'group_assignment_changed', { previous: '1', current: '2' }],
  [{ field: 'requester_id', previous: 1, current: 2 }, 'requester_changed', { previous: '1', current: '2' }],
  [{ field: 'submitter_id', previous: 1, current: 2 }, 'submitter_changed', { previous: '1', current: '2' }],
  [{ field: 'organization_id', previous: null, current: 2 }, 'organization_changed', { previous: null, current: '2' }],
  [{ field: 'brand_id', previous: 1, current: 2 }, 'brand_changed', { previous: '1', current: '2' }],
  [{ field: 'ticket_form_id', previous: 1, current: 2 }, 'form_changed', { previous: '1', current: '2' }],
  [{ field: 'problem_id', previous: null, current: 2 }, 'problem_link_changed', { previous: null, current: '2' }],
  [{ field: 'priority', previous: null, current: 'high' }, 'priority_changed', { previous: null, current: 'HIGH' }],
  [{ field: 'type', previous: null, current: 'task' }, 'type_changed', { previous: null, current: 'TASK' }],
  [{ field: 'subject', previous: 'a', current: 'b' }, 'subject_changed', { previous: 'a', current: 'b' }],
  [{ field: 'description', previous: 'a', current: 'b' }, 'description_changed', { previous: 'a', current: 'b' }],
  [{ field: 'external_id', previous: null, current: 'b' }, 'external_id_changed', { previous: null, current: 'b' }],
  [
    { field: 'due_at', previous: null, current: '2026-01-05T09:00:00Z' },
    'task_due_at_changed',
    { previous: null, current: '2026-01-05T09:00:00Z' },
  ],
  [{ field: 'tags', previous: ['a'], current: ['b'] }, 'tags_changed', { tags_added: ['b'], tags_removed: ['a'] }],
  [{ field: 'follower_ids', previous: [], current: [3] }, 'followers_changed', { users_added: ['3'], users_removed: [] }],
  [{ field: 'email_cc_ids', previous: [3], current: [] }, 'email_ccs_changed', { users_added: [], users_removed: ['3'] }],
  [
    { field: 'custom_fields.360', previous: null, current: 'gold' },
    'custom_field_changed',
    { previous: { value: null }, current: { value: 'gold' }, custom_field: { id: '360', title: 'Plan', type: 'tagger' } },
  ],
  [
    { field: 'satisfaction_score', previous: 'unoffered', current: 'bad' },
    'csat_received',
    { satisfaction_score: { comment: null, score: 'BAD' } },
  ],
  [{ field: 'satisfaction_score', previous: 'unoffered', current: 'offered' }, 'csat_requested', {}],
];

it('a rating says what was written with it', () => {
  const ticket = someTicket({ satisfaction: { id: 1, score: 'good', comment: 'Thanks' } });
  const changes = [{ field: 'satisfaction_score', previous: 'offered', current: 'good' }];
  const [received] = events(entry('ticket.updated', { ticket, changes }));
  expect(received?.event()).toEqual({ satisfaction_score: { comment: 'Thanks', score: 'GOOD' } });
});

const ENDS = ['permanently_deleted', 'marked_as_spam'];

const TOUCHED: [kind: string, data: Partial<TicketEventData>, event: string, body: object][] = [
  ['merged', { mergedInto: 3 }, 'merged', { target_ticket_id: '3' }],
  ['comment_made_private', { touched: { commentId: 7 } }, 'comment_made_private', {}],
  ['comment_redacted', { touched: { commentId: 7 } }, 'comment_redacted', { comment: { id: '7' } }],
  ['attachment_redacted', { touched: { commentId: 7, attachmentId: 9 } }, 'attachment_redacted_from_comment', { comment: { id: '7', attachment: { id: '9' } } }],
]; // prettier-ignore

describe('ticket events', () => {
  it('speak the vocabulary of events: string ids, upper case, other names, null for what is empty', () => {
    const [created] = events(entry('ticket.created', { ticket: someTicket({ type: 'task', via: apiVia() }), actorId: 8447388090494 }));
    expect(created?.type).toBe('zen:event-type:ticket.created');
    expect(created?.subject).toBe('zen:ticket:35');
    expect(created?.event()).toEqual({});
    expect(created?.detail()).toEqual({
      actor_id: '8447388090494',
      assignee_id: null,
      brand_id: '8447346621310',
      created_at: '2026-01-05T09:00:00Z',
      custom_status: '8447320465790',
      description: 'Call from +14155550100',
      external_id: null,
      form_id: '8646151517822',
      group_id: '8447320466430',
      id: '35',
      is_public: true,
      organization_id: null,
      priority: 'LOW',
      requester_id: '6130907993114',
      status: 'NEW',
      subject: 'Phone call from Ada',
      submitter_id: '6130907993114',
      tags: null,
      type: 'TASK',
      updated_at: '2026-01-05T09:00:00Z',
      via: { channel: 'web_service' },
    });
  });

  it('tell of a creation first, of its comment second, then of tags and fields', () => {
    const ticket = someTicket({ tags: ['vip'], custom_fields: [{ id: 9, value: 'x' }] });
    const sequences = new Sequences();
    const comment = someComment();
    const creation = entry('ticket.created', { ticket, comment });
    const placed = sequences.place(creation, events(creation));
    const again = entry('comment.added', { ticket, comment });
    expect(sequences.place(again, events(again))).toEqual([]);
    expect(placed.map(({ draft, sequence }) => [draft.type.slice(22), sequence])).toEqual([
      ['created', { id: '39313930', position: 1 }],
      ['comment_added', { id: '39313930', position: 2 }],
      ['tags_changed', { id: '39313930', position: 3 }],
      ['custom_field_changed', { id: '39313930', position: 4 }],
    ]);
  });

  it('number a second action anew, and tell of a second comment of one action', () => {
    const sequences = new Sequences();
    const update = entry('ticket.updated', { changes: [], comment: someComment({ id: 1 }) });
    const voice = entry('comment.added', { comment: someComment({ id: 2 }) });
    const next = entry('ticket.deleted', { sequence: '3931' });
    const positions = [update, voice, next].flatMap((each) =>
      sequences.place(each, events(each)).map(({ sequence }) => sequence?.position),
    );
    expect(positions).toEqual([1, 2, 1]);
  });

  it('carry the comment with its author', () => {
    const [added] = events(entry('comment.added', { comment: someComment({ author_id: 8, public: false }) }));
    expect(added?.event()).toEqual({
      comment: {
        author: { id: '8', is_staff: true, name: 'Grace' },
        body: 'Call from +14155550100',
        html_body: expect.stringContaining('zd-comment'),
        id: '7001',
        is_public: false,
      },
    });
  });

  it.each(CHANGES)('tell of %o', (change, event, body) => {
    expect(told([change])).toEqual([[event, body]]);
  });

  it('name a custom field that is gone by its id alone', () => {
    const [[, body] = []] = told([{ field: 'custom_fields.9', previous: true, current: false }]);
    expect(body).toEqual({ previous: { value: true }, current: { value: false }, custom_field: { id: '9', title: null, type: null } });
  });

  it('tell nothing of what no event exists for', () => {
    expect(told([{ field: 'has_incidents', previous: false, current: true }])).toEqual([]);
  });

  it('tell of deletion and restoration', () => {
    const [deleted] = events(entry('ticket.deleted', { ticket: someTicket({ deleted_at: '2026-01-05T09:00:00Z' }) }));
    expect([deleted?.type, deleted?.detail()['status']]).toEqual(['zen:event-type:ticket.soft_deleted', 'DELETED']);
    expect(events(entry('ticket.restored')).map(({ type }) => type)).toEqual(['zen:event-type:ticket.undeleted']);
    for (const end of ENDS) {
      const ended = events(entry(`ticket.${end}`, { ticket: someTicket() }));
      expect(ended.map(({ type, event }) => [type, event()])).toEqual([[`zen:event-type:ticket.${end}`, {}]]);
    }
  });

  it.each(TOUCHED)('tell that a ticket was %s', (kind, data, event, body) => {
    expect(events(entry(`ticket.${kind}`, data)).map((draft) => [draft.type.slice(22), draft.event()])).toEqual([[event, body]]);
  });

  it('tell of each file of a comment, once', () => {
    const file = { id: 9, file_name: 'a b.wav', content_type: 'audio/wav', size: 4, token: 't0' };
    const comment = someComment({ attachments: [file], public: false });
    const sequences = new Sequences();
    const both = [entry('ticket.updated', { changes: [], comment }), entry('comment.added', { comment })];
    const placed = both.flatMap((each) => sequences.place(each, events(each)));
    expect(placed.map(({ draft }) => draft.type.slice(22))).toEqual(['comment_added', 'attachment_linked_to_comment']);
    expect(placed[1]?.draft.event()).toEqual({
      comment: {
        id: '7001',
        attachment: {
          id: '9',
          content_type: 'audio/wav',
          content_url: 'https://acme.zendesk.com/attachments/token/t0/?name=a%20b.wav',
          filename: 'a b.wav',
          is_public: false,
        },
      },
    });
  });

  it('cover what the surface lists', () => {
    const files = ['attachment_linked_to_comment', ...TOUCHED.map(([, , event]) => event)];
    const shown = ['created', 'comment_added', ...files, 'soft_deleted', 'undeleted', ...ENDS, ...CHANGES.map(([, event]) => event)];
    const listed = eventSurface
      .filter(({ event, note }) => event.startsWith('ticket.') && note !== UNMADE)
      .map(({ event }) => event.slice('ticket.'.length));
    expect(listed.toSorted()).toEqual(shown.toSorted());
  });
});

function apiVia(): ReturnType<typeof someTicket>['via'] {
  return { via_id: 5, source: { from: {}, to: {}, rel: null } };
}
