import { ApiError } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import type { AuditEvent, Ticket, Via } from '../entities.ts';
import { addressOf, changeEvents, ticketChanges } from '../tickets/ticket-events.ts';
import type { TicketWrite } from '../tickets/ticket-rules.ts';
import { makeVia, VIA } from '../tickets/via.ts';
import { mailOf, webhookCallOf } from './actions/notices.ts';
import { commentOf, patchOf } from './actions/patches.ts';
import { withOffer } from './actions/rating-offer.ts';
import type { Action } from './entities.ts';
import { render } from './placeholders/liquid.ts';
import { placeholderScope } from './placeholders/scope.ts';
import type { RuleFacts } from './world.ts';

/** A rule that acts: which, and what it does. */
export interface Firing {
  readonly id: number;
  readonly title: string;
  readonly kind: 'trigger' | 'automation';
  readonly actions: readonly Action[];
}

/** What came of it. Notices are not sent before the write is journaled. */
export interface Fired {
  /** The one it was given when nothing about it changed. */
  readonly ticket: Ticket;
  readonly events: readonly AuditEvent[];
  readonly notices: readonly (() => void)[];
}

/** `rule.webhook` entries: what a webhook is to be called with. The webhooks' room listens. */
export interface WebhookNotice {
  readonly rule: Omit<Firing, 'actions'>;
  readonly ticket: number;
  readonly webhook: string;
  /** Rendered; a body, or pairs of a form or query. */
  readonly body?: string;
  readonly parameters?: readonly (readonly [name: string, value: string])[];
}

export function ruleVia({ id, title, kind }: Omit<Firing, 'actions'>): Via {
  return makeVia(VIA.rule, { from: { id, title }, rel: kind });
}

/**
 * Does what the rule says, action by action in its order. An action that Zendesk refuses (solving without an assignee, a
 * group that is gone) is left out and noted in the journal; the ticket is written all the same (inferred).
 */
export function fire(context: SupportContext, firing: Firing, write: TicketWrite, facts: RuleFacts): Fired {
  const { account, ids } = write;
  const via = ruleVia(firing);
  const { actions, ...rule } = firing;
  const events: AuditEvent[] = [];
  let comments = 0;
  const notices: (() => void)[] = [];
  let ticket = facts.ticket;
  const problem = (what: string): void => void notices.push(() => noteProblem(context, account, rule, ticket.id, what));
  const rendered = (text: string, escaping: 'json' | 'none' = 'none'): string => {
    const now = { ...facts, ticket };
    const result = render(text, placeholderScope(now, context.accounts.expect(account)), escaping);
    if (result.problem !== undefined) problem(`its template could not be rendered: ${result.problem}`);
    return result.text;
  };
  const attempt = (patch: Parameters<TicketWrite['change']>[1], what: string): void => {
    try {
      const changed = write.change(ticket, patch);
      ticket = changed.ticket;
      for (const comment of changed.comments) {
        comments += 1;
        events.push({ ...comment, via });
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem(`${what} was refused: ${JSON.stringify(error.body['details'] ?? error.body)}`);
    }
  };
  for (const action of actions) {
    ticket = withOffer(ticket, action);
    const patch = patchOf(action, { ...facts, ticket });
    if (patch) attempt(patch.subject ? { ...patch, subject: rendered(patch.subject) } : patch, `action ${action.field}`);
  }
  const comment = commentOf(actions, rendered);
  if (comment) attempt({ comment }, 'its comment');
  const changes = ticketChanges(facts.ticket, ticket);
  events.push(...changeEvents(changes, ids, addressOf(context, account)).map((event) => ({ ...event, via })));
  for (const action of actions) {
    const mail = mailOf(action, { ...facts, ticket });
    if (mail) events.push({ id: ids(), type: 'Notification', ...mail, via });
    const call = webhookCallOf(action);
    if (!call) continue;
    const text = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
    events.push({ id: ids(), type: 'WebhookEvent', resource: call.webhook, body: text, via });
    const notice: WebhookNotice =
      typeof call.body === 'string'
        ? { rule, ticket: ticket.id, webhook: call.webhook, body: rendered(call.body, escapingOf(context, account, call.body)) }
        : { rule, ticket: ticket.id, webhook: call.webhook, parameters: call.body.map(([name, value]) => [name, rendered(value)]) };
    notices.push(() => journalCall(context, account, notice));
  }
  return { ticket: changes.length > 0 || comments > 0 ? ticket : facts.ticket, events, notices };
}

/**
 * What is put into a JSON body is escaped so that it stays one (inferred; `settings.ruleJsonEscaping: false` puts texts in as
 * they are). A body that begins like JSON is taken for it. No source says that Zendesk escapes what it puts into XML: there texts are put
 * in as they are.
 */
function escapingOf(context: SupportContext, account: string, body: string): 'json' | 'none' {
  const wanted = context.accounts.expect(account).settings['ruleJsonEscaping'] !== false;
  return wanted && /^\s*[{[]/.test(body) && !/^\s*(?:\{\{|\{%)/.test(body) ? 'json' : 'none';
}

function journalCall(context: SupportContext, account: string, notice: WebhookNotice): void {
  const { core } = context;
  core.journal.append<WebhookNotice>({
    kind: 'rule.webhook',
    account,
    journey: core.journeys.find(account, `ticket:${notice.ticket}`) ?? null,
    from: 'zendesk',
    label: `${notice.rule.kind} ${notice.rule.id} "${notice.rule.title}" calls webhook ${notice.webhook} for ticket ${notice.ticket}`,
    data: notice,
  });
}

/** Tells in the journal what a rule could not do. */
function noteProblem(context: SupportContext, account: string, rule: Omit<Firing, 'actions'>, ticket: number, problem: string): void {
  const { core } = context;
  core.journal.append({
    kind: 'rule.problem',
    account,
    journey: core.journeys.find(account, `ticket:${ticket}`) ?? null,
    from: 'zendesk',
    label: `${rule.kind} ${rule.id} "${rule.title}" on ticket ${ticket}: ${problem}`,
    data: { rule, ticket, problem },
  });
}
