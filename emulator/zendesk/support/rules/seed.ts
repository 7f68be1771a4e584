import { SYSTEM } from '../context.ts';
import type { RulesSeed, SlaPolicyDraft, TriggerDraft, ViewDraft, RuleDraft, MacroDraft } from './drafts.ts';
import type { Rules } from './rules.ts';
import { ruleDraft } from './routes/shared.ts';
import { readOutput } from './views/output.ts';

/** Lays down a seed's rules, after its tickets: those are there already when rules begin. @throws ApiError 400, 422, 501 */
export function layRules(rules: Rules, account: string, seed: RulesSeed): void {
  for (const draft of seed.triggers ?? []) {
    const { category, ...written } = draft;
    const known = typeof category === 'string' ? rules.categories.list(account).find(({ name }) => name === category) : undefined;
    const made = typeof category === 'string' && !known ? rules.categories.create(account, { name: category }) : known;
    const read = ruleDraft<TriggerDraft>(written, 'trigger', 'triggers/create');
    rules.triggers.create(account, made ? { ...read, category_id: String(made.id) } : read, SYSTEM);
  }
  for (const draft of seed.automations ?? []) rules.automations.create(account, ruleDraft<RuleDraft>(draft, 'automation', 'automations/create')); // prettier-ignore
  for (const draft of seed.macros ?? []) rules.macros.create(account, ruleDraft<MacroDraft>(draft, 'macro', 'macros/create'));
  for (const draft of seed.views ?? []) {
    const { output, execution, ...rest } = ruleDraft<Record<string, unknown>>(draft, 'view', 'views/create');
    const read = readOutput({ output, execution }, rules.readers.fields.custom(account, 'ticket'), 'views/create');
    rules.views.create(account, { ...(rest as ViewDraft), ...(read ? { output: read } : {}) });
  }
  for (const draft of seed.sla_policies ?? ([] as readonly SlaPolicyDraft[])) rules.slaPolicies.create(account, draft);
}
