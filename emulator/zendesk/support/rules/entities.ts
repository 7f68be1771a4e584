/** What the rules store: triggers and their categories, automations, macros, views, SLA policies. Names are the vendor's. */

/** A value as a client wrote it; ids come as numbers and as texts. */
export type RuleValue = string | number | boolean | null | readonly RuleValue[];

export interface Condition {
  readonly field: string;
  /** `is` where the client left it out (vendor article "Conditions reference" allows that for some fields). */
  readonly operator: string;
  readonly value: RuleValue;
}

export interface Conditions {
  readonly all: readonly Condition[];
  readonly any: readonly Condition[];
}

export interface Action {
  readonly field: string;
  readonly value: RuleValue;
}

/** The kinds of rules whose conditions and actions are checked against the same tables. */
export type RuleKind = 'trigger' | 'automation' | 'macro' | 'view';

/** What all rules have. */
export interface Rule {
  readonly id: number;
  readonly title: string;
  readonly active: boolean;
  readonly description: string | null;
  readonly position: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Trigger extends Rule {
  readonly conditions: Conditions;
  readonly actions: readonly Action[];
  /** A text (recorded). */
  readonly category_id: string;
}

export interface TriggerCategory {
  readonly id: number;
  readonly name: string;
  readonly position: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A trigger as it was after one change. */
export interface TriggerRevision {
  /** Unique in the account. */
  readonly key: number;
  readonly trigger_id: number;
  /** 1, 2, 3 … for each trigger. */
  readonly id: number;
  readonly author_id: number;
  readonly created_at: string;
  readonly snapshot: Pick<Trigger, 'title' | 'description' | 'active' | 'conditions' | 'actions'>;
}

export interface Automation extends Rule {
  readonly conditions: Conditions;
  readonly actions: readonly Action[];
}

/** Who may see a macro or view; null is everybody. */
export type Restriction =
  { readonly type: 'Group'; readonly id: number; readonly ids: readonly number[] } | { readonly type: 'User'; readonly id: number } | null;

export interface Macro extends Rule {
  readonly actions: readonly Action[];
  readonly restriction: Restriction;
}

/** A file of a macro, or one that waits for its macro (null). */
export interface MacroAttachment {
  readonly id: number;
  /** Of the stored file. */
  readonly token: string;
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
  readonly macro_id: number | null;
  readonly created_at: string;
}

/** How often a rule was used in one minute, for the usage counts. */
export interface RuleUse {
  /** Rule and minute. */
  readonly key: string;
  /** Of a macro, trigger or automation. */
  readonly rule_id: number;
  /** When the minute began, in milliseconds of the account's clock. */
  readonly at: number;
  readonly count: number;
}

export type SortOrder = 'asc' | 'desc';

/** `output` of a write. Columns are names of the vendor's view columns, or ids of custom ticket fields. */
export interface ViewOutput {
  readonly columns: readonly (string | number)[];
  readonly group_by: string | null;
  readonly group_order: SortOrder;
  readonly sort_by: string | null;
  readonly sort_order: SortOrder;
}

export interface View extends Rule {
  readonly conditions: Conditions;
  readonly output: ViewOutput;
  readonly restriction: Restriction;
}

export interface SlaPolicy {
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
  readonly position: number;
  readonly filter: Conditions;
  readonly policy_metrics: readonly SlaMetric[];
  readonly created_at: string;
  readonly updated_at: string;
}

export interface SlaMetric {
  readonly priority: string;
  readonly metric: string;
  /** Minutes. */
  readonly target: number;
  readonly business_hours: boolean;
}

/** When an account's automations run next, and how often they updated each ticket. */
export interface AutomationClock {
  /** Always `clock`. */
  readonly key: string;
  /** Milliseconds of the account's clock. */
  readonly next: number;
}

export interface AutomationCount {
  readonly ticket_id: number;
  readonly count: number;
}
