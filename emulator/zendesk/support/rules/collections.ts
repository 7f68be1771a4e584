import type { Collection } from '../../../core/collection.ts';
import type { Store } from '../../../core/store.ts';
import type {
  Automation,
  AutomationClock,
  AutomationCount,
  Macro,
  MacroAttachment,
  RuleUse,
  SlaPolicy,
  Trigger,
  TriggerCategory,
  TriggerRevision,
  View,
} from './entities.ts';

export interface RuleCollections {
  readonly triggers: Collection<Trigger>;
  readonly triggerCategories: Collection<TriggerCategory>;
  readonly triggerRevisions: Collection<TriggerRevision>;
  readonly automations: Collection<Automation>;
  readonly automationClocks: Collection<AutomationClock>;
  readonly automationCounts: Collection<AutomationCount>;
  readonly macros: Collection<Macro>;
  readonly macroAttachments: Collection<MacroAttachment>;
  readonly ruleUses: Collection<RuleUse>;
  readonly views: Collection<View>;
  readonly slaPolicies: Collection<SlaPolicy>;
}

const byId = (record: { id: number }): number => record.id;

export function openRuleCollections(store: Store): RuleCollections {
  return {
    triggers: store.collection<Trigger>({ name: 'triggers', key: byId }),
    triggerCategories: store.collection<TriggerCategory>({ name: 'trigger_categories', key: byId }),
    triggerRevisions: store.collection<TriggerRevision>({
      name: 'trigger_revisions',
      key: (revision) => revision.key,
      indexes: { trigger_id: (revision) => revision.trigger_id },
    }),
    automations: store.collection<Automation>({ name: 'automations', key: byId }),
    automationClocks: store.collection<AutomationClock>({ name: 'automation_clocks', key: (clock) => clock.key }),
    automationCounts: store.collection<AutomationCount>({ name: 'automation_counts', key: (count) => count.ticket_id }),
    macros: store.collection<Macro>({ name: 'macros', key: byId }),
    macroAttachments: store.collection<MacroAttachment>({
      name: 'macro_attachments',
      key: byId,
      indexes: { macro_id: (file) => file.macro_id, waiting: (file) => (file.macro_id === null ? 1 : null) },
    }),
    ruleUses: store.collection<RuleUse>({
      name: 'rule_uses',
      key: (use) => use.key,
      indexes: { rule_id: (use) => use.rule_id, at: (use) => use.at },
    }),
    views: store.collection<View>({ name: 'views', key: byId }),
    slaPolicies: store.collection<SlaPolicy>({ name: 'sla_policies', key: byId }),
  };
}
