import type { PersonAction, RequesterDraft, TicketPatch } from '../drafts.ts';
import type { Actor, Ticket, User } from '../entities.ts';
import { invalidValue, recordInvalid } from '../errors.ts';
import type { UserService } from '../people/users.ts';
import { validEmail } from '../people/user-draft.ts';
import type { JourneyId } from '../../../core/ids.ts';

type Person = number | string | RequesterDraft;

/** Finds, and where the vendor does so creates, the people that a ticket write names. */
export class TicketPeople {
  readonly #users: UserService;

  constructor(users: UserService) {
    this.#users = users;
  }

  /** `requester_id` wins over `requester`; undefined when neither is given. @throws ApiError 422 */
  requester(account: string, patch: TicketPatch, actor: Actor, journey?: JourneyId): User | undefined {
    if (patch.requester_id !== undefined && patch.requester_id !== null)
      return this.#known(account, patch.requester_id, 'requester', 'Requester');
    if (patch.requester === undefined || patch.requester === null) return undefined;
    return this.#person(account, patch.requester, actor, 'requester', journey);
  }

  /** Undefined when the write leaves the assignee alone; null unassigns. @throws ApiError 422 for anybody but an agent. */
  assignee(account: string, patch: TicketPatch): User | null | undefined {
    if (patch.assignee_email) return this.#agent(this.#users.findByEmail(account, patch.assignee_email));
    if (patch.assignee_id === undefined) return undefined;
    return patch.assignee_id === null ? null : this.#agent(this.#users.get(account, Number(patch.assignee_id)));
  }

  isEndUser(account: string, id: number): boolean {
    return this.#users.get(account, id)?.role === 'end-user';
  }

  author(account: string, id: number): User {
    return this.#known(account, id, 'author', 'Author');
  }

  submitter(account: string, id: number): User {
    return this.#known(account, id, 'submitter', 'Submitter');
  }

  /**
   * E-mail CCs and followers after a write: `email_ccs` and `followers`, and the older `collaborators` in its three
   * spellings, of whom end users are copied and agents follow (documented). Only agents can follow.
   */
  sharers(
    account: string,
    current: Pick<Ticket, 'email_cc_ids' | 'follower_ids'>,
    patch: TicketPatch,
    actor: Actor,
  ): Pick<Ticket, 'email_cc_ids' | 'follower_ids'> {
    const { collaborator_ids, collaborators: named, additional_collaborators: more, email_ccs, followers: following } = patch;
    if (!collaborator_ids && !named && !more && !email_ccs && !following) return current;
    const replaced = collaborator_ids ?? named;
    const collaborators = [...(replaced ?? []), ...(more ?? [])].map((each) => this.#person(account, each, actor, 'collaborators')); // prettier-ignore
    const ids = (agents: boolean): number[] => collaborators.filter((each) => (each.role !== 'end-user') === agents).map(({ id }) => id);
    const [ccs, followers] = replaced ? [[], []] : [current.email_cc_ids, current.follower_ids];
    return {
      email_cc_ids: this.#act([...ccs, ...ids(false)], readable('email_ccs', email_ccs), (action) => this.#copied(account, action, actor)),
      follower_ids: this.#act([...followers, ...ids(true)], readable('followers', following), (action) => this.#follower(account, action)),
    };
  }

  #act(current: readonly number[], actions: readonly PersonAction[], find: (action: PersonAction) => number | undefined): number[] {
    const ids = new Set(current);
    for (const action of actions) {
      const id = find(action);
      if (id === undefined) continue;
      if (action.action === 'delete') ids.delete(id);
      else ids.add(id);
    }
    return [...ids];
  }

  #copied(account: string, action: PersonAction, actor: Actor): number {
    const named = action.user_name ? { name: action.user_name } : {};
    const person = action.user_id === undefined ? { email: action.user_email ?? '', ...named } : Number(action.user_id);
    return this.#person(account, person, actor, 'email_ccs').id;
  }

  /** Undefined for anybody but an agent: nobody is made up in order to follow. */
  #follower(account: string, { user_id, user_email }: PersonAction): number | undefined {
    const user =
      user_id === undefined ? this.#users.findByEmail(account, String(user_email ?? '')) : this.#users.get(account, Number(user_id));
    return user?.active && user.role !== 'end-user' ? user.id : undefined;
  }

  /** An id, an e-mail or `{name, email, phone}`; an unknown e-mail or number becomes an end user. */
  #person(account: string, person: Person, actor: Actor, property: string, journey?: JourneyId): User {
    if (typeof person === 'number' || (typeof person === 'string' && /^\d{1,16}$/.test(person)))
      return this.#known(account, Number(person), property, 'Requester');
    const draft: RequesterDraft = typeof person === 'string' ? { email: person } : person;
    for (const name of ['name', 'email', 'phone'] as const) {
      const value: unknown = draft[name];
      if (value === null || value === undefined || typeof value === 'string') continue;
      throw recordInvalid({ [property]: [{ description: `Requester: ${name} must be a text`, error: 'InvalidValue' }] });
    }
    const email = draft.email ? validEmail(draft.email) : undefined;
    const known = email
      ? this.#users.findByEmail(account, email)
      : draft.phone
        ? this.#users.findByDirectPhone(account, draft.phone)
        : undefined;
    if (known) return known;
    const name = draft.name ?? email?.split('@')[0] ?? draft.phone ?? '';
    const { phone, locale_id } = draft;
    const given = { ...(email ? { email } : {}), ...(phone ? { phone } : {}), ...(locale_id ? { locale_id } : {}) };
    return this.#users.create(account, { name, ...given, ...(journey ? { journey } : {}) }, actor);
  }

  #known(account: string, id: number, property: string, title: string): User {
    const user = this.#users.get(account, Number(id));
    if (user?.active) return user;
    throw recordInvalid({ [property]: [{ description: `${title}: ${id} is not an active user of this account`, error: 'InvalidValue' }] });
  }

  #agent(user: User | undefined): User {
    if (user?.active && user.role !== 'end-user') return user;
    throw recordInvalid({ assignee: [{ description: 'Assignee: is not an agent of this account', error: 'InvalidValue' }] });
  }
}

/** JSON can hold what names nobody. @throws ApiError 422 */
function readable(property: string, actions: readonly PersonAction[] | null | undefined): readonly PersonAction[] {
  for (const { user_id, user_email, user_name } of actions ?? []) {
    const odd: unknown = [user_id, user_email, user_name].find((each: unknown) => typeof each === 'object' && each !== null);
    if (odd !== undefined) throw invalidValue(property, 'Collaborator', odd);
  }
  return actions ?? [];
}
