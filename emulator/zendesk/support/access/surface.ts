import type { BehaviourRow } from '../../../core/coverage-row.ts';
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

const FLOW = ['emulator/zendesk/support/oauth/flow.test.ts'];
const MANNERS = ['emulator/zendesk/support/routes/manners.test.ts'];
const RIGHTS = ['test/compliance/access.test.ts', 'emulator/zendesk/support/roles/custom-roles.test.ts'];
const LIMITED = ['emulator/zendesk/support/access/endpoint-limits.test.ts'];

/** Who may do what, how they say who they are, and how often: what no single operation tells. */
export const ACCESS_BEHAVIOUR: readonly BehaviourRow[] = [
  { what: 'token endpoint, /oauth/tokens: authorization code (PKCE), client credentials, refresh token', status: 'full', evidence: 'documented', tests: FLOW }, // prettier-ignore
  { what: 'token endpoint: password grant, off unless `apiPasswordAccess`', status: 'full', evidence: 'documented', tests: FLOW },
  {
    what: 'consent page, /oauth/authorizations/new; sign-in by password or API token',
    status: 'full',
    evidence: 'inferred',
    tests: FLOW,
  },
  { what: 'implicit grant', status: 'none', evidence: 'documented', tests: FLOW, note: 'deprecated; answers unsupported_response_type' },
  { what: 'scopes of OAuth tokens, `impersonate` with X-On-Behalf-Of', status: 'full', evidence: 'documented', tests: OAUTH },
  { what: 'API token as Basic; as Bearer 401 unless `authBearerApiToken`', status: 'full', evidence: 'documented', tests: MANNERS },
  { what: 'password as Basic, off unless `apiPasswordAccess`', status: 'full', evidence: 'documented', tests: FLOW },
  { what: 'admins, agents, end users, anonymous callers: each operation', status: 'full', evidence: 'documented', tests: RIGHTS },
  {
    what: 'custom roles: their configuration decides',
    status: 'partial',
    evidence: 'documented',
    tests: RIGHTS,
    note: 'the properties that belong to an operation; access to views, macros and users is granted or not, without its degrees',
  },
  {
    what: 'ticket_restriction and ticket access of roles',
    status: 'full',
    evidence: 'inferred',
    tests: ['emulator/zendesk/support/access/visibility.test.ts'],
  },
  { what: 'limits of the account by plan, both families of headers', status: 'full', evidence: 'documented', tests: LIMITED },
  {
    what: 'limits of single endpoints',
    status: 'partial',
    evidence: 'documented',
    tests: LIMITED,
    note: 'sandboxes count as trials; none of apps',
  },
  { what: 'HEAD, preflights, CORS for OAuth and anonymous callers', status: 'full', evidence: 'documented', tests: MANNERS },
];
