import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { invalidValue, recordNotFound } from '../errors.ts';
import { jobDelay } from '../jobs/jobs.ts';
import type { TicketService } from '../tickets/tickets.ts';
import type { MergeStatus, OrganizationMerge } from './entities.ts';
import type { PeopleTies } from './members.ts';
import { moveTickets } from './move-tickets.ts';
import type { OrganizationService } from './organizations.ts';

/**
 * Organizations merged (vendor article "Organizations", Merge Organization With Another Organization): the loser's
 * users, tickets and domain names become the winner's, then it is deleted. It takes a while: whatever is due is done at
 * its time, or, after a restart, as soon as merges are asked for.
 */
export class OrganizationMerges {
  readonly #context: SupportContext;
  readonly #organizations: OrganizationService;
  readonly #tickets: TicketService;
  readonly #ties: PeopleTies;

  constructor(context: SupportContext, organizations: OrganizationService, tickets: TicketService, ties: PeopleTies) {
    this.#context = context;
    this.#organizations = organizations;
    this.#tickets = tickets;
    this.#ties = ties;
  }

  get(account: string, id: string): OrganizationMerge | undefined {
    this.#settle(account);
    return this.#context.collections.organizationMerges.get(account, id);
  }

  /** In which the organization lost or won, oldest first. */
  of(account: string, organizationId: number): OrganizationMerge[] {
    this.#settle(account);
    const { organizationMerges: rows } = this.#context.collections;
    const found = [
      ...rows.find(account, { where: { loser_id: organizationId } }),
      ...rows.find(account, { where: { winner_id: organizationId } }),
    ];
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** @throws ApiError 404 for the loser, 422 for a winner that is unknown or the loser itself */
  start(account: string, loserId: number, winnerId: number, actor: Actor): OrganizationMerge {
    const { core, accounts, collections } = this.#context;
    return core.store.transaction(() => {
      if (!this.#organizations.get(account, loserId)) throw recordNotFound();
      if (winnerId === loserId || !this.#organizations.get(account, winnerId)) throw invalidValue('winner_id', 'Winner', winnerId);
      const delay = jobDelay(accounts, account);
      const clock = core.businessClock(account);
      const merge: OrganizationMerge = {
        id: core.ids.ulid(),
        loser_id: loserId,
        winner_id: winnerId,
        status: 'new',
        due: clock.now() + delay,
        actor_id: actor.userId,
      };
      collections.organizationMerges.insert(account, merge);
      clock.setTimeout(() => this.#settle(account), delay);
      return merge;
    });
  }

  #settle(account: string): void {
    const { core, collections } = this.#context;
    const now = core.businessClock(account).now();
    const keep = (merge: OrganizationMerge, status: MergeStatus): void => collections.organizationMerges.put(account, { ...merge, status });
    for (const merge of collections.organizationMerges.find(account, { where: { open: 1 } })) {
      if (merge.due > now) continue;
      try {
        core.store.transaction(() => keep(merge, this.#merge(account, merge) ? 'complete' : 'error'));
      } catch {
        // Nobody waits for it who could be told, and it is not tried again: whoever asks sees the status.
        keep(merge, 'error');
      }
    }
  }

  /** False when one of them has been deleted meanwhile. */
  #merge(account: string, { loser_id, winner_id, actor_id }: OrganizationMerge): boolean {
    const { users } = this.#context.collections;
    const [loser, winner] = [this.#organizations.get(account, loser_id), this.#organizations.get(account, winner_id)];
    if (!loser || !winner) return false;
    const actor: Actor = { userId: actor_id, via: 'system' };
    moveTickets(this.#context, this.#tickets, account, { from: loser_id, to: winner_id }, actor);
    for (const membership of this.#ties.organizations.in(account, loser_id)) {
      const user = users.get(account, membership.user_id);
      if (user) this.#ties.organizations.join(account, user, winner_id, actor, membership.default);
    }
    const domains = [...new Set([...winner.domain_names, ...loser.domain_names])];
    this.#organizations.delete(account, loser_id, actor);
    this.#organizations.update(account, winner_id, { domain_names: domains }, actor);
    return true;
  }
}
