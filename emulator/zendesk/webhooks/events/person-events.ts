import type { JournalEntry } from '../../../core/journal.ts';
import type { Organization, RecordEventData, TicketChange, User } from '../../support/index.ts';
import { difference, type EventDraft, type JsonObject, plain } from './event-draft.ts';
import { EVENT_PREFIX } from './event-types.ts';

type Shape = (change: TicketChange) => JsonObject;

/** Empty ids are "0" here, unlike in ticket events (recorded). */
const zeroId = (id: unknown): string => (id === null || id === undefined ? '0' : String(id));
const value: Shape = ({ previous, current }) => ({ current: plain(current), previous: plain(previous) });
const id: Shape = ({ previous, current }) => ({ current: zeroId(current), previous: zeroId(previous) });
const tags: Shape = ({ previous, current }) => {
  const { added, removed } = difference(previous, current);
  return { added: { tags: added }, removed: { tags: removed } };
};
const customField = (key: string, change: TicketChange): JsonObject => ({ ...value(change), field: { key } });

/** Changed property to event. `active_changed` is documented, the other shapes follow it (inferred). */
const USER_CHANGES: Readonly<Record<string, readonly [event: string, shape: Shape]>> = {
  active: ['active_changed', value],
  alias: ['alias_changed', value],
  custom_role_id: ['custom_role_changed', id],
  default_group_id: ['default_group_changed', id],
  details: ['details_changed', value],
  external_id: ['external_id_changed', value],
  last_login_at: ['last_login_changed', value],
  name: ['name_changed', value],
  notes: ['notes_changed', value],
  only_private_comments: ['only_private_comments_changed', value],
  role: ['role_changed', value],
  suspended: ['suspended_changed', value],
  tags: ['tags_changed', tags],
  time_zone: ['time_zone_changed', value],
};

const ORGANIZATION_CHANGES: typeof USER_CHANGES = {
  external_id: ['external_id_changed', value],
  name: ['name_changed', value],
  tags: ['tags_changed', tags],
};

const CUSTOM = /^(?:user|organization)_fields\.(.+)$/;

/** `detail` of a user event; empty values are `"0"` for ids and `""` for texts (recorded `user.deleted`). */
export function userDetail(user: User): JsonObject {
  return {
    created_at: user.created_at,
    default_group_id: zeroId(user.default_group_id),
    email: user.email ?? '',
    external_id: user.external_id ?? '',
    id: String(user.id),
    organization_id: zeroId(user.organization_id),
    role: user.role,
    updated_at: user.updated_at,
  };
}

/** `detail` of an organization event, modelled on the user's (inferred). */
export function organizationDetail(organization: Organization): JsonObject {
  return {
    created_at: organization.created_at,
    external_id: organization.external_id ?? '',
    group_id: zeroId(organization.group_id),
    id: String(organization.id),
    name: organization.name,
    shared_comments: organization.shared_comments,
    shared_tickets: organization.shared_tickets,
    updated_at: organization.updated_at,
  };
}

export function userEvents(entry: JournalEntry): EventDraft[] {
  const data = entry.data as RecordEventData<User>;
  return recordEvents('user', entry, data, () => userDetail(data.record), USER_CHANGES);
}

export function organizationEvents(entry: JournalEntry): EventDraft[] {
  const data = entry.data as RecordEventData<Organization>;
  return recordEvents('organization', entry, data, () => organizationDetail(data.record), ORGANIZATION_CHANGES);
}

function recordEvents(
  domain: 'user' | 'organization',
  entry: JournalEntry,
  data: RecordEventData<{ readonly id: number }>,
  detail: () => JsonObject,
  known: typeof USER_CHANGES,
): EventDraft[] {
  const draft = (name: string, event: () => JsonObject): EventDraft => ({
    type: `${EVENT_PREFIX}${domain}.${name}`,
    subject: `zen:${domain}:${data.record.id}`,
    detail,
    event,
    ticket: null,
  });
  const verb = entry.kind.slice(domain.length + 1);
  const whole = verb === 'created' || verb === 'deleted' ? [draft(verb, () => ({}))] : [];
  const changes = (data.changes ?? []).flatMap(eachField).flatMap((change) => {
    const key = CUSTOM.exec(change.field)?.[1];
    if (key !== undefined) return [draft('custom_field_changed', () => customField(key, change))];
    const told = known[change.field];
    return told ? [draft(told[0], () => told[1](change))] : [];
  });
  return [...whole, ...changes];
}

/** A change of the whole `user_fields` object as one change a field. */
function eachField(change: TicketChange): TicketChange[] {
  if (change.field !== 'user_fields' && change.field !== 'organization_fields') return [change];
  const before = (change.previous ?? {}) as Record<string, unknown>;
  const after = (change.current ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ field: `${change.field}.${key}`, previous: before[key] ?? null, current: after[key] ?? null }));
}
