import type { SurfaceRow } from '../account/index.ts';
import { CONTRACT, row } from './surface-rows.ts';

const COMMENTS = ['emulator/zendesk/support/routes/comment-changes.test.ts', CONTRACT];
const FILES = ['emulator/zendesk/support/routes/attachments.test.ts', CONTRACT];

/** What is done to comments and files of tickets. */
export const TICKET_SURFACE: readonly SurfaceRow[] = [
  row('PUT', '/tickets/{ticket_id}/comments/{ticket_comment_id}/make_private', 'documented', COMMENTS),
  row('PUT', '/tickets/{ticket_id}/audits/{ticket_audit_id}/make_private', 'documented', COMMENTS),
  row('PUT', '/tickets/{ticket_id}/comments/{ticket_comment_id}/redact', 'documented', COMMENTS),
  row('PUT', '/comment_redactions/{ticket_comment_id}', 'documented', COMMENTS),
  row('GET', '/attachments/{attachment_id}', 'documented', FILES),
  row('PUT', '/attachments/{attachment_id}', 'documented', FILES),
  row('DELETE', '/attachments/{attachment_id}', 'inferred', FILES),
];
