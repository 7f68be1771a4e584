import { SYSTEM } from '../context.ts';
import type { RulesSeed, SlaPolicyDraft, TriggerDraft, ViewDraft, RuleDraft, MacroDraft } from './drafts.ts';
import type { Rules } from './rules.ts';
import { ruleDraft } from './routes/shared.ts';
import { readOutput } from './views/output.ts';

/** Fields whose values a seed, which knows no ids, can give by name or e-mail. */
const GROUPS = ['group_id', 'notification_group'];
const PEOPLE = ['assignee_id', 'requester_id', 'role', 'follower', 'cc', 'notification_user'];

type Written = Readonly<Record<string, unknown>>;

/** The rule with ids in the place of names of groups and organizations, and of e-mail addresses. */
function withIds({ readers }: Rules, account: string, rule: Written): Written {
  const idOf = (field: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const found = GROUPS.includes(field)
      ? readers.groups.findByName(account, value)
      : PEOPLE.includes(field) && value.includes('@')
        ? readers.users.findByEmail(account, value)
        : field === 'organization_id'
          ? readers.organizations.findByName(account, value)
          : undefined;
    return found ? String(found.id) : value;
  };
  const resolved = (rows: unknown): unknown =>
    Array.isArray(rows)
      ? rows.map(({ field, value, ...rest }: Written) => {
          const [first, ...others] = Array.isArray(value) ? value : [value];
          const id = idOf(String(field), first);
          return { ...rest, field, ...(value === undefined ? {} : { value: Array.isArray(value) ? [id, ...others] : id }) };
        })
      : rows;
  const named = Object.fromEntries(['all', 'any', 'actions'].filter((name) => name in rule).map((name) => [name, resolved(rule[name])]));
  const { conditions } = rule as { conditions?: Written };
  const nested = conditions ? { conditions: { all: resolved(conditions['all']), any: resolved(conditions['any']) } } : {};
  return { ...rule, ...named, ...nested };
}

/** Lays down a seed's rules, after its tickets: those are there already when rules begin. @throws ApiError 400, 422, 501 */
export function layRules(rules: Rules, account: string, seed: RulesSeed): void {
  for (const draft of seed.triggers ?? []) {
    const { category, ...written } = withIds(rules, account, draft);
    const known = typeof category === 'string' ? rules.categories.list(account).find(({ name }) => name === category) : undefined;
    const made = typeof category === 'string' && !known ? rules.categories.create(account, { name: category }) : known;
    const read = ruleDraft<TriggerDraft>(written, 'trigger', 'triggers/create');
    rules.triggers.create(account, made ? { ...read, category_id: String(made.id) } : read, SYSTEM);
  }
  for (const draft of seed.automations ?? []) rules.automations.create(account, ruleDraft<RuleDraft>(withIds(rules, account, draft), 'automation', 'automations/create')); // prettier-ignore
  for (const draft of seed.macros ?? [])
    rules.macros.create(account, ruleDraft<MacroDraft>(withIds(rules, account, draft), 'macro', 'macros/create'));
  for (const draft of seed.views ?? []) {
    const { output, execution, ...rest } = ruleDraft<Record<string, unknown>>(withIds(rules, account, draft), 'view', 'views/create');
    const read = readOutput({ output, execution }, rules.readers.fields.custom(account, 'ticket'), 'views/create');
    rules.views.create(account, { ...(rest as ViewDraft), ...(read ? { output: read } : {}) });
  }
  for (const draft of seed.sla_policies ?? ([] as readonly SlaPolicyDraft[])) rules.slaPolicies.create(account, draft);
}
