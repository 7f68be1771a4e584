import type { SurfaceRow } from '../account/index.ts';
import { CONTRACT, partly, row, TICKET_WRITE, USERS_WRITE } from './surface-rows.ts';

const JOBS = ['emulator/zendesk/support/routes/jobs.test.ts', CONTRACT];
const BIN = ['emulator/zendesk/support/routes/deleted-tickets.test.ts', CONTRACT];
const TAGS = ['emulator/zendesk/support/routes/tags.test.ts', CONTRACT];

const GROUPS = ['emulator/zendesk/support/routes/group-writes.test.ts', CONTRACT];
const USERS = ['emulator/zendesk/support/routes/user-jobs.test.ts', CONTRACT];
const LANGUAGES = ['emulator/zendesk/support/languages.test.ts', CONTRACT];
const FORTY = 'forty languages, the same for every account';

/** Tags, jobs and what is done by them; what every account has; groups. */
export const BULK: readonly SurfaceRow[] = [
  row('GET', '/tags', 'documented', TAGS),
  row('GET', '/tags/count', 'documented', TAGS),
  row('GET', '/autocomplete/tags', 'documented', TAGS),
  row('POST', '/autocomplete/tags', 'documented', TAGS),
  ...['/tickets/{ticket_id}/tags', '/users/{user_id}/tags', '/organizations/{organization_id}/tags'].flatMap((path) =>
    (['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => row(method, path, 'documented', TAGS)),
  ),
  row('GET', '/job_statuses', 'documented', JOBS),
  row('GET', '/job_statuses/show_many', 'documented', JOBS),
  row('GET', '/job_statuses/{job_status_id}', 'recorded', JOBS),
  partly(row('POST', '/tickets/create_many', 'recorded', JOBS), TICKET_WRITE),
  partly(row('PUT', '/tickets/update_many', 'recorded', JOBS), TICKET_WRITE),
  row('DELETE', '/tickets/destroy_many', 'recorded', JOBS),
  row('GET', '/deleted_tickets', 'documented', BIN),
  row('PUT', '/deleted_tickets/{ticket_id}/restore', 'recorded', BIN),
  row('PUT', '/deleted_tickets/restore_many', 'documented', BIN),
  row('DELETE', '/deleted_tickets/{ticket_id}', 'recorded', BIN),
  row('DELETE', '/deleted_tickets/destroy_many', 'documented', BIN),
  row('PUT', '/tickets/{ticket_id}/mark_as_spam', 'documented', BIN),
  row('PUT', '/tickets/mark_many_as_spam', 'documented', BIN),
  row('POST', '/tickets/{ticket_id}/merge', 'documented', BIN),
  row('GET', '/tickets/{ticket_id}/related', 'documented', BIN),
  row('GET', '/tickets/{ticket_id}/incidents', 'documented', BIN),
  row('GET', '/problems', 'documented', BIN),
  row('POST', '/problems/autocomplete', 'documented', BIN),
  ...['collaborators', 'followers', 'email_ccs'].map((name) => row('GET', `/tickets/{ticket_id}/${name}`, 'documented', BIN)),
  partly(row('POST', '/users/create_many', 'recorded', USERS), USERS_WRITE),
  partly(row('POST', '/users/create_or_update_many', 'documented', USERS), USERS_WRITE),
  partly(row('PUT', '/users/update_many', 'documented', USERS), USERS_WRITE),
  row('DELETE', '/users/destroy_many', 'documented', USERS),
  row('POST', '/groups', 'documented', GROUPS),
  row('PUT', '/groups/{group_id}', 'documented', GROUPS),
  row('DELETE', '/groups/{group_id}', 'documented', GROUPS),
  ...['/locales', '/locales/agent', '/locales/public', '/locales/{locale_id}'].map((path) =>
    partly(row('GET', path, 'documented', LANGUAGES), FORTY),
  ),
  row('GET', '/locales/current', 'documented', LANGUAGES),
  row('GET', '/locales/detect_best_locale', 'inferred', LANGUAGES),
];
