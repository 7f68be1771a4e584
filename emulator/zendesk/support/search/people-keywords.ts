import type { StoredUser } from '../collections.ts';
import type { FieldValue, Group, Organization } from '../entities.ts';
import { digitsOf, nationalDigits } from '../people/phone.ts';
import { byTime } from './compare.ts';
import { type Keywords, type Matcher, reference, sameText, type SearchWorld, tagsMatcher } from './matchers.ts';
import type { SearchTerm } from './query.ts';
import { wordsMatcher } from './words.ts';

interface Timed {
  readonly id: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const TIMED: Keywords<Timed> = {
  id: (term) => ({ test: (record) => String(record.id) === term.text }),
  created: (term, world) => of(byTime(term, world.now), (record) => record.created_at),
  updated: (term, world) => of(byTime(term, world.now), (record) => record.updated_at),
};

const USERS: Keywords<StoredUser> = {
  ...TIMED,
  name: (term) => of(wordsMatcher(term.text), (user) => user.name),
  email: (term) => either(of(sameText(term), (user) => user.email), of(wordsMatcher(term.text), (user) => user.email)), // prettier-ignore
  phone: (term) => ({ test: phoneTest(term.text) }),
  role: (term) => of(sameText(term), (user) => user.role),
  external_id: (term) => of(sameText(term), (user) => user.external_id),
  notes: (term) => of(wordsMatcher(term.text), (user) => user.notes),
  details: (term) => of(wordsMatcher(term.text), (user) => user.details),
  tags: tagsMatcher,
  organization: reference('organization_id', (user) => user.organization_id, (text, world) => world.organizations(text)), // prettier-ignore
  verified: (term) => of(sameText(term), (user) => user.verified),
  is_verified: (term) => of(sameText(term), (user) => user.verified),
  suspended: (term) => of(sameText(term), (user) => user.suspended),
  is_suspended: (term) => of(sameText(term), (user) => user.suspended),
};

const ORGANIZATIONS: Keywords<Organization> = {
  ...TIMED,
  name: (term) => of(wordsMatcher(term.text), (organization) => organization.name),
  external_id: (term) => of(sameText(term), (organization) => organization.external_id),
  notes: (term) => of(wordsMatcher(term.text), (organization) => organization.notes),
  details: (term) => of(wordsMatcher(term.text), (organization) => organization.details),
  domain_names: (term) => of(sameText(term), (organization) => organization.domain_names),
  tags: tagsMatcher,
};

const GROUPS: Keywords<Group> = { ...TIMED, name: (term) => of(wordsMatcher(term.text), (group) => group.name) };

/** Undefined when users have no such keyword; keys of user fields are keywords too. */
export function userMatcher(term: SearchTerm, world: SearchWorld, fieldKeys: ReadonlySet<string>): Matcher<StoredUser> | undefined {
  if (term.keyword !== undefined) return keyed(USERS, term, world, fieldKeys, (user) => user.user_fields);
  const fits = wordsMatcher(term.text);
  const calls = digitsOf(term.text).length >= 5 && /^[+\d().\s-]+$/.test(term.text) ? phoneTest(term.text) : () => false;
  const test = (user: StoredUser): boolean =>
    [user.name, user.email, user.external_id, user.alias, user.notes, user.details, ...user.tags].some(fits) || calls(user);
  return { test };
}

export function organizationMatcher(
  term: SearchTerm,
  world: SearchWorld,
  fieldKeys: ReadonlySet<string>,
): Matcher<Organization> | undefined {
  if (term.keyword !== undefined) return keyed(ORGANIZATIONS, term, world, fieldKeys, (organization) => organization.organization_fields);
  const fits = wordsMatcher(term.text);
  return { test: ({ name, external_id, notes, details, tags, domain_names }) => [name, external_id, notes, details, ...tags, ...domain_names].some(fits) }; // prettier-ignore
}

export function groupMatcher(term: SearchTerm, world: SearchWorld): Matcher<Group> | undefined {
  if (term.keyword !== undefined) return keyed(GROUPS, term, world, new Set(), () => ({}));
  return of(wordsMatcher(term.text), (group: Group) => group.name);
}

function keyed<Doc>(
  keywords: Keywords<Doc>,
  term: SearchTerm,
  world: SearchWorld,
  fieldKeys: ReadonlySet<string>,
  fields: (doc: Doc) => Readonly<Record<string, FieldValue>>,
): Matcher<Doc> | undefined {
  const keyword = term.keyword ?? '';
  if (Object.hasOwn(keywords, keyword)) return keywords[keyword]?.(term, world);
  return fieldKeys.has(keyword) ? of(sameText(term), (doc) => fields(doc)[keyword]) : undefined;
}

/** A part of the number is enough, with or without the country code: never an identity (dossier §9.1). */
function phoneTest(text: string): (user: StoredUser) => boolean {
  const digits = digitsOf(text);
  const national = digits.length >= 9 ? nationalDigits(text.trim()) : undefined;
  const wanted = [digits, ...(national ? [national] : [])].filter((each) => each !== '');
  return (user) =>
    [user.phone, ...(user.other_phones ?? [])].some((own) => own !== null && wanted.some((each) => digitsOf(own).includes(each)));
}

function of<Doc, Value>(test: (value: Value) => boolean, value: (doc: Doc) => Value): Matcher<Doc> {
  return { test: (doc) => test(value(doc)) };
}

function either<Doc>(one: Matcher<Doc>, other: Matcher<Doc>): Matcher<Doc> {
  return { test: (doc) => one.test(doc) || other.test(doc) };
}
