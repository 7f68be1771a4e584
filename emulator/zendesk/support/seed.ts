import type { SupportContext } from './context.ts';
import { SYSTEM } from './context.ts';
import type { FieldDraft, SupportSeed, UserDraft } from './drafts.ts';
import type { FieldOwner, User } from './entities.ts';
import type { FieldService } from './fields/fields.ts';
import type { GroupService } from './people/groups.ts';
import type { OrganizationService } from './people/organizations.ts';
import type { Rules } from './rules/rules.ts';
import { layRules } from './rules/seed.ts';
import type { TicketService } from './tickets/tickets.ts';
import type { UserService } from './people/users.ts';

export interface SeedServices {
  readonly tickets: TicketService;
  readonly users: UserService;
  readonly organizations: OrganizationService;
  readonly groups: GroupService;
  readonly fields: FieldService;
  readonly rules: Rules;
}

/** Lays down a seed's fields, organizations, people, groups and tickets. What is there already is completed. */
export function laySeed(context: SupportContext, services: SeedServices, account: string, seed: SupportSeed): void {
  context.core.store.transaction(() => {
    for (const [owner, drafts] of fieldLists(seed)) for (const draft of drafts) layField(services, account, owner, draft);
    for (const draft of seed.organizations ?? []) {
      const known = services.organizations.findByName(account, draft.name);
      if (known) services.organizations.update(account, known.id, draft, SYSTEM);
      else services.organizations.create(account, draft, SYSTEM);
    }
    for (const { password, ...draft } of seed.users ?? []) {
      const user = layUser(services, account, draft);
      if (password !== undefined) context.accounts.passwords.set(account, user.id, password);
    }
    for (const agent of seed.agents ?? []) {
      if (agent.email !== undefined) layUser(services, account, { name: agent.name, email: agent.email, role: 'agent' });
    }
    layGroups(services, account, seed);
    for (const draft of seed.tickets ?? []) services.tickets.create(account, draft, SYSTEM);
    layRules(services.rules, account, seed);
  });
}

function fieldLists(seed: SupportSeed): [FieldOwner, readonly Partial<FieldDraft>[]][] {
  return [
    ['user', seed.user_fields ?? []],
    ['organization', seed.organization_fields ?? []],
    ['ticket', seed.ticket_fields ?? []],
  ];
}

function layField({ fields }: SeedServices, account: string, owner: FieldOwner, draft: Partial<FieldDraft>): void {
  const title = draft.title ?? draft.key ?? '';
  if (draft.key !== undefined && fields.get(account, owner, draft.key)) fields.update(account, owner, draft.key, draft);
  else fields.create(account, owner, { ...draft, title, type: draft.type ?? 'text' });
}

type SeedUser = Omit<NonNullable<SupportSeed['users']>[number], 'password'>;

/** Agents of a seed are verified: they have signed in before. @throws RangeError for an organization that the seed lacks. */
function layUser({ users, organizations }: SeedServices, account: string, draft: SeedUser): User {
  const { organization: name, ...rest } = draft;
  const organization = name === undefined ? undefined : organizations.findByName(account, name);
  if (name !== undefined && !organization) {
    throw new RangeError(`user "${draft.name}" belongs to organization "${name}", which the seed's organizations do not list`);
  }
  const staff = draft.role === 'agent' || draft.role === 'admin';
  const full: UserDraft = { ...rest, verified: rest.verified ?? staff, ...(organization ? { organization_id: organization.id } : {}) };
  const known = draft.email ? users.findByEmail(account, draft.email) : undefined;
  return known ? users.update(account, known.id, withoutOwner(full, known), SYSTEM) : users.create(account, full, SYSTEM);
}

/** The account's owner stays its admin, whatever the seed says of them. */
function withoutOwner(draft: UserDraft, known: User): UserDraft {
  return known.role === 'admin' ? { ...draft, role: 'admin', verified: true } : draft;
}

function layGroups({ groups, users }: SeedServices, account: string, seed: SupportSeed): void {
  const join = (groupName: string, email: string): void => {
    const group = groups.findByName(account, groupName) ?? groups.create(account, { name: groupName });
    const user = users.findByEmail(account, email);
    if (user) groups.addMember(account, group.id, user.id);
  };
  for (const draft of seed.groups ?? []) {
    if (!groups.findByName(account, draft.name)) groups.create(account, draft);
    for (const email of draft.agents ?? []) join(draft.name, email);
  }
  for (const agent of seed.agents ?? []) if (agent.email !== undefined) for (const name of agent.groups ?? []) join(name, agent.email);
}
