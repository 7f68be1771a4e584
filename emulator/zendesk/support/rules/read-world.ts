import type { BrandService } from '../account-objects/brands.ts';
import type { CustomStatusService } from '../account-objects/custom-statuses.ts';
import type { TicketFormService } from '../account-objects/ticket-forms.ts';
import type { SupportContext } from '../context.ts';
import type { User } from '../entities.ts';
import type { FieldService } from '../fields/fields.ts';
import type { BusinessHours } from '../hours/schedules.ts';
import type { GroupService } from '../people/groups.ts';
import type { OrganizationService } from '../people/organizations.ts';
import type { UserService } from '../people/users.ts';
import type { SearchService } from '../search/search-service.ts';
import type { RuleWorld } from './world.ts';

/** The services that rules read from. */
export interface Readers {
  readonly users: UserService;
  readonly organizations: OrganizationService;
  readonly groups: GroupService;
  readonly fields: FieldService;
  readonly hours: BusinessHours;
  readonly brands: Pick<BrandService, 'list' | 'withDeleted'>;
  readonly statuses: Pick<CustomStatusService, 'list'>;
  readonly forms: Pick<TicketFormService, 'get'>;
  readonly search: Pick<SearchService, 'tickets'>;
}

/** An account as rules read it for the length of one run: what was looked up is remembered. */
export function readWorld(context: SupportContext, readers: Readers, account: string): RuleWorld {
  const { users, organizations, groups, fields, hours, brands, forms } = readers;
  const user = once((id: number) => users.get(account, id));
  const organization = once((id: number) => organizations.get(account, id));
  const group = once((id: number) => groups.get(account, id));
  return {
    account,
    now: context.core.businessClock(account).now(),
    user: (id) => (id === null ? undefined : user(id)),
    organization: (id) => (id === null ? undefined : organization(id)),
    brand: (id) => brands.withDeleted(account).find((brand) => brand.id === id),
    form: (id) => forms.get(account, id),
    group: (id) => (id === null ? undefined : group(id)),
    groupsOf: once((id: number) => groups.of(account, id)),
    membersOf: once((id: number) => groups.members(account, id)),
    agents: () => users.list(account, { where: { role: { in: ['agent', 'admin'] }, active: 1 } }) as readonly User[],
    audits: once((id: number) => context.collections.audits.find(account, { where: { ticket_id: id } })),
    options: (id) => fields.get(account, 'ticket', id)?.options ?? [],
    hours,
  };
}

function once<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, read(key));
    return known.get(key) as Value;
  };
}
