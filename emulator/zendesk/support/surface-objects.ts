import type { SurfaceRow } from '../account/index.ts';
import { CONTRACT, partly, row } from './surface-rows.ts';

const FIELDS = ['emulator/zendesk/support/routes/ticket-fields.test.ts', CONTRACT];

const NO_LOOKUP = 'no relationship fields; patterns with look-around or back-references answer 501';
const OLD_VALUES = 'values that records already have stay as they are';

const ACCOUNT = ['emulator/zendesk/support/account-objects/account-objects.test.ts', CONTRACT];
const BRAND = 'no logos; that another brand becomes the default answers 501; hosts of brands do not select the account';
const FORM = 'conditions are kept, not applied';

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
    partly(row('POST', `/${owner}_fields/{${owner}_field_id}/options`, 'documented', FIELDS), OLD_VALUES),
    row('GET', `/${owner}_fields/{${owner}_field_id}/options/{${owner}_field_option_id}`, 'documented', FIELDS),
    partly(row('DELETE', `/${owner}_fields/{${owner}_field_id}/options/{${owner}_field_option_id}`, 'documented', FIELDS), OLD_VALUES),
  ]),
  row('GET', '/custom_statuses', 'documented', ACCOUNT),
  row('POST', '/custom_statuses', 'documented', ACCOUNT),
  row('GET', '/custom_statuses/{custom_status_id}', 'documented', ACCOUNT),
  row('PUT', '/custom_statuses/{custom_status_id}', 'documented', ACCOUNT),
  partly(row('DELETE', '/custom_statuses/{custom_status_id}', 'documented', ACCOUNT), 'tickets keep the deleted status'),
  row('PUT', '/custom_status/default', 'documented', ACCOUNT),
  row('GET', '/ticket_forms', 'documented', ACCOUNT),
  partly(row('POST', '/ticket_forms', 'documented', ACCOUNT), FORM),
  row('GET', '/ticket_forms/show_many', 'documented', ACCOUNT),
  row('PUT', '/ticket_forms/reorder', 'documented', ACCOUNT),
  row('GET', '/ticket_forms/{ticket_form_id}', 'documented', ACCOUNT),
  partly(row('PUT', '/ticket_forms/{ticket_form_id}', 'documented', ACCOUNT), FORM),
  row('DELETE', '/ticket_forms/{ticket_form_id}', 'documented', ACCOUNT),
  row('POST', '/ticket_forms/{ticket_form_id}/clone', 'documented', ACCOUNT),
  row('GET', '/brands', 'documented', ACCOUNT),
  partly(row('POST', '/brands', 'documented', ACCOUNT), BRAND),
  row('GET', '/brands/{brand_id}', 'documented', ACCOUNT),
  partly(row('PUT', '/brands/{brand_id}', 'documented', ACCOUNT), BRAND),
  row('DELETE', '/brands/{brand_id}', 'documented', ACCOUNT),
];
