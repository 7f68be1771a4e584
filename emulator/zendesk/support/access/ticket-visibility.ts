import type { Query } from '../../../core/query.ts';
import type { Principal, SignedIn } from '../../account/index.ts';
import type { Actor, Ticket } from '../entities.ts';
import type { GroupService } from '../people/groups.ts';
import type { UserService } from '../people/users.ts';

type Where = NonNullable<Query['where']>;
type Restricted = Pick<SignedIn, 'userId' | 'ticketRestriction'>;

type Column = 'assignee_id' | 'group_id' | 'organization_id' | 'requester_id';

export interface TicketLimit {
  readonly column: Column;
  readonly values: readonly number[];
}

/** What no ticket fits. */
const NOTHING: Where = { requester_id: -1 };

/** Which tickets an agent with a `ticket_restriction`, or a custom role's `ticket_access`, gets to see. */
export class TicketVisibility {
  readonly #groups: GroupService;
  readonly #users: UserService;

  constructor(groups: GroupService, users: UserService) {
    this.#groups = groups;
    this.#users = users;
  }

  /** The condition narrowed to what the caller sees. */
  narrow(account: string, principal: Principal, where: Where): Where {
    if (principal.kind !== 'token') return NOTHING;
    if (principal.ticketRestriction === undefined) return where;
    const [column, values] = this.#limit(account, principal);
    if (values.length === 0) return NOTHING;
    const asked = where[column];
    if (asked === undefined) return { ...where, [column]: { in: values } };
    // A list that is about one user, group or organization already.
    return typeof asked === 'number' && values.includes(asked) ? where : NOTHING;
  }

  /** The property of which a ticket must have one of the values for the caller to see it; undefined when all are seen. */
  limit(account: string, principal: Principal): TicketLimit | undefined {
    if (principal.kind !== 'token') return { column: 'requester_id', values: [] };
    if (principal.ticketRestriction === undefined) return undefined;
    const [column, values] = this.#limit(account, principal);
    return { column, values };
  }

  sees(account: string, principal: Principal, ticket: Ticket): boolean {
    return principal.kind === 'token' && this.#sees(account, principal, ticket);
  }

  /** Whether whoever acts gets to see the ticket; the system sees them all. */
  actorSees(account: string, { userId, limits }: Actor, ticket: Ticket): boolean {
    return userId === null || this.#sees(account, { userId, ...limits }, ticket);
  }

  #sees(account: string, who: Restricted, ticket: Ticket): boolean {
    if (who.ticketRestriction === undefined) return true;
    const [column, values] = this.#limit(account, who);
    const value = ticket[column];
    return value !== null && values.includes(value);
  }

  /** `groups_and_public`: tickets of groups that are not private too (inferred). */
  #limit(account: string, { userId, ticketRestriction }: Restricted): [column: Column, values: readonly number[]] {
    switch (ticketRestriction) {
      case 'groups':
        return ['group_id', this.#groups.of(account, userId).map((group) => group.id)];
      case 'groups_and_public': {
        const open = this.#groups.list(account).filter((group) => group.is_public);
        return ['group_id', [...new Set([...open, ...this.#groups.of(account, userId)].map((group) => group.id))]];
      }
      case 'organization': {
        const id = this.#users.get(account, userId)?.organization_id;
        return ['organization_id', id === null || id === undefined ? [] : [id]];
      }
      case 'requested':
        return ['requester_id', [userId]];
      default:
        return ['assignee_id', [userId]];
    }
  }
}
