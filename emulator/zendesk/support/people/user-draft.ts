import type { UserPatch } from '../drafts.ts';
import type { Field, Role, User } from '../entities.ts';
import { invalidValue, recordInvalid } from '../errors.ts';
import { writtenValues } from '../fields/field-values.ts';
import { ianaZone } from '../hours/time-zones.ts';
import { languageOf, languageOfCode } from '../languages.ts';
import { cleanTags } from '../tickets/tags.ts';

const ROLES: readonly Role[] = ['end-user', 'agent', 'admin'];
const EMAIL = /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$|^[^\s@]+@localhost$/;
/** Longest name (inferred from the column's length). */
const LONGEST_NAME = 255;

/** Properties that a write may set just like that; organizations and groups are the service's matter. */
export const PLAIN = [
  'verified',
  'external_id',
  'alias',
  'details',
  'notes',
  'signature',
  'time_zone',
  'suspended',
  'moderator',
  'only_private_comments',
  'restricted_agent',
  'ticket_restriction',
  'custom_role_id',
] as const;

/** What goes with a role, whoever has it (recorded for end users; the others inferred). */
function ofRole(role: Role): Pick<User, 'role' | 'role_type' | 'custom_role_id' | 'moderator' | 'ticket_restriction' | 'restricted_agent'> {
  const staff = role !== 'end-user';
  return {
    role,
    role_type: role === 'admin' ? 4 : null,
    custom_role_id: null,
    moderator: staff,
    ticket_restriction: staff ? null : 'requested',
    restricted_agent: !staff,
  };
}

/** A user of the role as Zendesk makes one. */
export function freshUser(id: number, name: string, role: Role, now: string): User {
  return {
    id,
    name,
    email: null,
    created_at: now,
    updated_at: now,
    time_zone: 'Eastern Time (US & Canada)',
    iana_time_zone: 'America/New_York',
    phone: null,
    shared_phone_number: null,
    organization_id: null,
    ...ofRole(role),
    verified: false,
    external_id: null,
    tags: [],
    alias: null,
    active: true,
    last_login_at: null,
    signature: null,
    details: null,
    notes: null,
    only_private_comments: false,
    suspended: false,
    default_group_id: null,
    user_fields: {},
  };
}

/** The user after a write, e-mail and phone aside. @throws ApiError 422 */
export function patchedUser(user: User, patch: UserPatch, fields: readonly Field[], now: string): User {
  if (patch.role !== undefined && !ROLES.includes(patch.role)) throw invalidValue('role', 'Role', patch.role);
  const name = patch.name === undefined ? user.name : validName(patch.name);
  const plain: Record<string, unknown> = {};
  for (const key of PLAIN) if (patch[key] !== undefined && (key !== 'time_zone' || patch[key])) plain[key] = patch[key];
  const role = patch.role ?? user.role;
  const { locale_id, locale } = patch;
  return {
    ...user,
    ...(role === user.role ? {} : ofRole(role)),
    ...(plain as Partial<User>),
    ...(patch.time_zone ? { iana_time_zone: validZone(patch.time_zone) } : {}),
    ...(locale_id || locale ? { locale_id: validLanguage(locale_id, locale) } : {}),
    ...(patch.external_id === undefined ? {} : { external_id: String(patch.external_id ?? '') || null }),
    name,
    tags: patch.tags === undefined ? user.tags : cleanTags(patch.tags),
    user_fields: patch.user_fields ? writtenValues(fields, user.user_fields, patch.user_fields) : user.user_fields,
    updated_at: now,
  };
}

/** The IANA name of a zone that is named as Ruby on Rails does. @throws ApiError 422 (inferred) */
function validZone(name: string): string {
  const zone = ianaZone(name);
  if (zone === undefined) throw invalidValue('time_zone', 'Time zone', name);
  return zone;
}

/** The number of a language: as it is given, or that of the code. @throws ApiError 422 for one that there is not (inferred) */
function validLanguage(locale_id: unknown, locale: unknown): number {
  const language = locale_id ? languageOf(locale_id) : languageOfCode(locale);
  if (!language) throw invalidValue('locale', 'Locale', locale_id || locale);
  return language.id;
}

export function validName(name: unknown): string {
  const text = typeof name === 'string' ? name.trim() : '';
  if (text === '') throw recordInvalid({ name: [{ description: 'Name: is too short (minimum is 1 character)', error: 'BlankValue' }] });
  if (text.length > LONGEST_NAME) {
    throw recordInvalid({ name: [{ description: `Name: is too long (maximum is ${LONGEST_NAME} characters)`, error: 'ValueTooLong' }] });
  }
  return text;
}

export function validEmail(email: unknown): string {
  const text = String(email).trim().toLowerCase();
  if (!EMAIL.test(text))
    throw recordInvalid({ email: [{ description: `Email: ${text} is not properly formatted`, error: 'InvalidFormat' }] });
  return text;
}
