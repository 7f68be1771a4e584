import { copiedTo, type StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, User } from '../entities.ts';
import { forbidden, recordInvalid, recordNotFound } from '../errors.ts';
import { secondsOf } from '../tickets/ticket-build.ts';
import type { TicketService } from '../tickets/tickets.ts';
import { Identities } from './identities.ts';
import type { PeopleTies } from './members.ts';
import { moveSubscriptions } from './subscriptions.ts';
import { journalIdentities, journalUser, keepUser, userChanges } from './user-journal.ts';

/** Neither user may have asked for more tickets (vendor article "Users", Merge End Users, and its help "Merging a user's duplicate account"). */
const MOST_TICKETS = 10_000;

/** Makes one end user of two. */
export class UserMerge {
  readonly #context: SupportContext;
  readonly #tickets: TicketService;
  readonly #ties: PeopleTies;
  readonly #identities: Identities;

  constructor(context: SupportContext, tickets: TicketService, ties: PeopleTies) {
    this.#context = context;
    this.#tickets = tickets;
    this.#ties = ties;
    this.#identities = new Identities(context);
  }

  /**
   * The loser's identities, tickets and organizations become the winner's, whose own e-mail, phone and default organization stay first; so do
   * subscriptions to organizations (inferred). The loser is deleted with their tags, notes and fields. What they did in the Help
   * Center stays theirs: votes count, comments are shown, subscriptions tell nobody (vendor's help "Merging a user's duplicate account").
   * @throws ApiError 404 for either, 403 for agents, 422 for oneself or too many tickets
   */
  merge(account: string, loserId: number, winnerId: number, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const [loser, winner] = [this.#user(account, loserId), this.#user(account, winnerId)];
      if (loser.id === winner.id) throw refused('a user cannot be merged with themselves');
      if (loser.role !== 'end-user' || winner.role !== 'end-user') throw forbidden('Only end users can be merged');
      if ([loser, winner].some(({ id }) => this.#tickets.count(account, { requester_id: id }) > MOST_TICKETS))
        throw refused(`a user with more than ${MOST_TICKETS} requested tickets cannot be merged`);
      this.#moveTickets(account, loser, winner, actor);
      for (const { organization_id } of this.#ties.organizations.of(account, loser.id))
        this.#ties.organizations.join(account, winner, organization_id, actor);
      this.#ties.organizations.forget(account, loser.id);
      moveSubscriptions(this.#context, account, loser.id, winner.id);
      const kept = this.#moveIdentities(account, loser, this.#user(account, winner.id), actor);
      const gone: StoredUser = { ...loser, active: false, updated_at: this.#context.now(account) };
      this.#context.collections.users.put(account, gone);
      const changes = userChanges(loser, gone);
      journalUser(this.#context, { account, what: 'merged', user: gone, actor, changes, about: { into_id: winner.id } });
      return kept;
    });
  }

  #moveIdentities(account: string, loser: StoredUser, winner: StoredUser, actor: Actor): StoredUser {
    const before = this.#identities.of(account, winner.id);
    for (const identity of this.#identities.of(account, loser.id)) {
      const primary = !this.#identities.of(account, winner.id).some(({ type }) => type === identity.type);
      this.#identities.change(account, identity, { user_id: winner.id, primary });
    }
    const after = this.#identities.of(account, winner.id);
    const numbers = after.filter(({ type }) => type === 'phone_number').map(({ value }) => value);
    const phone = winner.phone ?? loser.phone;
    const merged: StoredUser = {
      ...winner,
      email: winner.email ?? after.find(({ type, primary }) => type === 'email' && primary)?.value ?? null,
      phone,
      shared_phone_number: phone === null ? null : !numbers.includes(phone),
      other_phones: numbers.filter((value) => value !== phone),
      verified: winner.verified || after.some(({ verified }) => verified),
    };
    const kept = keepUser(this.#context, account, winner, merged, actor);
    journalIdentities(this.#context, { account, user: kept, actor }, before, after);
    return kept;
  }

  /**
   * Whatever the loser asked for or is copied in; comments, and tickets made for others, keep their author. The history of what they
   * asked for tells of the new requester, of closed tickets too, but no trigger runs and the organization stays (same article). Deleted
   * ones change without a word (inferred).
   */
  #moveTickets(account: string, loser: User, winner: User, { userId }: Actor): void {
    const { tickets } = this.#context.collections;
    const moved = (ids: readonly number[]): number[] => [...new Set(ids.map((id) => (id === loser.id ? winner.id : id)))];
    const generated_timestamp = secondsOf(this.#context.now(account));
    for (const ticket of tickets.find(account, { where: { requester_id: loser.id } })) {
      const change = { requester_id: winner.id, email_cc_ids: ticket.email_cc_ids.filter((id) => id !== winner.id) };
      if (ticket.deleted_at === null)
        this.#tickets.updateBy(account, ticket, change, this.#newRequester(account, loser, winner), { userId, via: 'system' }); // prettier-ignore
      else tickets.put(account, { ...ticket, ...change, generated_timestamp });
    }
    for (const as of ['cc', 'follower'] as const) {
      for (const ticket of tickets.find(account, { where: { copied: copiedTo(loser.id, as) } })) {
        // Nobody is copied in what they asked for themselves.
        const email_cc_ids = moved(ticket.email_cc_ids).filter((id) => id !== ticket.requester_id);
        tickets.put(account, { ...ticket, email_cc_ids, follower_ids: moved(ticket.follower_ids), generated_timestamp });
      }
    }
  }

  #newRequester(account: string, { id: previous }: User, { id: current }: User): Parameters<TicketService['updateBy']>[3] {
    const values = { value: String(current), previous_value: String(previous) };
    const event = { id: this.#context.ids(account)(), type: 'Change', field_name: 'requester_id', ...values } as const;
    return { event, change: { field: 'requester_id', previous, current }, triggers: false };
  }

  #user(account: string, id: number): StoredUser {
    const user = this.#context.collections.users.get(account, id);
    if (!user?.active) throw recordNotFound();
    return user;
  }
}

function refused(why: string): Error {
  return recordInvalid({ base: [{ description: `User: ${why}`, error: 'InvalidValue' }] });
}
