import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Record<string, { id: number }>>;

/** Uses tags, jobs and what is done by them. The account has tickets 1 to 3 before, and afterwards still. */
export async function driveBulk(server: TestServer, call: Call, known: { userId: number; organizationId: number }): Promise<void> {
  for (const path of ['/tickets/2/tags', `/users/${known.userId}/tags`, `/organizations/${known.organizationId}/tags`]) {
    await call('POST', path, { tags: ['one'] });
    await call('PUT', path, { tags: ['two'] });
    await call('DELETE', path, { tags: ['one'] });
    await call('GET', path);
    await call('PUT', path, {});
  }
  await call('GET', '/tags');
  await call('GET', '/tags/count');
  await call('GET', '/autocomplete/tags?name=on');
  await call('POST', '/autocomplete/tags', { name: 'on' });
  await call('GET', '/autocomplete/tags?name=o');
  const done = async (method: string, path: string, body?: unknown): Promise<void> => {
    const { job_status: job } = await call(method, path, body);
    await call('GET', `/job_statuses/${job?.id}`);
    server.advance(1_000);
    await call('GET', `/job_statuses/${job?.id}`);
  };
  await done('POST', '/tickets/create_many', { tickets: [{ comment: 'one' }, { comment: 'two' }, { subject: 'no comment' }] });
  await done('PUT', '/tickets/update_many?ids=4,5,99', { ticket: { additional_tags: ['bulk'] } });
  await done('PUT', '/tickets/update_many', { tickets: [{ id: 4, remove_tags: ['bulk'] }] });
  await done('DELETE', '/tickets/destroy_many?ids=5,99');
  await call('POST', '/tickets/create_many', {});
  await call('GET', '/deleted_tickets');
  await call('GET', '/deleted_tickets?page[size]=1');
  await call('PUT', '/deleted_tickets/5/restore');
  await call('PUT', '/deleted_tickets/5/restore');
  await call('PUT', '/tickets/5/mark_as_spam');
  await call('PUT', '/deleted_tickets/restore_many?ids=5');
  for (const name of ['related', 'incidents', 'collaborators', 'followers', 'email_ccs']) await call('GET', `/tickets/4/${name}`);
  await call('GET', '/problems');
  await call('POST', '/problems/autocomplete', { text: 'x' });
  await done('POST', '/tickets/4/merge', { ids: [5] });
  await done('PUT', '/tickets/mark_many_as_spam?ids=4');
  await done('DELETE', '/deleted_tickets/4');
  await call('DELETE', '/tickets/5');
  await done('DELETE', '/deleted_tickets/destroy_many?ids=5');
  await done('POST', '/users/create_many', {
    users: [
      { name: 'Bulk', external_id: 'bulk' },
      { name: 'Twin', external_id: 'bulk' },
    ],
  });
  await done('POST', '/users/create_or_update_many', { users: [{ name: 'Bulk B.', external_id: 'bulk' }] });
  await done('PUT', '/users/update_many?external_ids=bulk', { user: { notes: 'n' } });
  await call('GET', '/users/autocomplete?name=bu');
  await done('DELETE', '/users/destroy_many?external_ids=bulk,none');
  const { group } = await call('POST', '/groups', { group: { name: 'Sales' } });
  await call('PUT', `/groups/${group?.id}`, { group: { description: 'd' } });
  await call('GET', `/groups/${group?.id}/users`);
  await call('GET', `/groups/${group?.id}/users/count`);
  await call('DELETE', `/groups/${group?.id}`);
  for (const key of ['custom_statuses', 'brands', 'ticket_forms']) {
    const rows = (await call('GET', `/${key}`))[key] as unknown as { id: number }[];
    await call('GET', `/${key}/${rows[0]?.id}`);
    if (key === 'ticket_forms') await call('GET', `/${key}/show_many?ids=${rows[0]?.id}`);
  }
  for (const name of ['', '/agent', '/public', '/current', '/detect_best_locale', '/1', '/de', '/3']) await call('GET', `/locales${name}`);
  await call('GET', '/job_statuses?page[size]=2');
  const { job_statuses: jobs } = (await call('GET', '/job_statuses')) as unknown as { job_statuses: { id: string }[] };
  await call('GET', `/job_statuses/show_many?ids=${jobs.map(({ id }) => id).join(',')}`);
}
