import type { Request, Response } from 'express';
import { principalOf } from '../../../account/index.ts';
import { forbidden, invalidAttribute, parameterMissing } from '../../errors.ts';
import { queryOf, scopeOf } from '../../routes/http.ts';
import { includes } from '../../routes/sideloads.ts';
import { arrayListing, type Listing } from '../../routes/listing.ts';
import { numberOf, permit, type Shape } from '../../routes/permit.ts';
import type { Support } from '../../index.ts';
import { bulkIds } from '../../routes/bulk.ts';
import type { Restriction, Rule, RuleKind } from '../entities.ts';
import { readActions, readConditions } from '../read-rule.ts';
import { USAGE_WINDOWS } from '../rule-uses.ts';
import { accessOf, readRestriction, type Viewer } from '../restriction.ts';

/** Properties that all rules take; what is only read, or checked by itself, is let through. */
const COMMON: Shape = {
  title: 'text',
  raw_title: 'any',
  description: 'text',
  active: 'boolean',
  position: 'integer',
  all: 'any',
  any: 'any',
  conditions: 'any',
  actions: 'any',
  restriction: 'any',
};

/** A trigger category, by itself or made with its first trigger. */
export const CATEGORY: Shape = { name: 'text', position: 'integer' };

type Written = Record<string, unknown>;

/** A rule as a client wrote it, conditions, actions and restriction checked. @throws ApiError 400, 422, 501 */
export function readRule<Draft>(req: Request, res: Response, name: RuleKind, action: string, more: Shape = {}): Draft {
  return ruleDraft<Draft>(permit<Written>(res, req.body, name, { ...COMMON, ...more }, action), name, action);
}

/** What a seed or a write says of a rule. */
export function ruleDraft<Draft>(written: Written, kind: RuleKind, action: string): Draft {
  const { all, any, conditions, actions, restriction, raw_title: _title, title, active, description, ...rest } = written;
  const said = {
    // Nothing is no position and no category; only a description can be taken back.
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
    ...(description === undefined ? {} : { description }),
    ...(title === undefined || title === null ? {} : { title: String(title) }),
    ...(active === undefined ? {} : { active }),
  };
  const read = {
    conditions: kind === 'macro' ? undefined : readConditions({ all, any, conditions }, kind, action),
    actions: kind === 'view' ? undefined : readActions({ actions }, kind, action),
    restriction: kind === 'macro' || kind === 'view' ? readRestriction(restriction, action) : undefined,
  };
  return { ...said, ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) } as Draft;
}

const USAGES = Object.keys(USAGE_WINDOWS);

interface RuleRow<R extends Rule> {
  readonly id: number;
  readonly position: number;
  readonly alphabetical: string;
  readonly title: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly rule: R;
}

/** A list of rules with the sorts that rules have. */
export function ruleListing<R extends Rule>(
  rules: readonly R[],
  beside: (rule: R) => Record<string, number | null> = () => ({}),
): Listing<RuleRow<R>> {
  const rows = rules.map((rule, index): RuleRow<R> => {
    const { id, title, created_at, updated_at } = rule;
    return { id, position: index, alphabetical: title.toLowerCase(), title, created_at, updated_at, rule, ...beside(rule) };
  });
  const sorts = ['position', 'alphabetical', 'title', 'created_at', 'updated_at', ...USAGES.filter((name) => rows[0] && name in rows[0])];
  return arrayListing(rows, sorts);
}

/**
 * What `?include=` adds to each rule: how often it was used, and the app that needs it, of which there are none. A list
 * that is sorted by a usage shows it (inferred).
 */
export function besideRule(support: Support, req: Request, res: Response, withUsage = true): (rule: Rule) => Record<string, number | null> {
  const { account } = scopeOf(res);
  const wanted = includes(req);
  const windows = Object.entries(USAGE_WINDOWS).filter(([name]) => wanted.has(name) || queryOf(req).get('sort_by') === name);
  return ({ id }) => ({
    ...(wanted.has('app_installation') ? { app_installation: null } : {}),
    ...(withUsage ? Object.fromEntries(windows.map(([name, window]) => [name, support.rules.uses.count(account, id, window)])) : {}),
  });
}

export const BY_POSITION = { by: 'position', descending: false } as const;
const BY_TIME_OR_USE = ['created_at', 'updated_at', ...USAGES];

/** Whether the list has the greatest first unless told otherwise: those sorted by time or use do (documented). */
export function newestFirst(req: Request): boolean {
  return BY_TIME_OR_USE.includes(queryOf(req).get('sort_by') ?? '');
}

/** `?active=`: undefined for both kinds. @throws ApiError 400 */
export function activeOf(req: Request, action: string): boolean | undefined {
  const text = queryOf(req).get('active');
  if (text === null || text === '') return undefined;
  if (text !== 'true' && text !== 'false') throw invalidAttribute('active', 'must be a boolean', action);
  return text === 'true';
}

/** Rules whose title has the words of `?query=`, without regard to case. @throws ApiError 400 without a query */
export function titled<R extends Rule>(req: Request, rules: readonly R[], action: string): R[] {
  const query = queryOf(req).get('query');
  if (query === null) throw parameterMissing('query', action);
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rules.filter((rule) => words.every((word) => rule.title.toLowerCase().includes(word)));
}

/** The ids of a bulk deletion. @throws ApiError 400 */
export function deletedIds(req: Request, key: string): number[] {
  const ids = bulkIds(req, key, 'deleted');
  if (!ids) throw parameterMissing('ids', `${key}/destroy_many`);
  return ids;
}

/** Who asks. @throws ApiError 404 for nobody */
export function viewerOf(support: Support, res: Response): Viewer {
  const principal = principalOf(res);
  const { account } = scopeOf(res);
  return principal.kind === 'token' ? support.rules.viewer(account, principal.userId, principal.can) : support.rules.viewer(account, null);
}

/** What `?access=` and `?group_id=` leave of macros and views; `agents` is for admins, of macros (documented). @throws ApiError 400, 403 */
export function accessFilter(req: Request, action: string, viewer: Viewer): (rule: { readonly restriction: Restriction }) => boolean {
  const query = queryOf(req);
  const access = query.get('access') ?? '';
  const ofMacros = action.startsWith('macros/');
  if (access !== '' && (accessOf(null, access, viewer) === undefined || (access === 'agents' && !ofMacros)))
    throw invalidAttribute('access', `must be one of personal, ${ofMacros ? 'agents, ' : ''}shared, account`, action);
  if (access === 'agents' && viewer.user.role !== 'admin') throw forbidden();
  const group = query.get('group_id') ?? '';
  return ({ restriction }) =>
    (access === '' || accessOf(restriction, access, viewer) === true) &&
    (group === '' || (restriction?.type === 'Group' && restriction.ids.includes(Number(group))));
}

/** `position` and `active` of one item of a bulk change. */
export function bulkChange(item: Record<string, unknown>): { position?: number; active?: boolean } {
  const position = numberOf(item['position']);
  return {
    ...(item['position'] === undefined || !Number.isSafeInteger(position) ? {} : { position }),
    ...(typeof item['active'] === 'boolean' ? { active: item['active'] } : {}),
  };
}
