import { digitsOf, nationalDigits } from '../people/phone.ts';
import { timed } from './compare.ts';
import { ALL_ZONES, ZONE } from './index/entries.ts';
import { phoneDigits } from './index/lines.ts';
import { or } from './index/mask.ts';
import { type Keywords, type Matcher, reference, tagged, value, words } from './matchers.ts';

const COMMON: Keywords = {
  id: ({ text }, table) => table.withId(Number(text)),
  created: timed('created'),
  updated: timed('updated'),
  name: words(ZONE.title),
};

const NAMED: Keywords = {
  ...COMMON,
  external_id: value('external_id'),
  notes: words(ZONE.notes),
  details: words(ZONE.details),
  tags: tagged,
};

const USERS: Keywords = {
  ...NAMED,
  email: ({ text }, table) => or(table.valued('email', text), table.worded(text, [ZONE.email])),
  phone: ({ text }, table) => table.lined(phoneTest(text)),
  role: value('role'),
  organization: reference('organization', (text, world) => world.organizations(text)),
  group: reference('group', (text, world) => world.groups(text)),
  verified: value('verified'),
  is_verified: value('verified'),
  suspended: value('suspended'),
  is_suspended: value('suspended'),
};

const ORGANIZATIONS: Keywords = { ...NAMED, domain_names: value('domain_names') };

/** Undefined when users have no such keyword; keys of user fields are keywords too. */
export function userMatcher(keyword: string | undefined, fieldKeys: ReadonlySet<string>): Matcher | undefined {
  if (keyword !== undefined) return keyed(USERS, keyword, fieldKeys);
  return ({ text }, table) => {
    const found = table.worded(text, ALL_ZONES);
    const calls = digitsOf(text).length >= 5 && /^[+\d().\s-]+$/.test(text);
    return calls ? or(found, table.lined(phoneTest(text))) : found;
  };
}

export function organizationMatcher(keyword: string | undefined, fieldKeys: ReadonlySet<string>): Matcher | undefined {
  return keyword === undefined ? words(...ALL_ZONES) : keyed(ORGANIZATIONS, keyword, fieldKeys);
}

export function groupMatcher(keyword: string | undefined): Matcher | undefined {
  return keyword === undefined ? words(ZONE.title) : keyed(COMMON, keyword, new Set());
}

function keyed(keywords: Keywords, keyword: string, fieldKeys: ReadonlySet<string>): Matcher | undefined {
  if (Object.hasOwn(keywords, keyword)) return keywords[keyword];
  return fieldKeys.has(keyword) ? value(`field.${keyword}`) : undefined;
}

/** A part of the number is enough, with or without the country code: never an identity (dossier §9.1). */
export function phoneTest(text: string): (lines: string) => boolean {
  const wanted = phoneParts(text);
  return (lines) => wanted.length > 0 && phoneDigits(lines).some((own) => wanted.some((part) => own.includes(part)));
}

/** What the digits of a number may contain: the whole number first, then its national part. */
export function phoneParts(text: string): string[] {
  const digits = digitsOf(text);
  const national = digits.length >= 9 ? nationalDigits(text.trim()) : undefined;
  return [...new Set([digits, ...(national ? [national] : [])])].filter((part) => part !== '');
}
