import type { JournalEntry } from '../../../core/journal.ts';
import type { Identity, Organization, RecordEventData, TicketChange, User } from '../../support/index.ts';
import { difference, type EventDraft, idText, type JsonObject, plain } from './event-draft.ts';
import type { Json } from './event-json.ts';
import { eventTypesOf } from './event-types.ts';
import type { FieldOf } from './field-of.ts';

const TYPES = { user: eventTypesOf('user'), organization: eventTypesOf('organization') };

type Shape = (change: TicketChange) => JsonObject;

/** Empty ids are "0" here, unlike in ticket events (recorded). */
const zeroId = (id: unknown): string => (id === null || id === undefined ? '0' : String(id));
const value: Shape = ({ previous, current }) => ({ current: plain(current), previous: plain(previous) });
const id: Shape = ({ previous, current }) => ({ current: zeroId(current), previous: zeroId(previous) });
const tags: Shape = ({ previous, current }) => {
  const { added, removed } = difference(previous, current);
  return { added: { tags: added }, removed: { tags: removed } };
};

/** Changed property to event. `active_changed` is documented; a connector reads the others in the same two forms. */
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
  // A connector reads texts: of the photos, where they are (inferred).
  photo: ['photo_changed', value],
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

/** `detail` of an organization event; empty values are null here (documented `organization.created`). */
export function organizationDetail(organization: Organization): JsonObject {
  return {
    created_at: organization.created_at,
    external_id: organization.external_id,
    group_id: idText(organization.group_id),
    id: String(organization.id),
    name: organization.name,
    shared_comments: organization.shared_comments,
    shared_tickets: organization.shared_tickets,
    updated_at: organization.updated_at,
  };
}

/** Kinds of entries that are an event each; bodies as a connector reads them, of `merged` who is named is inferred. */
const USER_HAPPENINGS: Readonly<Record<string, (about: About) => JsonObject>> = {
  created: () => ({}),
  deleted: () => ({}),
  password_changed: () => ({}),
  merged: ({ into_id }) => ({ user: { id: String(into_id) } }),
  identity_created: ({ identity }) => ({ identity: identityBody(identity) }),
  identity_changed: ({ current, previous }) => ({ current: identityBody(current), previous: identityBody(previous) }),
  identity_deleted: ({ identity }) => ({ identity: identityBody(identity) }),
  group_membership_created: ({ group_id }) => ({ group: { id: String(group_id) } }),
  group_membership_deleted: ({ group_id }) => ({ group: { id: String(group_id) } }),
  organization_membership_created: ({ organization_id }) => ({ organization: { id: String(organization_id) } }),
  organization_membership_deleted: ({ organization_id }) => ({ organization: { id: String(organization_id) } }),
};

const ORGANIZATION_HAPPENINGS: typeof USER_HAPPENINGS = { created: () => ({}), deleted: () => ({}) };

/** What an entry is about besides its record, as far as its kind has it. */
interface About {
  readonly identity?: Identity;
  readonly current?: Identity;
  readonly previous?: Identity;
  readonly into_id?: number;
  readonly group_id?: number;
  readonly organization_id?: number;
}

function identityBody(identity: Identity | undefined): Json {
  return identity ? { id: String(identity.id), primary: identity.primary, type: identity.type, value: identity.value } : null;
}

export function userEvents(entry: JournalEntry, field: FieldOf): EventDraft[] {
  const data = entry.data as RecordEventData<User>;
  return recordEvents('user', entry, { detail: () => userDetail(data.record), known: USER_CHANGES, happenings: USER_HAPPENINGS, field });
}

export function organizationEvents(entry: JournalEntry, field: FieldOf): EventDraft[] {
  const data = entry.data as RecordEventData<Organization>;
  const detail = (): JsonObject => organizationDetail(data.record);
  return recordEvents('organization', entry, { detail, known: ORGANIZATION_CHANGES, happenings: ORGANIZATION_HAPPENINGS, field });
}

interface Telling {
  readonly detail: () => JsonObject;
  readonly known: typeof USER_CHANGES;
  readonly happenings: typeof USER_HAPPENINGS;
  readonly field: FieldOf;
}

function recordEvents(domain: 'user' | 'organization', entry: JournalEntry, { detail, known, happenings, field }: Telling): EventDraft[] {
  const data = entry.data as RecordEventData<{ readonly id: number }>;
  const draft = (name: string, event: () => JsonObject): EventDraft => ({
    type: TYPES[domain](name),
    subject: `zen:${domain}:${data.record.id}`,
    detail,
    event,
    ticket: null,
  });
  const verb = entry.kind.slice(domain.length + 1);
  const happened = Object.hasOwn(happenings, verb) ? happenings[verb] : undefined;
  const whole = happened ? [draft(verb, () => happened((data.about ?? {}) as About))] : [];
  const changes = (data.changes ?? []).flatMap(eachField).flatMap((change) => {
    const key = CUSTOM.exec(change.field)?.[1];
    if (key !== undefined) return [draft('custom_field_changed', () => customField(field(entry.account ?? '', domain, key), key, change))];
    const told = known[change.field];
    return told ? [draft(told[0], () => told[1](change))] : [];
  });
  return [...whole, ...changes];
}

/** The field as it is now; one that is gone is named by its key (inferred). */
function customField(field: ReturnType<FieldOf>, key: string, change: TicketChange): JsonObject {
  const { id: fieldId = null, title = key, type = null } = field ?? {};
  return { ...value(change), custom_field: { id: idText(fieldId), title, type } };
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
