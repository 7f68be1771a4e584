import type { Identified } from '../../account/index.ts';
import type { User } from '../entities.ts';
import type { CustomRoleService } from '../roles/custom-roles.ts';

/** `ticket_access` of a custom role in the words of a user's `ticket_restriction`. */
const RESTRICTIONS: Readonly<Record<string, string>> = {
  'assigned-only': 'assigned',
  'within-groups': 'groups',
  'within-groups-and-public-groups': 'groups_and_public',
  'within-organization': 'organization',
};

/** What authentication and permissions need to know of a user. */
export function identified(account: string, user: User | undefined, roles: CustomRoleService): Identified | undefined {
  if (!user) return undefined;
  const can = user.role === 'agent' && user.custom_role_id !== null ? roles.configuration(account, user.custom_role_id) : undefined;
  const { id, role, verified, active, suspended } = user;
  const ticketRestriction = can ? (RESTRICTIONS[String(can['ticket_access'])] ?? null) : user.ticket_restriction;
  const privateComments = user.only_private_comments || can?.['ticket_comment_access'] === 'none';
  return { id, role, verified, active, suspended, ticketRestriction, privateComments, ...(can ? { can } : {}) };
}
