import type { SurfaceRow } from '../account/index.ts';
import { HELP_CENTER } from './help-center/surface.ts';
import { HOURS } from './hours/surface.ts';
import { ACCESS } from './access/surface.ts';
import { RULE_ROWS } from './rules/surface.ts';
import { PEOPLE_SURFACE } from './people/surface.ts';
import { BULK } from './surface-bulk.ts';
import { TICKET_SURFACE } from './surface-tickets.ts';
import { OBJECTS } from './surface-objects.ts';
import { CONTRACT, partly, row, TICKET_WRITE, USER_WRITE } from './surface-rows.ts';

const TICKETS = ['emulator/zendesk/support/routes/rest.test.ts', 'test/compliance/support-contract.test.ts'];
const PAGES = ['emulator/zendesk/support/routes/paging.test.ts', ...TICKETS];
const PEOPLE = ['emulator/zendesk/support/routes/people.test.ts', 'test/compliance/support-contract.test.ts'];

const FILES = ['emulator/zendesk/support/routes/attachments.test.ts', 'test/compliance/support-contract.test.ts'];
const EXPORTS = ['emulator/zendesk/support/routes/exports.test.ts', 'test/compliance/support-contract.test.ts'];
const SEARCH = ['emulator/zendesk/support/routes/search.test.ts', 'test/compliance/support-contract.test.ts'];

const SEARCHED = 'SLAs cannot be searched for';

const RECENT = ['emulator/zendesk/support/routes/recent-tickets.test.ts', CONTRACT];
const OPENED = 'tickets whose call an agent answers, or on which they work, in Talk and the agent interface; not those merely opened there';

/** Every route of this room. What else the vendor documents answers 501 (`vendor-paths.ts`). */
export const SURFACE: readonly SurfaceRow[] = [
  row('GET', '/tickets', 'recorded', PAGES),
  partly(row('POST', '/tickets', 'recorded', TICKETS), TICKET_WRITE),
  row('GET', '/tickets/count', 'documented', TICKETS),
  partly(row('GET', '/tickets/recent', 'documented', RECENT), OPENED),
  row('GET', '/tickets/show_many', 'recorded', PAGES),
  row('GET', '/tickets/{ticket_id}', 'recorded', TICKETS),
  partly(row('PUT', '/tickets/{ticket_id}', 'recorded', TICKETS), TICKET_WRITE),
  row('DELETE', '/tickets/{ticket_id}', 'recorded', TICKETS),
  row('GET', '/tickets/{ticket_id}/comments', 'recorded', TICKETS),
  row('GET', '/tickets/{ticket_id}/comments/count', 'documented', TICKETS),
  row('GET', '/tickets/{ticket_id}/audits', 'recorded', TICKETS),
  row('GET', '/tickets/{ticket_id}/audits/count', 'documented', TICKETS),
  row('GET', '/tickets/{ticket_id}/audits/{audit_id}', 'documented', TICKETS),
  row('GET', '/users/{user_id}/tickets/requested', 'documented', PEOPLE),
  row('GET', '/users/{user_id}/tickets/assigned', 'documented', PEOPLE),
  row('GET', '/organizations/{organization_id}/tickets', 'documented', PEOPLE),
  row('GET', '/users', 'recorded', PEOPLE),
  row('GET', '/users/count', 'documented', PEOPLE),
  row('GET', '/users/me', 'recorded', PEOPLE),
  row('GET', '/users/search', 'inferred', ['emulator/zendesk/support/search/user-search.test.ts', ...PEOPLE]),
  row('GET', '/users/show_many', 'documented', PEOPLE),
  partly(row('POST', '/users', 'recorded', PEOPLE), USER_WRITE),
  partly(row('POST', '/users/create_or_update', 'documented', PEOPLE), USER_WRITE),
  row('GET', '/users/{user_id}', 'recorded', PEOPLE),
  partly(row('PUT', '/users/{user_id}', 'recorded', PEOPLE), USER_WRITE),
  row('DELETE', '/users/{user_id}', 'recorded', PEOPLE),
  row('GET', '/organizations', 'recorded', PEOPLE),
  row('POST', '/organizations', 'recorded', PEOPLE),
  row('GET', '/organizations/count', 'documented', PEOPLE),
  row('GET', '/organizations/search', 'documented', PEOPLE),
  row('GET', '/organizations/show_many', 'documented', PEOPLE),
  row('GET', '/organizations/{organization_id}', 'recorded', PEOPLE),
  row('PUT', '/organizations/{organization_id}', 'recorded', PEOPLE),
  row('DELETE', '/organizations/{organization_id}', 'recorded', PEOPLE),
  row('GET', '/organizations/{organization_id}/users', 'documented', PEOPLE),
  ...['user', 'organization'].flatMap((owner) => [
    row('GET', `/${owner}_fields`, 'documented', PEOPLE),
    partly(row('POST', `/${owner}_fields`, 'documented', PEOPLE), 'no relationship fields'),
    row('GET', `/${owner}_fields/{field_id}`, 'documented', PEOPLE),
    partly(row('PUT', `/${owner}_fields/{field_id}`, 'documented', PEOPLE), 'no relationship fields'),
    row('DELETE', `/${owner}_fields/{field_id}`, 'documented', PEOPLE),
  ]),
  row('GET', '/groups', 'documented', PEOPLE),
  row('GET', '/groups/assignable', 'documented', PEOPLE),
  row('GET', '/groups/count', 'documented', PEOPLE),
  row('GET', '/groups/{group_id}', 'documented', PEOPLE),
  ...BULK,
  ...RULE_ROWS,
  ...PEOPLE_SURFACE,
  ...TICKET_SURFACE,
  ...ACCESS,
  ...OBJECTS,
  ...HOURS,
  ...HELP_CENTER,
  partly(row('GET', '/search', 'inferred', SEARCH), SEARCHED),
  partly(row('GET', '/search/count', 'inferred', SEARCH), SEARCHED),
  partly(row('GET', '/search/export', 'recorded', SEARCH), SEARCHED),
  partly(row('POST', '/uploads', 'recorded', FILES), 'images have no thumbnails'),
  row('DELETE', '/uploads/{token}', 'documented', FILES),
  row('PUT', '/tickets/{ticket_id}/comments/{comment_id}/attachments/{attachment_id}/redact', 'documented', FILES),
  row('GET', '/incremental/tickets', 'recorded', EXPORTS),
  row('GET', '/incremental/tickets/cursor', 'recorded', EXPORTS),
  row('GET', '/incremental/users', 'recorded', EXPORTS),
  row('GET', '/incremental/users/cursor', 'recorded', EXPORTS),
  partly(row('GET', '/incremental/organizations', 'recorded', EXPORTS), 'deleted organizations are left out'),
  row('GET', '/incremental/ticket_events', 'inferred', EXPORTS),
];
