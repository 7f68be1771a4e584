import type { Organization, User } from '../../entities.ts';
import { languageName, spokenBy } from '../../languages.ts';
import type { RuleWorld } from '../world.ts';

type Scope = Record<string, unknown>;

/** A user as templates see one (vendor article "Placeholders reference", user data); empty when there is nobody. */
export function userScope(world: RuleWorld, user: User | undefined): Scope | undefined {
  if (!user) return undefined;
  const spoken = spokenBy(user);
  const [first = '', ...rest] = user.name.split(/\s+/);
  return {
    id: user.id,
    name: user.name,
    first_name: first,
    last_name: rest.join(' '),
    email: user.email ?? '',
    phone: user.phone ?? '',
    external_id: user.external_id ?? '',
    details: user.details ?? '',
    notes: user.notes ?? '',
    signature: user.signature ?? '',
    time_zone: user.time_zone,
    role: user.role === 'end-user' ? 'End user' : user.role === 'admin' ? 'Admin' : 'Agent',
    extended_role: user.role === 'end-user' ? 'End user' : user.role === 'admin' ? 'Administrator' : 'Agent',
    language: languageName(spoken),
    locale: spoken.locale,
    tags: user.tags.join(' '),
    custom_fields: user.user_fields,
    get organization() {
      return organizationScope(world.organization(user.organization_id));
    },
    toString: () => user.name,
  };
}

/** Organization data of the same article. */
export function organizationScope(organization: Organization | undefined): Scope | undefined {
  if (!organization) return undefined;
  return {
    id: organization.id,
    name: organization.name,
    external_id: organization.external_id ?? '',
    details: organization.details ?? '',
    notes: organization.notes ?? '',
    tags: organization.tags.join(' '),
    is_shared: organization.shared_tickets,
    is_shared_comments: organization.shared_comments,
    custom_fields: organization.organization_fields,
    toString: () => organization.name,
  };
}
