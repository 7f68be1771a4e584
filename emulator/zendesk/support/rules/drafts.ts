/** What is written of rules, read and checked (`read-rule.ts`). */
import type { Action, Conditions, Restriction, SlaMetric, ViewOutput } from './entities.ts';

export interface RuleDraft {
  readonly title?: string;
  readonly description?: string | null;
  readonly active?: boolean;
  readonly position?: number;
  readonly conditions?: Conditions;
  readonly actions?: readonly Action[];
}

export interface TriggerDraft extends RuleDraft {
  readonly category_id?: string;
  /** A new category for it. */
  readonly category?: TriggerCategoryDraft;
}

export interface TriggerCategoryDraft {
  readonly name?: string;
  readonly position?: number;
}

export interface MacroDraft extends Omit<RuleDraft, 'conditions'> {
  /** Files that were uploaded for it; no other is kept. */
  readonly attachments?: readonly number[];
  readonly restriction?: Restriction;
}

export interface ViewDraft extends Omit<RuleDraft, 'actions'> {
  readonly output?: Partial<ViewOutput>;
  readonly restriction?: Restriction;
}

export interface SlaPolicyDraft {
  readonly title: string;
  readonly description?: string | null;
  readonly filter?: Conditions;
  readonly policy_metrics: readonly SlaMetric[];
}

/** The rules of a seed, in the vendor's write shapes: `all` and `any` beside or inside `conditions`. */
export interface RulesSeed {
  triggers?: readonly Readonly<Record<string, unknown>>[];
  automations?: readonly Readonly<Record<string, unknown>>[];
  macros?: readonly Readonly<Record<string, unknown>>[];
  views?: readonly Readonly<Record<string, unknown>>[];
  sla_policies?: readonly SlaPolicyDraft[];
}
