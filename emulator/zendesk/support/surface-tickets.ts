import type { SurfaceRow } from '../account/index.ts';
import { CONTRACT, partly, row } from './surface-rows.ts';

const COMMENTS = ['emulator/zendesk/support/routes/comment-changes.test.ts', CONTRACT];
const REQUESTS = ['emulator/zendesk/support/requests/requests.test.ts', CONTRACT];
const IMPORTS = ['emulator/zendesk/support/routes/imports.test.ts', CONTRACT];
const ARCHIVED = 'archived tickets are as closed ones';
const METRICS = ['emulator/zendesk/support/metrics/metrics.test.ts', CONTRACT];
const NO_SLA = 'replies, waiting, work and resolution; no SLA policies, no times between updates';
const EXPORTS = ['emulator/zendesk/support/routes/exports.test.ts', CONTRACT];
const AUDITS = ['emulator/zendesk/support/routes/ticket-audits.test.ts', CONTRACT];
const FILES = ['emulator/zendesk/support/routes/attachments.test.ts', CONTRACT];

/** What is done to comments and files of tickets, and requests. */
export const TICKET_SURFACE: readonly SurfaceRow[] = [
  row('PUT', '/tickets/{ticket_id}/comments/{ticket_comment_id}/make_private', 'documented', COMMENTS),
  row('PUT', '/tickets/{ticket_id}/audits/{ticket_audit_id}/make_private', 'documented', COMMENTS),
  row('PUT', '/tickets/{ticket_id}/comments/{ticket_comment_id}/redact', 'documented', COMMENTS),
  row('PUT', '/comment_redactions/{ticket_comment_id}', 'documented', COMMENTS),
  ...[
    '',
    '/open',
    '/solved',
    '/ccd',
    '/search',
    '/{request_id}',
    '/{request_id}/comments',
    '/{request_id}/comments/{ticket_comment_id}',
  ].map((path) => row('GET', `/requests${path}`, 'documented', REQUESTS)),
  row('POST', '/requests', 'documented', REQUESTS),
  row('PUT', '/requests/{request_id}', 'documented', REQUESTS),
  row('GET', '/users/{user_id}/requests', 'documented', REQUESTS),
  row('GET', '/organizations/{organization_id}/requests', 'documented', REQUESTS),
  partly(row('POST', '/imports/tickets', 'documented', IMPORTS), ARCHIVED),
  partly(row('POST', '/imports/tickets/create_many', 'documented', IMPORTS), ARCHIVED),
  row('GET', '/ticket_metrics', 'documented', METRICS),
  row('GET', '/ticket_metrics/{ticket_metric_id}', 'documented', METRICS),
  row('GET', '/tickets/{ticket_id}/metrics', 'documented', METRICS),
  partly(row('GET', '/incremental/ticket_metric_events', 'documented', METRICS), NO_SLA),
  row('GET', '/incremental/{incremental_resource}/sample', 'documented', EXPORTS),
  row('GET', '/ticket_audits', 'recorded', AUDITS),
  row('GET', '/attachments/{attachment_id}', 'documented', FILES),
  row('PUT', '/attachments/{attachment_id}', 'documented', FILES),
  row('DELETE', '/attachments/{attachment_id}', 'inferred', FILES),
];
