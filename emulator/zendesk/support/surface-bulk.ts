import type { SurfaceRow } from '../account/index.ts';
import { CONTRACT, partly, row, TICKET_WRITE } from './surface-rows.ts';

const JOBS = ['emulator/zendesk/support/routes/jobs.test.ts', CONTRACT];
const TAGS = ['emulator/zendesk/support/routes/tags.test.ts', CONTRACT];

/** Tags, jobs and what is done by them. */
export const BULK: readonly SurfaceRow[] = [
  row('GET', '/tags', 'documented', TAGS),
  row('GET', '/tags/count', 'documented', TAGS),
  ...['/tickets/{ticket_id}/tags', '/users/{user_id}/tags', '/organizations/{organization_id}/tags'].flatMap((path) =>
    (['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => row(method, path, 'documented', TAGS)),
  ),
  row('GET', '/job_statuses', 'documented', JOBS),
  row('GET', '/job_statuses/show_many', 'documented', JOBS),
  row('GET', '/job_statuses/{job_status_id}', 'recorded', JOBS),
  partly(row('POST', '/tickets/create_many', 'recorded', JOBS), TICKET_WRITE),
  partly(row('PUT', '/tickets/update_many', 'recorded', JOBS), TICKET_WRITE),
  row('DELETE', '/tickets/destroy_many', 'recorded', JOBS),
];
