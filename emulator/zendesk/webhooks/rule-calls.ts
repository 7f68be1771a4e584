import type { Core } from '../../core/core.ts';
import type { JournalEntry } from '../../core/journal.ts';
import type { WebhookNotice } from '../support/index.ts';
import type { Notification } from './webhooks.ts';

type Notify = (account: string, webhook: string, notification: Notification) => unknown;

/**
 * Calls the webhooks that triggers and automations name, in the transaction in which they fire. A webhook that is gone, or is
 * not meant for triggers, does not undo the ticket: it is told of in the journal.
 */
export function callsOfRules(core: Core, notify: Notify): (entry: JournalEntry) => void {
  return ({ kind, account, journey, data }) => {
    if (kind !== 'rule.webhook' || account === null) return;
    const { rule, ticket, webhook, body, parameters } = data as WebhookNotice;
    try {
      notify(account, webhook, {
        ticket,
        ...(body === undefined ? {} : { body }),
        ...(parameters === undefined ? {} : { parameters }),
        ...(journey === null ? {} : { journey }),
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const label = `${rule.kind} ${rule.id} "${rule.title}" on ticket ${ticket}: ${error.message}`;
      core.journal.append({
        kind: 'rule.problem',
        account,
        journey,
        from: 'zendesk',
        label,
        data: { rule, ticket, problem: error.message },
      });
    }
  };
}
