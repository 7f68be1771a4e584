import type { SupportContext } from '../context.ts';
import { recordNotFound } from '../errors.ts';
import type { AttachmentService } from '../files/attachments.ts';
import type { TicketService } from '../tickets/tickets.ts';
import { AutomationRunner } from './automation-runner.ts';
import { AutomationService } from './automations.ts';
import { openRuleCollections } from './collections.ts';
import { triggerEngine } from './engine.ts';
import { MacroAttachments } from './macro-attachments.ts';
import { MacroService } from './macros.ts';
import type { Viewer } from './restriction.ts';
import { checkNamed, type Said } from './named.ts';
import { RuleUses } from './rule-uses.ts';
import { SlaPolicyService } from './sla-policies.ts';
import { TriggerCategoryService } from './trigger-categories.ts';
import { TriggerService } from './triggers.ts';
import { ViewService } from './views/views.ts';
import type { Readers } from './read-world.ts';

/** Business rules: what they are, and what they do to tickets. A new account has none (a real one starts with a few). */
export class Rules {
  readonly categories: TriggerCategoryService;
  readonly triggers: TriggerService;
  readonly automations: AutomationService;
  readonly macros: MacroService;
  readonly views: ViewService;
  readonly slaPolicies: SlaPolicyService;
  readonly uses: RuleUses;
  readonly runner: AutomationRunner;
  readonly readers: Readers;
  /** Whether the account has the webhook; set by whoever has the webhooks. */
  knowsWebhook: ((account: string, id: string) => boolean) | undefined;

  constructor(context: SupportContext, readers: Readers, tickets: TicketService, files: AttachmentService) {
    const collections = openRuleCollections(context.core.store);
    this.readers = readers;
    this.categories = new TriggerCategoryService(context, collections);
    this.triggers = new TriggerService(context, collections, this.categories);
    this.automations = new AutomationService(context, collections);
    this.uses = new RuleUses(context, collections.ruleUses);
    const attachments = new MacroAttachments(context, collections.macroAttachments, files);
    this.macros = new MacroService(context, collections, { uses: this.uses, attachments });
    this.views = new ViewService(context, collections);
    this.slaPolicies = new SlaPolicyService(context, collections);
    const used = (account: string, ruleId: number): void => this.uses.add(account, ruleId);
    const check = (account: string, rule: Said, before: Said | undefined): void => checkNamed(this, account, rule, before);
    for (const { book } of [this.triggers, this.automations, this.macros, this.views]) book.check = check;
    for (const { book } of [this.triggers, this.automations]) book.onDeleted = (account, id) => this.uses.forget(account, id);
    this.macros.book.onDeleted = (account, id) => {
      this.uses.forget(account, id);
      attachments.forget(account, id);
    };
    this.runner = new AutomationRunner(context, { collections, automations: this.automations, tickets, readers, used });
    tickets.rules = {
      onWrite: triggerEngine({ context, readers, triggers: (account) => this.triggers.running(account), used }),
      macrosApplied: (account, macroIds, ids) => this.macros.applied(account, macroIds, ids),
    };
  }

  /** Who looks at macros and views. @throws ApiError 404 for nobody */
  viewer(account: string, userId: number | null, can?: Viewer['can']): Viewer {
    const user = userId === null ? undefined : this.readers.users.get(account, userId);
    if (!user) throw recordNotFound();
    return { user, groupIds: this.readers.groups.of(account, user.id).map((group) => group.id), can };
  }
}
