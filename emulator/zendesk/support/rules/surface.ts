import type { SurfaceRow } from '../../account/index.ts';
import { CONTRACT, CSV, partly, row } from '../surface-rows.ts';

const VIEWS = ['emulator/zendesk/support/rules/routes/views.test.ts', CONTRACT];
const MACROS = ['emulator/zendesk/support/rules/routes/macros.test.ts', CONTRACT];
const RULES = ['emulator/zendesk/support/rules/routes/triggers.test.ts', CONTRACT];

const UNSHOWN = 'without the side-load `permissions`, whose form no source shows';
const CONDITIONS = 'conditions on SLAs, skills, Twitter and attachments answer 501';
const ACTIONS = `${CONDITIONS}; so do the actions for skills, targets, sharing and text messages; e-mail is recorded, not sent; what is put into XML is not escaped`;

/** Business rules. What else of them the vendor documents (SLA writes) answers 501. */
export const RULE_ROWS: readonly SurfaceRow[] = [
  ...['/views', '/views/active', '/views/search', '/views/show_many'].map((path) => partly(row('GET', path, 'documented', VIEWS), UNSHOWN)),
  ...['/views/compact', '/views/count'].map((path) => row('GET', path, 'documented', VIEWS)),
  partly(row('POST', '/views', 'recorded', VIEWS), CONDITIONS),
  partly(row('GET', '/views/definitions', 'documented', VIEWS), CONDITIONS),
  row('PUT', '/views/update_many', 'documented', VIEWS),
  row('DELETE', '/views/destroy_many', 'documented', VIEWS),
  partly(row('GET', '/views/{view_id}', 'recorded', VIEWS), 'not `incoming`, `my` and `my_groups`: no source says what is in them'),
  partly(row('PUT', '/views/{view_id}', 'recorded', VIEWS), CONDITIONS),
  row('DELETE', '/views/{view_id}', 'recorded', VIEWS),
  row('GET', '/views/{view_id}/count', 'documented', VIEWS),
  row('GET', '/views/{view_id}/execute', 'documented', VIEWS),
  partly(row('GET', '/views/{view_id}/export', 'documented', VIEWS), CSV),
  row('GET', '/views/{view_id}/tickets', 'documented', VIEWS),
  row('GET', '/views/count_many', 'documented', VIEWS),
  partly(row('POST', '/views/preview', 'documented', VIEWS), CONDITIONS),
  partly(row('POST', '/views/preview/count', 'documented', VIEWS), CONDITIONS),
  ...['/macros', '/macros/active', '/macros/search'].map((path) =>
    partly(row('GET', path, 'documented', MACROS), `${UNSHOWN}; nor of \`categories\``),
  ),
  ...['/macros/categories', '/macros/actions', '/macros/definitions', '/macros/new'].map((path) => row('GET', path, 'documented', MACROS)),
  row('POST', '/macros', 'recorded', MACROS),
  row('PUT', '/macros/update_many', 'documented', MACROS),
  row('DELETE', '/macros/destroy_many', 'documented', MACROS),
  row('GET', '/macros/{macro_id}', 'recorded', MACROS),
  row('PUT', '/macros/{macro_id}', 'recorded', MACROS),
  row('DELETE', '/macros/{macro_id}', 'recorded', MACROS),
  ...['/macros/attachments', '/macros/{macro_id}/attachments'].map((path) => row('POST', path, 'documented', MACROS)),
  ...['/macros/attachments/{attachment_id}', '/macros/{macro_id}/attachments'].map((path) => row('GET', path, 'documented', MACROS)),
  row('GET', '/macros/{macro_id}/apply', 'documented', MACROS),
  row('GET', '/tickets/{ticket_id}/macros/{macro_id}/apply', 'documented', MACROS),
  ...['/triggers', '/triggers/active', '/triggers/search'].map((path) => partly(row('GET', path, 'recorded', RULES), UNSHOWN)),
  partly(row('GET', '/triggers/definitions', 'documented', RULES), ACTIONS),
  partly(row('POST', '/triggers', 'recorded', RULES), ACTIONS),
  row('PUT', '/triggers/update_many', 'documented', RULES),
  row('PUT', '/triggers/reorder', 'documented', RULES),
  row('DELETE', '/triggers/destroy_many', 'documented', RULES),
  row('GET', '/triggers/{trigger_id}', 'recorded', RULES),
  partly(row('PUT', '/triggers/{trigger_id}', 'recorded', RULES), ACTIONS),
  row('DELETE', '/triggers/{trigger_id}', 'recorded', RULES),
  row('GET', '/triggers/{trigger_id}/revisions', 'documented', RULES),
  row('GET', '/triggers/{trigger_id}/revisions/{trigger_revision_id}', 'documented', RULES),
  row('GET', '/trigger_categories', 'documented', RULES),
  row('POST', '/trigger_categories', 'documented', RULES),
  row('POST', '/trigger_categories/jobs', 'documented', RULES),
  row('GET', '/trigger_categories/{trigger_category_id}', 'documented', RULES),
  row('PATCH', '/trigger_categories/{trigger_category_id}', 'documented', RULES),
  row('DELETE', '/trigger_categories/{trigger_category_id}', 'documented', RULES),
  ...['/automations', '/automations/active', '/automations/search'].map((path) => partly(row('GET', path, 'recorded', RULES), UNSHOWN)),
  partly(row('POST', '/automations', 'recorded', RULES), ACTIONS),
  row('PUT', '/automations/update_many', 'documented', RULES),
  row('DELETE', '/automations/destroy_many', 'documented', RULES),
  row('GET', '/automations/{automation_id}', 'recorded', RULES),
  partly(row('PUT', '/automations/{automation_id}', 'recorded', RULES), ACTIONS),
  row('DELETE', '/automations/{automation_id}', 'recorded', RULES),
  partly(row('GET', '/slas/policies', 'documented', RULES), 'those of the seed; nothing is measured against them'),
  row('GET', '/slas/policies/definitions', 'documented', RULES),
  partly(row('GET', '/slas/policies/{sla_policy_id}', 'documented', RULES), 'those of the seed'),
];
