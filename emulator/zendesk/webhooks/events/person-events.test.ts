import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import type { Identity, Organization, TicketChange } from '../../support/index.ts';
import { eventSurface } from '../surface.ts';
import { someUser } from '../testing/fixtures.ts';
import { envelope } from './envelope.ts';
import type { FieldOf } from './field-of.ts';
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

/** The account has one custom field. */
const field: FieldOf = (_account, _owner, key) => (key === 'plan' ? { id: 5001, title: 'Plan', type: 'text' } : undefined);

function told(kind: string, record: object, changes: TicketChange[]): [string, unknown][] {
  const events = kind.startsWith('user') ? userEvents : organizationEvents;
  return events(entry(kind, record, changes), field).map(({ type, event }) => [type.replace('zen:event-type:', ''), event()]);
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
  [{ field: 'photo', previous: null, current: 'https://a/p' }, 'user.photo_changed', { previous: null, current: 'https://a/p' }],
  [{ field: 'role', previous: 'end-user', current: 'agent' }, 'user.role_changed', { previous: 'end-user', current: 'agent' }],
  [{ field: 'suspended', previous: false, current: true }, 'user.suspended_changed', { previous: false, current: true }],
  [{ field: 'tags', previous: [], current: ['vip'] }, 'user.tags_changed', { added: { tags: ['vip'] }, removed: { tags: [] } }],
  [{ field: 'time_zone', previous: 'UTC', current: 'Kyiv' }, 'user.time_zone_changed', { previous: 'UTC', current: 'Kyiv' }],
  [
    { field: 'user_fields.plan', previous: null, current: 'gold' },
    'user.custom_field_changed',
    { previous: null, current: 'gold', custom_field: { id: '5001', title: 'Plan', type: 'text' } },
  ],
];

const IDENTITY: Identity = {
  id: 7001,
  user_id: 6130907993114,
  type: 'email',
  value: 'ada@x.example',
  verified: false,
  primary: true,
  created_at: '2026-01-05T09:00:00Z',
  updated_at: '2026-01-05T09:00:00Z',
};
const TOLD_IDENTITY = { id: '7001', primary: true, type: 'email', value: 'ada@x.example' };

const HAPPENINGS: [kind: string, about: object, body: object][] = [
  ['user.identity_created', { identity: IDENTITY }, { identity: TOLD_IDENTITY }],
  ['user.identity_deleted', { identity: IDENTITY }, { identity: TOLD_IDENTITY }],
  [
    'user.identity_changed',
    { current: { ...IDENTITY, value: 'a@x.example' }, previous: IDENTITY },
    { current: { ...TOLD_IDENTITY, value: 'a@x.example' }, previous: TOLD_IDENTITY },
  ],
  ['user.group_membership_created', { group_id: 1 }, { group: { id: '1' } }],
  ['user.group_membership_deleted', { group_id: 1 }, { group: { id: '1' } }],
  ['user.organization_membership_created', { organization_id: 2 }, { organization: { id: '2' } }],
  ['user.organization_membership_deleted', { organization_id: 2 }, { organization: { id: '2' } }],
  ['user.password_changed', {}, {}],
  ['user.merged', { into_id: 3 }, { user: { id: '3' } }],
];

describe('user events', () => {
  it('are printed as the recorded user.deleted', () => {
    const user = someUser({ id: 6164069643162, created_at: '2023-09-18T23:29:35Z', updated_at: '2023-09-18T23:30:03Z' });
    const [deleted] = userEvents(entry('user.deleted', user), field);
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
      { previous: 2, current: 3, custom_field: { id: null, title: 'b', type: null } },
      { previous: null, current: 4, custom_field: { id: null, title: 'c', type: null } },
    ]);
  });

  it.each(HAPPENINGS)('%s says what it is about', (kind, about, body) => {
    const [event, ...others] = userEvents(
      { ...entry(kind, someUser()), data: { record: someUser(), actorId: null, sequence: '31', about } },
      field,
    );
    expect([event?.type, event?.subject, others]).toEqual([`zen:event-type:${kind}`, `zen:user:${someUser().id}`, []]);
    expect(event?.event()).toEqual(body);
  });

  it('tell first of a deletion, then that the user is active no more', () => {
    const change = { field: 'active', previous: true, current: false };
    expect(told('user.deleted', someUser(), [change]).map(([type]) => type)).toEqual(['user.deleted', 'user.active_changed']);
  });

  it('say nothing of what is no event', () => {
    for (const kind of ['user.verification_requested', 'user.permanently_deleted', 'user.signed_in', 'user.toString'])
      expect(told(kind, someUser(), [])).toEqual([]);
  });

  it('tell of a creation alone', () => {
    expect(told('user.created', someUser({ tags: ['vip'] }), [])).toEqual([['user.created', {}]]);
  });
});

describe('the surface', () => {
  it('lists what is shown here', () => {
    const shown = ['user.created', 'user.deleted', ...CHANGES.map(([, event]) => event), ...HAPPENINGS.map(([kind]) => kind)];
    const listed = eventSurface.filter(({ event, status }) => event.startsWith('user.') && status !== 'none').map(({ event }) => event);
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
    const [created] = organizationEvents(entry('organization.created', ORGANIZATION), field);
    expect(created?.subject).toBe('zen:organization:77');
    expect(created?.detail()).toEqual({
      created_at: '2026-01-05T09:00:00Z',
      external_id: null,
      group_id: null,
      id: '77',
      name: 'Analytical Engines',
      shared_comments: false,
      shared_tickets: false,
      updated_at: '2026-01-05T09:00:00Z',
    });
  });
});
