import type { Router } from 'express';
import type { Support } from '../../index.ts';
import { identityRoutes } from './identities.ts';
import { meRoutes } from './me.ts';
import { membershipRoutes } from './memberships.ts';
import { organizationPeopleRoutes } from './organizations.ts';
import { passwordRoutes } from './passwords.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { userPeopleRoutes } from './users.ts';

/** Mounted before `/users`, `/groups` and `/organizations`: words before parameters. */
export function peopleRoutes(router: Router, support: Support): void {
  meRoutes(router, support);
  identityRoutes(router, support);
  membershipRoutes(router, support);
  organizationPeopleRoutes(router, support);
  passwordRoutes(router, support);
  subscriptionRoutes(router, support);
  userPeopleRoutes(router, support);
}
