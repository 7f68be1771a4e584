import type { SurfaceRow } from '../../account/index.ts';
import { CONTRACT, row } from '../surface-rows.ts';

const OAUTH = ['emulator/zendesk/support/oauth/oauth.test.ts', CONTRACT];
const ROLES = ['emulator/zendesk/support/roles/custom-roles.test.ts', CONTRACT];

/** Applications and their tokens; what agents may do. */
export const ACCESS: readonly SurfaceRow[] = [
  row('GET', '/oauth/clients', 'documented', OAUTH),
  row('POST', '/oauth/clients', 'documented', OAUTH),
  row('GET', '/oauth/clients/{oauth_client_id}', 'documented', OAUTH),
  row('PUT', '/oauth/clients/{oauth_client_id}', 'documented', OAUTH),
  row('DELETE', '/oauth/clients/{oauth_client_id}', 'documented', OAUTH),
  row('PUT', '/oauth/clients/{oauth_client_id}/generate_secret', 'documented', OAUTH),
  row('GET', '/users/me/oauth/clients', 'documented', OAUTH),
  row('GET', '/oauth/tokens', 'documented', OAUTH),
  row('POST', '/oauth/tokens', 'documented', OAUTH),
  row('GET', '/oauth/tokens/current', 'documented', OAUTH),
  row('DELETE', '/oauth/tokens/current', 'documented', OAUTH),
  row('GET', '/oauth/tokens/{oauth_token_id}', 'documented', OAUTH),
  row('DELETE', '/oauth/tokens/{oauth_token_id}', 'documented', OAUTH),
  row('GET', '/custom_roles', 'documented', ROLES),
  row('POST', '/custom_roles', 'documented', ROLES),
  row('GET', '/custom_roles/{custom_role_id}', 'documented', ROLES),
  row('PUT', '/custom_roles/{custom_role_id}', 'documented', ROLES),
  row('DELETE', '/custom_roles/{custom_role_id}', 'documented', ROLES),
];
