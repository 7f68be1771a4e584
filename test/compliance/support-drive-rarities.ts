import { basic, type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';

const NOBODY = { authorization: '' };

/** Asks an account in which nothing has happened yet. */
export async function driveEmpty(call: Call): Promise<void> {
  for (const path of ['/ticket_audits', '/trigger_categories?page[size]=2']) await call('GET', path);
  await call('GET', '/users/me', undefined, NOBODY);
}

/** What clients seldom do. */
export async function driveRarities(server: TestServer, call: Call): Promise<void> {
  const { ticket } = await call('POST', '/tickets', { ticket: { comment: { body: 'x' }, support_type: '' } });
  const path = `/tickets/${ticket?.id}`;
  const people = { followers: [{ user_id: server.ownerId }], email_ccs: [{ user_email: 'cc@x.example' }] };
  await call('PUT', path, { ticket: { ...people, tags: ['a'], voice_comment: { from: '+14155550100', call_duration: 5 } } });
  await call('PUT', path, { ticket: { tags: [], followers: [{ user_id: server.ownerId, action: 'delete' }] } });
  await call('GET', `${path}/audits?include=tickets`);
  await call('POST', '/tickets?async=true', { ticket: { comment: { body: 'later' } } });
  await call('GET', '/users?include=roles');
  await call('GET', `/macros/new?ticket_id=${ticket?.id}`);

  const all = [
    { field: 'assignee_id', operator: 'changed', value: null },
    { field: 'comment_is_public', operator: 'is', value: true },
  ];
  await call('POST', '/triggers', { trigger: { title: 'T', all, actions: [{ field: 'priority', value: 'low' }] } });
  await call('GET', '/trigger_categories?include=rule_counts');
  server.support.seed('acme', { sla_policies: [{ title: 'Plain', policy_metrics: [{ priority: 'low', metric: 'first_reply_time', target: 9, business_hours: false }] }] }); // prettier-ignore
  await call('GET', '/slas/policies');

  server.support.users.create('acme', { name: 'Sue', email: 'sue@x.example', suspended: true }, server.api);
  await call('POST', '/requests', { request: { requester: { email: 'sue@x.example' }, comment: { body: 'x' } } }, NOBODY);
  await driveErrors(server, call);
}

/** Wrong requests whose errors the vendor describes. */
async function driveErrors(server: TestServer, call: Call): Promise<void> {
  server.support.users.create('acme', { name: 'Eve', email: 'eve@x.example', verified: true }, server.api);
  const eve = { authorization: basic('eve@x.example', 'test-api-token') };
  await call('GET', '/users/autocomplete?name=');
  await call('POST', '/users/autocomplete', {});
  await call('GET', '/organizations/autocomplete?name=x');
  await call('PUT', '/account/email_settings', {});
  await call('GET', '/users/999/organizations');
  await call('GET', '/users/999/organizations', undefined, eve);
  await call('GET', '/trigger_categories', undefined, eve);
  await call('POST', '/trigger_categories', {});
}
