import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';

/** Uses views, macros, triggers, automations and SLA policies, on a ticket of its own. */
export async function driveRules(server: TestServer, call: Call): Promise<void> {
  const { ticket } = await call('POST', '/tickets', { ticket: { subject: 'Rules', comment: { body: 'x' }, priority: 'low' } });
  const unsolved = [{ field: 'status', operator: 'less_than', value: 'solved' }];
  const both = async (path: string): Promise<void> => {
    await call('GET', path);
    await call('GET', `${path}${path.includes('?') ? '&' : '?'}page[size]=2`);
  };

  const { view } = await call('POST', '/views', {
    view: {
      title: 'Unsolved',
      description: 'd',
      all: unsolved,
      output: { columns: ['status', 'subject', 'requester'], sort_by: 'status' },
    },
  });
  const { view: spare } = await call('POST', '/views', { view: { title: 'Spare', all: unsolved } });
  await call('POST', '/views', { view: { title: 'None' } });
  await call('POST', '/views', {});
  await both('/views?include=app_installation');
  for (const path of ['active', 'compact', 'count', 'definitions', 'search?query=un', `show_many?ids=${view?.id}`, `count_many?ids=${view?.id}`]) await call('GET', `/views/${path}`); // prettier-ignore
  for (const path of ['', '/count', '/execute', '/execute?group_by=status&per_page=1', '/tickets', '/tickets?page[size]=1'])
    await call('GET', `/views/${view?.id}${path}`);
  await call('GET', `/views/${view?.id}/export`);
  await call('GET', '/views/99');
  await call('POST', '/views/preview', { view: { all: unsolved, output: { columns: ['subject'] } } });
  await call('POST', '/views/preview/count', { view: { all: unsolved } });
  await call('PUT', `/views/${view?.id}`, { view: { title: 'Renamed' } });
  await call('PUT', '/views/update_many', { views: [{ id: view?.id, position: 3 }] });
  await call('DELETE', `/views/${view?.id}`);
  await call('DELETE', `/views/destroy_many?ids=${spare?.id}`);

  const { macro } = await call('POST', '/macros', {
    macro: { title: 'A::B', description: 'd', actions: [{ field: 'status', value: 'open' }, { field: 'comment_value', value: 'Hi' }] }, // prettier-ignore
  });
  const { macro: spareMacro } = await call('POST', '/macros', { macro: { title: 'C', actions: [{ field: 'priority', value: 'low' }] } });
  await call('POST', '/macros', { macro: { title: 'None' } });
  await both('/macros?include=usage_7d');
  for (const path of ['active', 'search?query=a', 'categories', 'actions', 'definitions', `new?macro_id=${macro?.id}&ticket_id=${ticket?.id}`, `${macro?.id}`, `${spareMacro?.id}/apply`]) await call('GET', `/macros/${path}`); // prettier-ignore
  const file = { 'content-type': 'text/plain' };
  await call('POST', `/macros/${macro?.id}/attachments?filename=a.txt`, 'text', file);
  const { macro_attachment } = await call('POST', '/macros/attachments?filename=b.txt', 'text', file);
  await call('POST', '/macros/attachments', 'text', file);
  for (const path of [`attachments/${macro_attachment?.id}`, `${macro?.id}/attachments`, '99/attachments']) await call('GET', `/macros/${path}`); // prettier-ignore
  await call('GET', `/tickets/${ticket?.id}/macros/${macro?.id}/apply`);
  await call('PUT', `/macros/${macro?.id}`, { macro: { title: 'D' } });
  await call('PUT', '/macros/update_many', { macros: [{ id: macro?.id, active: true }] });
  await call('PUT', `/tickets/${ticket?.id}`, { ticket: { macro_id: macro?.id } });
  await call('DELETE', `/macros/${macro?.id}`);
  await call('DELETE', `/macros/destroy_many?ids=${spareMacro?.id}`);

  const { trigger_category: category } = await call('POST', '/trigger_categories', { trigger_category: { name: 'C', position: 1 } });
  const changed = [{ field: 'update_type', operator: 'is', value: 'Change' }];
  const mails = [{ field: 'notification_user', value: ['requester_id', 's', 'b'] }, { field: 'notification_webhook', value: ['x', '{}'] }]; // prettier-ignore
  const { trigger } = await call('POST', '/triggers', {
    trigger: {
      title: 'T',
      description: 'd',
      all: changed,
      actions: [{ field: 'priority', value: 'high' }, ...mails],
      category_id: String(category?.id),
    },
  });
  const { trigger: spareTrigger } = await call('POST', '/triggers', {
    trigger: { title: 'U', active: false, all: changed, actions: mails },
  });
  await call('POST', '/triggers', { trigger: { title: 'None' } });
  await call('PUT', `/tickets/${ticket?.id}`, { ticket: { subject: 'Changed' } });
  await call('GET', `/tickets/${ticket?.id}/audits`);
  await both('/triggers?include=usage_1h,app_installation');
  for (const path of ['active', 'search?query=t', 'definitions', `${trigger?.id}`, `${trigger?.id}/revisions?include=users`, `${trigger?.id}/revisions/1`]) await call('GET', `/triggers/${path}`); // prettier-ignore
  await call('PUT', `/triggers/${trigger?.id}`, { trigger: { title: 'V' } });
  await call('PUT', '/triggers/update_many', { triggers: [{ id: trigger?.id, position: 2 }] });
  await call('GET', `/triggers/${trigger?.id}/revisions?limit=1`);
  await call('PUT', '/triggers/reorder', { trigger_ids: [trigger?.id] });
  await both('/trigger_categories');
  await call('GET', `/trigger_categories/${category?.id}`);
  await call('PATCH', `/trigger_categories/${category?.id}`, { trigger_category: { name: 'D' } });
  await call('DELETE', `/trigger_categories/${category?.id}`);
  await call('POST', '/trigger_categories/jobs', {
    job: { action: 'patch', items: { trigger_categories: [{ id: String(category?.id), position: 2 }] } },
  });
  await call('POST', '/trigger_categories/jobs', { job: { action: 'patch', items: { triggers: [{ id: '1', position: 2 }] } } });
  await call('DELETE', `/triggers/${trigger?.id}`);
  await call('DELETE', `/triggers/destroy_many?ids=${spareTrigger?.id}`);
  await call('DELETE', `/trigger_categories/${category?.id}`);

  const once = [...unsolved, { field: 'NEW', operator: 'is', value: '1' }];
  const { automation } = await call('POST', '/automations', {
    automation: { title: 'A', all: once, actions: [{ field: 'current_tags', value: 'old' }] },
  });
  const { automation: spareAutomation } = await call('POST', '/automations', {
    automation: { title: 'B', all: once, actions: [{ field: 'current_tags', value: 'older' }] },
  });
  await call('POST', '/automations', { automation: { title: 'None' } });
  await both('/automations');
  for (const path of ['active', 'search?query=a', `${automation?.id}`]) await call('GET', `/automations/${path}`);
  await call('PUT', `/automations/${automation?.id}`, { automation: { title: 'C' } });
  await call('PUT', '/automations/update_many', { automations: [{ id: automation?.id, position: 1 }] });
  await call('DELETE', `/automations/${automation?.id}`);
  await call('DELETE', `/automations/destroy_many?ids=${spareAutomation?.id}`);

  const metric = { priority: 'urgent', metric: 'first_reply_time', target: 10, business_hours: false };
  server.support.seed('acme', { sla_policies: [{ title: 'S', description: 'd', policy_metrics: [metric] }] });
  const { sla_policies: policies } = (await call('GET', '/slas/policies')) as unknown as { sla_policies: { id: number }[] };
  await call('GET', `/slas/policies/${policies[0]?.id}`);
  await call('GET', '/slas/policies/definitions');
}
