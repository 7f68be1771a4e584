import { Router } from 'express';
import { ActivityService } from './activity-service.ts';
import { Dispatcher } from './delivery/dispatcher.ts';
import { Outbox } from './delivery/outbox.ts';
import type { WebhookId } from './entities.ts';
import { notificationRow } from './notifications.ts';
import { callsOfRules } from './rule-calls.ts';
import { activityRoutes } from './routes/activity.ts';
import { adminsOnly, limited } from './routes/entry.ts';
import { testRoutes } from './routes/tests.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { webhookTables } from './tables.ts';
import { TestService } from './test-service.ts';
import { WebhookService } from './webhook-service.ts';
import type { Webhooks, WebhooksOptions } from './webhooks.ts';

/** Puts the room together and begins to listen to the journal. */
export function createWebhooks({ core, accounts, support }: WebhooksOptions): Webhooks {
  const tables = webhookTables(core.store);
  const service = new WebhookService({ core, accounts, tables });
  const dispatcher = new Dispatcher({ core, accounts, tables });
  const outbox = new Outbox({
    core,
    accounts,
    tables,
    author: (account, id) => support.users.get(account, id),
    field: (account, owner, key) => support.fields.get(account, owner, key),
    dispatch: (account, delivery) => dispatcher.begin(account, delivery),
  });
  const notify: Webhooks['notify'] = (account, id, notification) => {
    const webhook = service.get(account, id);
    if (!webhook) throw new RangeError(`account ${account} has no webhook ${id}; the trigger names one that was deleted`);
    const row = notificationRow(webhook, notification);
    return webhook.status === 'active' ? outbox.add(account, row) : undefined;
  };
  const deaf = [core.journal.within(outbox.listen), core.journal.within(callsOfRules(core, notify))];

  return {
    service,
    router() {
      const router = Router();
      router.use(accounts.entry());
      router.use('/webhooks', limited(accounts, 'webhooks'), accounts.jsonBody(), adminsOnly());
      testRoutes(router, accounts, service, new TestService(core, dispatcher.client));
      activityRoutes(router, service, new ActivityService(core, tables));
      webhookRoutes(router, service);
      return router;
    },
    stop: (account) => dispatcher.stop(account),
    resume: (account) => dispatcher.resume(account),
    pending: (account) => dispatcher.pending(account),
    settled: (account) => dispatcher.settled(account),
    circuit: (account, webhook) => dispatcher.circuit(account, webhook as WebhookId),
    notify,
    close() {
      for (const unlisten of deaf) unlisten();
      dispatcher.close();
    },
  };
}
