import type { PersonAction, RequesterDraft, TicketPatch } from '../drafts.ts';
import type { Actor, User } from '../entities.ts';
import { recordInvalid } from '../errors.ts';
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

  author(account: string, id: number): User {
    return this.#known(account, id, 'author', 'Author');
  }

  submitter(account: string, id: number): User {
    return this.#known(account, id, 'submitter', 'Submitter');
  }

  /** E-mail CCs after a write (`email_ccs`, and the older `collaborators` in its three spellings). */
  ccs(account: string, current: readonly number[], patch: TicketPatch, actor: Actor): readonly number[] {
    const replaced = patch.collaborator_ids ?? patch.collaborators;
    const added = patch.additional_collaborators ?? [];
    if (!replaced && added.length === 0 && !patch.email_ccs) return current;
    const people = [...(replaced ?? []), ...added].map((person) => this.#person(account, person, actor, 'collaborators').id);
    return this.#act(account, [...(replaced ? [] : current), ...people], patch.email_ccs ?? [], actor);
  }

  /** Followers after a write; only agents can follow. */
  followers(account: string, current: readonly number[], patch: TicketPatch, actor: Actor): readonly number[] {
    if (!patch.followers) return current;
    return this.#act(account, current, patch.followers, actor).filter((id) => this.#users.get(account, id)?.role !== 'end-user');
  }

  #act(account: string, current: readonly number[], actions: readonly PersonAction[], actor: Actor): number[] {
    const ids = new Set(current);
    for (const action of actions) {
      const person = action.user_id ?? { email: action.user_email ?? '', ...(action.user_name ? { name: action.user_name } : {}) };
      const { id } = this.#person(account, typeof person === 'string' ? Number(person) : person, actor, 'email_ccs');
      if (action.action === 'delete') ids.delete(id);
      else ids.add(id);
    }
    return [...ids];
  }

  /** An id, an e-mail or `{name, email, phone}`; an unknown e-mail or number becomes an end user. */
  #person(account: string, person: Person, actor: Actor, property: string, journey?: JourneyId): User {
    if (typeof person === 'number') return this.#known(account, person, property, 'Requester');
    const draft: RequesterDraft = typeof person === 'string' ? { email: person } : person;
    const email = draft.email ? validEmail(draft.email) : undefined;
    const known = email
      ? this.#users.findByEmail(account, email)
      : draft.phone
        ? this.#users.findByDirectPhone(account, draft.phone)
        : undefined;
    if (known) return known;
    const name = draft.name ?? email?.split('@')[0] ?? draft.phone ?? '';
    const details = { name, ...(email ? { email } : {}), ...(draft.phone ? { phone: draft.phone } : {}), ...(journey ? { journey } : {}) };
    return this.#users.create(account, details, actor);
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
