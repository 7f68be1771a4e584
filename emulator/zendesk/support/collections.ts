import type { Collection } from '../../core/collection.ts';
import type { Condition } from '../../core/query.ts';
import type { Store } from '../../core/store.ts';
import type { StoredFile, Upload } from './files/attachments.ts';
import type { Audit, Defaults, Field, Group, GroupMembership, Identity, Organization, Ticket, User } from './entities.ts';
import type { StoredAnswer } from './idempotency.ts';
import { openPeopleCollections, type PeopleCollections } from './people/collections.ts';
import { commentsOf } from './tickets/comments.ts';
import { ticketPackings } from './tickets/packed-ticket.ts';
import { secondsOf } from './tickets/ticket-build.ts';

export interface StoredUser extends User {
  /** Values of phone identities other than `phone`. */
  readonly other_phones?: readonly string[];
  /** Set when everything about the user but the id was erased. */
  readonly erased?: { readonly at: string; readonly by: number | null };
}

export interface Collections extends PeopleCollections {
  readonly tickets: Collection<Ticket>;
  readonly audits: Collection<Audit>;
  readonly users: Collection<StoredUser>;
  readonly identities: Collection<Identity>;
  readonly organizations: Collection<Organization>;
  readonly groups: Collection<Group>;
  readonly memberships: Collection<GroupMembership>;
  readonly fields: Collection<Field>;
  readonly defaults: Collection<Defaults>;
  readonly uploads: Collection<Upload>;
  readonly files: Collection<StoredFile>;
  readonly idempotency: Collection<StoredAnswer>;
}

const byId = (record: { id: number }): number => record.id;
const lower = (text: string | null): string | null => (text === null ? null : text.toLowerCase());

/** Whom a ticket is copied to, as text that `copiedTo` finds them in; null without anybody, so that the index stays small. */
function copied({ email_cc_ids, follower_ids }: Pick<Ticket, 'email_cc_ids' | 'follower_ids'>): string | null {
  if (email_cc_ids.length === 0 && follower_ids.length === 0) return null;
  return [...email_cc_ids.map((id) => `c${id},`), ...follower_ids.map((id) => `f${id},`)].join('') || null;
}

/** Tickets that the user is a follower, or in the CC, of. */
export function copiedTo(userId: number, as: 'cc' | 'follower'): Condition {
  return { like: `%${as === 'cc' ? 'c' : 'f'}${userId},%`, sparse: true };
}

/** Values of a text column that begin with the text, letter case included: a range, which an index finds. */
export function beginningWith(text: string): Condition {
  return { gte: text, lt: `${text}\u{10FFFF}` };
}

export function openCollections(store: Store): Collections {
  const packings = ticketPackings((account, id) => tickets.get(account, id)?.description);
  const tickets = store.collection<Ticket>({
    name: 'tickets',
    key: byId,
    packing: packings.ticket,
    indexes: {
      requester_id: (ticket) => ticket.requester_id,
      assignee_id: (ticket) => ticket.assignee_id,
      organization_id: (ticket) => ticket.organization_id,
      group_id: (ticket) => ticket.group_id,
      copied: (ticket) => copied(ticket),
      external_id: (ticket) => ticket.external_id,
      // Of those that are not deleted, which are counted without reading them.
      support_type: (ticket) => (ticket.deleted_at === null ? (ticket.support_type ?? 'agent') : null),
      problem_id: (ticket) => ticket.problem_id,
      problem: (ticket) => (ticket.type === 'problem' ? 1 : null),
      created_at: (ticket) => ticket.created_at,
      updated_at: (ticket) => ticket.updated_at,
      generated_timestamp: (ticket) => ticket.generated_timestamp,
      deleted: (ticket) => (ticket.deleted_at === null ? 0 : 1),
    },
    coarse: ['deleted', 'support_type'],
  });
  return {
    tickets,
    audits: store.collection<Audit>({
      name: 'audits',
      key: byId,
      packing: packings.audit,
      indexes: {
        ticket_id: (audit) => audit.ticket_id,
        comments: (audit) => commentsOf(audit).length,
        // Not the order of ids: imports lie in the past.
        at: (audit) => secondsOf(audit.created_at),
      },
      coarse: ['comments'],
    }),
    users: store.collection<StoredUser>({
      name: 'users',
      key: byId,
      indexes: {
        role: (user) => user.role,
        custom_role_id: (user) => user.custom_role_id,
        erased: (user) => (user.erased ? 1 : 0),
        active: (user) => (user.active ? 1 : 0),
        external_id: (user) => lower(user.external_id),
        organization_id: (user) => user.organization_id,
        created_at: (user) => user.created_at,
        updated_at: (user) => user.updated_at,
        name: (user) => user.name.toLowerCase(),
      },
      coarse: ['active', 'erased'],
    }),
    identities: store.collection<Identity>({
      name: 'identities',
      key: byId,
      indexes: {
        user_id: (identity) => identity.user_id,
        value: (identity) => `${identity.type}:${identity.value.toLowerCase()}`,
      },
    }),
    organizations: store.collection<Organization>({
      name: 'organizations',
      key: byId,
      indexes: {
        name: (organization) => organization.name.toLowerCase(),
        external_id: (organization) => lower(organization.external_id),
        domains: (organization) => organization.domain_names.length,
        created_at: (organization) => organization.created_at,
        updated_at: (organization) => organization.updated_at,
      },
    }),
    groups: store.collection<Group>({
      name: 'groups',
      key: byId,
      indexes: { name: (group) => group.name.toLowerCase(), deleted: (group) => (group.deleted ? 1 : 0) },
      coarse: ['deleted'],
    }),
    memberships: store.collection<GroupMembership>({
      name: 'group_memberships',
      key: byId,
      indexes: { user_id: (membership) => membership.user_id, group_id: (membership) => membership.group_id },
    }),
    fields: store.collection<Field>({
      name: 'fields',
      key: byId,
      indexes: {
        owner: (field) => field.owner,
        custom_owner: (field) => (field.system ? null : field.owner),
        owner_key: (field) => (field.key === null ? null : `${field.owner}:${field.key}`),
        position: (field) => field.position,
      },
      unique: ['owner_key'],
    }),
    defaults: store.collection<Defaults>({ name: 'support_defaults', key: () => 'defaults' }),
    ...openPeopleCollections(store),
    uploads: store.collection<Upload>({ name: 'uploads', key: ({ token }) => token, indexes: { until: ({ until }) => until } }),
    files: store.collection<StoredFile>({
      name: 'files',
      key: (file) => file.token,
      indexes: { attachment_id: (file) => file.attachment.id, until: (file) => file.until ?? null },
    }),
    idempotency: store.collection<StoredAnswer>({
      name: 'idempotency_keys',
      key: (answer) => answer.key,
      indexes: { expires_at: (answer) => answer.expires_at },
    }),
  };
}
