import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import type { Organization, TicketChange } from '../../support/index.ts';
import { eventSurface } from '../surface.ts';
import { someUser } from '../testing/fixtures.ts';
import { envelope } from './envelope.ts';
import { organizationEvents, userEvents } from './person-events.ts';

function entry(kind: string, record: object, changes?: TicketChange[]): JournalEntry {
  const data = { record, actorId: null, sequence: '31', ...(changes ? { changes } : {}) };
  return { seq: 1, at: 0, account: 'acme', journey: null, thread: null, kind, from: 'zendesk', to: 'zendesk', label: '', data };
}

const ORGANIZATION: Organization = {
  id: 77,
  name: 'Analytical Engines',
  shared_tickets: false,
  shared_comments: false,
  external_id: null,
  created_at: '2026-01-05T09:00:00Z',
  updated_at: '2026-01-05T09:00:00Z',
  domain_names: [],
  details: null,
  notes: null,
  group_id: null,
  tags: [],
  organization_fields: {},
};

function told(kind: string, record: object, changes: TicketChange[]): [string, unknown][] {
  const events = kind.startsWith('user') ? userEvents : organizationEvents;
  return events(entry(kind, record, changes)).map(({ type, event }) => [type.replace('zen:event-type:', ''), event()]);
}

const CHANGES: [TicketChange, string, object][] = [
  [{ field: 'active', previous: true, current: false }, 'user.active_changed', { previous: true, current: false }],
  [{ field: 'alias', previous: null, current: 'A' }, 'user.alias_changed', { previous: null, current: 'A' }],
  [{ field: 'custom_role_id', previous: null, current: 4 }, 'user.custom_role_changed', { previous: '0', current: '4' }],
  [{ field: 'default_group_id', previous: 4, current: null }, 'user.default_group_changed', { previous: '4', current: '0' }],
  [{ field: 'details', previous: null, current: 'd' }, 'user.details_changed', { previous: null, current: 'd' }],
  [{ field: 'external_id', previous: null, current: 'e' }, 'user.external_id_changed', { previous: null, current: 'e' }],
  [{ field: 'last_login_at', previous: null, current: 't' }, 'user.last_login_changed', { previous: null, current: 't' }],
  [{ field: 'name', previous: 'a', current: 'b' }, 'user.name_changed', { previous: 'a', current: 'b' }],
  [{ field: 'notes', previous: null, current: 'n' }, 'user.notes_changed', { previous: null, current: 'n' }],
  [
    { field: 'only_private_comments', previous: false, current: true },
    'user.only_private_comments_changed',
    { previous: false, current: true },
  ],
  [{ field: 'role', previous: 'end-user', current: 'agent' }, 'user.role_changed', { previous: 'end-user', current: 'agent' }],
  [{ field: 'suspended', previous: false, current: true }, 'user.suspended_changed', { previous: false, current: true }],
  [{ field: 'tags', previous: [], current: ['vip'] }, 'user.tags_changed', { added: { tags: ['vip'] }, removed: { tags: [] } }],
  [{ field: 'time_zone', previous: 'UTC', current: 'Kyiv' }, 'user.time_zone_changed', { previous: 'UTC', current: 'Kyiv' }],
  [
    { field: 'user_fields.plan', previous: null, current: 'gold' },
    'user.custom_field_changed',
    { previous: null, current: 'gold', field: { key: 'plan' } },
  ],
];

describe('user events', () => {
  it('are printed as the recorded user.deleted', () => {
    const user = someUser({ id: 6164069643162, created_at: '2023-09-18T23:29:35Z', updated_at: '2023-09-18T23:30:03Z' });
    const [deleted] = userEvents(entry('user.deleted', user));
    const context = { accountId: 18525119, id: 'b3695d61-2ef4-4e9c-97af-1f065c099564', time: '2023-09-18T23:30:03Z', sequence: null };
    expect(deleted && envelope(deleted, context)).toBe(
      [
        '{',
        '   "account_id": 18525119,',
        '   "detail": {',
        '      "created_at": "2023-09-18T23:29:35Z",',
        '      "default_group_id": "0",',
        '      "email": "",',
        '      "external_id": "",',
        '      "id": "6164069643162",',
        '      "organization_id": "0",',
        '      "role": "end-user",',
        '      "updated_at": "2023-09-18T23:30:03Z"',
        '   },',
        '   "event": { },',
        '   "id": "b3695d61-2ef4-4e9c-97af-1f065c099564",',
        '   "subject": "zen:user:6164069643162",',
        '   "time": "2023-09-18T23:30:03Z",',
        '   "type": "zen:event-type:user.deleted",',
        '   "zendesk_event_version": "2022-11-06"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it.each(CHANGES)('tell of %o', (change, event, body) => {
    expect(told('user.updated', someUser(), [change])).toEqual([[event, body]]);
  });

  it('tell of each field when the whole object changed', () => {
    const change = { field: 'user_fields', previous: { a: 1, b: 2 }, current: { a: 1, b: 3, c: 4 } };
    expect(told('user.updated', someUser(), [change]).map(([, event]) => event)).toEqual([
      { previous: 2, current: 3, field: { key: 'b' } },
      { previous: null, current: 4, field: { key: 'c' } },
    ]);
  });

  it('tell of a creation alone', () => {
    expect(told('user.created', someUser({ tags: ['vip'] }), [])).toEqual([['user.created', {}]]);
  });
});

describe('the surface', () => {
  it('lists what is shown here', () => {
    const shown = ['user.created', 'user.deleted', ...CHANGES.map(([, event]) => event)];
    const listed = eventSurface.filter(({ event }) => event.startsWith('user.')).map(({ event }) => event);
    expect(listed.toSorted()).toEqual(shown.toSorted());
  });
});

describe('organization events', () => {
  it('tell of creation, deletion and changes', () => {
    expect(told('organization.created', ORGANIZATION, [])).toEqual([['organization.created', {}]]);
    expect(told('organization.deleted', ORGANIZATION, [])).toEqual([['organization.deleted', {}]]);
    const changes = [
      { field: 'name', previous: 'a', current: 'b' },
      { field: 'external_id', previous: null, current: 'x' },
      { field: 'tags', previous: ['a'], current: [] },
      { field: 'organization_fields', previous: {}, current: { tier: 'gold' } },
      { field: 'notes', previous: null, current: 'no event tells of this' },
    ];
    expect(told('organization.updated', ORGANIZATION, changes).map(([event]) => event)).toEqual([
      'organization.name_changed',
      'organization.external_id_changed',
      'organization.tags_changed',
      'organization.custom_field_changed',
    ]);
  });

  it('carry the organization', () => {
    const [created] = organizationEvents(entry('organization.created', ORGANIZATION));
    expect(created?.subject).toBe('zen:organization:77');
    expect(created?.detail()).toMatchObject({ id: '77', name: 'Analytical Engines', external_id: '', group_id: '0' });
  });
});
