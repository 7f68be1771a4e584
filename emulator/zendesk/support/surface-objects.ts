import type { SurfaceRow } from '../account/index.ts';
import { CONTRACT, CSV, partly, row } from './surface-rows.ts';

const FIELDS = ['emulator/zendesk/support/routes/ticket-fields.test.ts', CONTRACT];

const NO_LOOKUP = 'no relationship fields; patterns with look-around or back-references answer 501';

const ACCOUNT = ['emulator/zendesk/support/account-objects/account-objects.test.ts', CONTRACT];
const LOGOS = ['emulator/zendesk/support/account-objects/brand-logos.test.ts', CONTRACT];
const FORM_STATUSES = ['emulator/zendesk/support/account-objects/form-statuses.test.ts', CONTRACT];
const RATINGS = ['emulator/zendesk/support/satisfaction/satisfaction.test.ts', CONTRACT];
const STREAM = ['emulator/zendesk/support/activities/activities.test.ts', CONTRACT];
const SUSPENDED = ['emulator/zendesk/support/suspended/suspended.test.ts', CONTRACT];
const SETTINGS = ['emulator/zendesk/support/account-settings/account-settings.test.ts', CONTRACT];
const SHOWN = 'settings are kept and shown; what they would change elsewhere stays as it is';
const SEEDED = 'suspended by a seed, or as an anonymous request of a suspended user or stranger';
const FORM = 'what conditions require of tickets that are not solved is left to whoever shows the form';

/** Objects of an account that are neither tickets nor people. */
export const OBJECTS: readonly SurfaceRow[] = [
  row('GET', '/ticket_fields', 'recorded', FIELDS),
  partly(row('POST', '/ticket_fields', 'documented', FIELDS), NO_LOOKUP),
  row('GET', '/ticket_fields/count', 'documented', FIELDS),
  row('GET', '/ticket_fields/show_many', 'documented', FIELDS),
  row('GET', '/ticket_fields/{ticket_field_id}', 'documented', FIELDS),
  partly(row('PUT', '/ticket_fields/{ticket_field_id}', 'documented', FIELDS), NO_LOOKUP),
  row('DELETE', '/ticket_fields/{ticket_field_id}', 'documented', FIELDS),
  ...['ticket', 'user', 'organization'].map((owner) => row('PUT', `/${owner}_fields/reorder`, 'documented', FIELDS)),
  row('GET', '/user_fields/show_many', 'documented', FIELDS),
  ...['ticket', 'user'].flatMap((owner) => [
    row('GET', `/${owner}_fields/{${owner}_field_id}/options`, 'documented', FIELDS),
    row('POST', `/${owner}_fields/{${owner}_field_id}/options`, 'documented', FIELDS),
    row('GET', `/${owner}_fields/{${owner}_field_id}/options/{${owner}_field_option_id}`, 'documented', FIELDS),
    row('DELETE', `/${owner}_fields/{${owner}_field_id}/options/{${owner}_field_option_id}`, 'documented', [
      ...FIELDS,
      'emulator/zendesk/support/fields/withdrawn-values.test.ts',
    ]),
  ]),
  row('GET', '/custom_statuses', 'documented', ACCOUNT),
  row('POST', '/custom_statuses', 'documented', ACCOUNT),
  row('GET', '/custom_statuses/{custom_status_id}', 'documented', ACCOUNT),
  row('PUT', '/custom_statuses/{custom_status_id}', 'documented', ACCOUNT),
  row('DELETE', '/custom_statuses/{custom_status_id}', 'documented', ACCOUNT),
  row('POST', '/custom_statuses/{custom_status_id}/ticket_form_statuses', 'documented', FORM_STATUSES),
  row('PUT', '/custom_status/default', 'documented', ACCOUNT),
  row('GET', '/ticket_forms', 'documented', ACCOUNT),
  partly(row('POST', '/ticket_forms', 'documented', ACCOUNT), FORM),
  row('GET', '/ticket_forms/show_many', 'documented', ACCOUNT),
  row('PUT', '/ticket_forms/reorder', 'documented', ACCOUNT),
  row('GET', '/ticket_forms/{ticket_form_id}', 'documented', ACCOUNT),
  partly(row('PUT', '/ticket_forms/{ticket_form_id}', 'documented', ACCOUNT), FORM),
  row('DELETE', '/ticket_forms/{ticket_form_id}', 'documented', ACCOUNT),
  row('POST', '/ticket_forms/{ticket_form_id}/clone', 'documented', ACCOUNT),
  ...['/ticket_form_statuses', '/ticket_form_statuses/show_many'].map((path) => row('GET', path, 'documented', FORM_STATUSES)),
  ...(['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => row(method, '/ticket_forms/{ticket_form_id}/ticket_form_statuses', 'documented', FORM_STATUSES)), // prettier-ignore
  ...(['PUT', 'DELETE'] as const).map((method) => row(method, '/ticket_forms/{ticket_form_id}/ticket_form_statuses/{ticket_form_status_id}', 'documented', FORM_STATUSES)), // prettier-ignore
  row('GET', '/brands', 'documented', ACCOUNT),
  row('POST', '/brands', 'documented', ACCOUNT),
  row('GET', '/brands/{brand_id}', 'documented', ACCOUNT),
  row('PUT', '/brands/{brand_id}', 'documented', ACCOUNT),
  row('DELETE', '/brands/{brand_id}', 'documented', ACCOUNT),
  ...(['PUT', 'DELETE'] as const).map((method) => row(method, '/brands/{brand_id}/logo', 'documented', LOGOS)),
  row('GET', '/satisfaction_ratings', 'documented', RATINGS),
  row('GET', '/satisfaction_ratings/count', 'documented', RATINGS),
  row('GET', '/satisfaction_ratings/{satisfaction_rating_id}', 'documented', RATINGS),
  row('POST', '/tickets/{ticket_id}/satisfaction_rating', 'documented', RATINGS),
  row('GET', '/satisfaction_reasons', 'documented', RATINGS),
  row('GET', '/satisfaction_reasons/{satisfaction_reason_id}', 'documented', RATINGS),
  row('GET', '/activities', 'documented', STREAM),
  row('GET', '/activities/count', 'documented', STREAM),
  row('GET', '/activities/{activity_id}', 'documented', STREAM),
  partly(row('GET', '/suspended_tickets', 'documented', SUSPENDED), SEEDED),
  row('PUT', '/suspended_tickets/recover_many', 'documented', SUSPENDED),
  row('PUT', '/suspended_tickets/bulk_recover', 'documented', SUSPENDED),
  row('DELETE', '/suspended_tickets/destroy_many', 'documented', SUSPENDED),
  row('POST', '/suspended_tickets/attachments', 'inferred', SUSPENDED),
  partly(row('POST', '/suspended_tickets/export', 'documented', SUSPENDED), CSV),
  partly(row('GET', '/suspended_tickets/{id}', 'documented', SUSPENDED), SEEDED),
  row('DELETE', '/suspended_tickets/{id}', 'documented', SUSPENDED),
  row('PUT', '/suspended_tickets/{id}/recover', 'documented', SUSPENDED),
  row('GET', '/account/settings', 'documented', SETTINGS),
  partly(row('PUT', '/account/settings', 'documented', SETTINGS), SHOWN),
  row('GET', '/account/email_settings', 'documented', SETTINGS),
  partly(row('PUT', '/account/email_settings', 'documented', SETTINGS), SHOWN),
  row('GET', '/sharing_agreements', 'documented', SETTINGS),
];
