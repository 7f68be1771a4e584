import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';

export type Call = (method: string, path: string, body?: unknown) => Promise<Record<string, { id: number }>>;

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
  await call('GET', '/job_statuses?page[size]=2');
  const { job_statuses: jobs } = (await call('GET', '/job_statuses')) as unknown as { job_statuses: { id: string }[] };
  await call('GET', `/job_statuses/show_many?ids=${jobs.map(({ id }) => id).join(',')}`);
}
