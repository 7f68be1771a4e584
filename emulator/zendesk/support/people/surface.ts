import type { SurfaceRow } from '../../account/index.ts';
import { CONTRACT, partly, row } from '../surface-rows.ts';

const IDENTITIES = ['emulator/zendesk/support/people/routes/identities.test.ts', CONTRACT];
const ME = ['emulator/zendesk/support/people/routes/me.test.ts', CONTRACT];
const MEMBERSHIPS = ['emulator/zendesk/support/people/routes/memberships.test.ts', CONTRACT];
const ORGANIZATIONS = ['emulator/zendesk/support/people/routes/organizations.test.ts', CONTRACT];
const SUBSCRIPTIONS = ['emulator/zendesk/support/people/subscription-mails.test.ts', ...ORGANIZATIONS];
const PASSWORDS = ['emulator/zendesk/support/people/routes/passwords.test.ts', CONTRACT];
const USERS = ['emulator/zendesk/support/people/routes/users.test.ts', CONTRACT];

const VERBS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/** `GET POST /path` a line. */
function rows(text: string, tests: readonly string[]): SurfaceRow[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [path = '', ...methods] = line.trim().split(' ').toReversed();
      return VERBS.filter((verb) => methods.includes(verb)).map((verb) => row(verb, path, 'documented', tests));
    });
}

/** Identities, memberships, subscriptions, merges, deleted users, and what is counted of people. */
export const PEOPLE_SURFACE: readonly SurfaceRow[] = [
  ...rows(
    `GET POST /users/{user_id}/identities
     GET PUT DELETE /users/{user_id}/identities/{user_identity_id}
     PUT /users/{user_id}/identities/{user_identity_id}/make_primary
     PUT /users/{user_id}/identities/{user_identity_id}/verify
     GET POST /end_users/{user_id}/identities
     GET DELETE /end_users/{user_id}/identities/{user_identity_id}
     PUT /end_users/{user_id}/identities/{user_identity_id}/make_primary`,
    IDENTITIES,
  ),
  ...['users', 'end_users'].map((root) =>
    partly(
      row('PUT', `/${root}/{user_id}/identities/{user_identity_id}/request_verification`, 'documented', IDENTITIES),
      'no mail goes out; the journal says that one would',
    ),
  ),
  ...rows(
    `POST PUT /users/{user_id}/password
     GET /users/{user_id}/password/requirements`,
    PASSWORDS,
  ),
  ...(['GET', 'PUT'] as const).map((method) => partly(row(method, '/users/me/settings', 'documented', ME), 'kept and shown: there is no interface that they would change')), // prettier-ignore
  partly(row('POST', '/users/request_create', 'documented', ME), 'no mail goes out; the journal says that one would'),
  ...rows(
    `GET POST /group_memberships
     GET DELETE /group_memberships/{group_membership_id}
     GET /group_memberships/assignable
     POST /group_memberships/create_many
     DELETE /group_memberships/destroy_many
     GET /groups/{group_id}/memberships
     GET /groups/{group_id}/memberships/assignable
     GET POST /users/{user_id}/group_memberships
     GET DELETE /users/{user_id}/group_memberships/{group_membership_id}
     PUT /users/{user_id}/group_memberships/{group_membership_id}/make_default
     GET POST /organization_memberships
     GET DELETE /organization_memberships/{organization_membership_id}
     POST /organization_memberships/create_many
     DELETE /organization_memberships/destroy_many
     GET /organizations/{organization_id}/organization_memberships
     GET POST /users/{user_id}/organization_memberships
     GET DELETE /users/{user_id}/organization_memberships/{organization_membership_id}
     PUT /users/{user_id}/organization_memberships/{organization_membership_id}/make_default
     GET /users/{user_id}/organizations
     GET /users/{user_id}/organizations/count
     DELETE /users/{user_id}/organizations/{organization_id}
     PUT /users/{user_id}/organizations/{organization_id}/make_default
     GET /groups/{group_id}/users
     GET /groups/{group_id}/users/count
     GET /organizations/{organization_id}/users/count`,
    MEMBERSHIPS,
  ),
  ...rows(
    `GET /organizations/autocomplete
     POST /organizations/create_or_update
     POST /organizations/create_many
     PUT /organizations/update_many
     DELETE /organizations/destroy_many
     GET /organizations/{organization_id}/related
     POST /organizations/{organization_id}/merge
     GET /organizations/{organization_id}/merges
     GET /organization_merges/{organization_merge_id}
     GET /organizations/{organization_id}/tickets/count`,
    ORGANIZATIONS,
  ),
  ...rows(
    `GET /organizations/{organization_id}/subscriptions
     GET /users/{user_id}/organization_subscriptions
     GET DELETE /organization_subscriptions/{organization_subscription_id}
     GET /organization_subscriptions`,
    SUBSCRIPTIONS,
  ),
  partly(
    row('POST', '/organization_subscriptions', 'documented', SUBSCRIPTIONS),
    'no mail goes out: the journal has what subscribers would be told; of public comments is inferred',
  ),
  ...rows(
    `GET /users/{user_id}/related
     GET /users/{user_id}/groups
     GET /users/{user_id}/groups/count
     GET /users/{user_id}/tickets/assigned/count
     GET /users/{user_id}/tickets/ccd
     GET /users/{user_id}/tickets/ccd/count
     GET /users/{user_id}/tickets/followed
     GET /groups/default
     GET /groups/autocomplete
     GET /deleted_users
     GET /deleted_users/count
     GET DELETE /deleted_users/{deleted_user_id}`,
    USERS,
  ),
  partly(
    row('PUT', '/users/{user_id}/merge', 'documented', USERS),
    'not oneself (`me`), which takes a password; what the user did in the Help Center stays theirs, as documented',
  ),
  partly(row('GET', '/users/{user_id}/compliance_deletion_statuses', 'documented', USERS), 'Support only, done at once'),
  ...(['GET', 'POST'] as const).map((method) =>
    partly(row(method, '/users/autocomplete', 'documented', USERS), 'not for lookup relationship fields'),
  ),
];
