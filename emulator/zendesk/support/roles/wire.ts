import type { Json } from '../wire.ts';
import type { CustomRoleService } from './custom-roles.ts';
import type { CustomRole } from './entities.ts';

export function wireCustomRole(roles: CustomRoleService, account: string, { configuration, ...rest }: CustomRole): Json {
  return { ...rest, team_member_count: roles.members(account, rest.id), configuration };
}
