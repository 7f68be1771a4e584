import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, Ticket, TicketEventData } from '../entities.ts';
import { forbidden, invalidValue, recordInvalid, recordNotFound } from '../errors.ts';
import type { TicketService } from '../tickets/tickets.ts';
import type { RatingDraft, RatingScore, SatisfactionRating, SatisfactionReason } from './entities.ts';

const SCORES: readonly string[] = ['good', 'bad'] satisfies RatingScore[];

/** The reasons that every account starts with, by their codes (vendor article "Satisfaction Reasons"). */
const REASONS: readonly (readonly [code: number, value: string])[] = [
  [0, 'No reason provided'],
  [5, 'The issue took too long to resolve'],
  [6, 'The issue was not resolved'],
  [7, "The agent's knowledge is unsatisfactory"],
  [8, "The agent's attitude is unsatisfactory"],
  [100, 'Some other reason'],
];

export class SatisfactionService {
  readonly #context: SupportContext;
  readonly #tickets: TicketService;
  readonly #ratings: Collection<SatisfactionRating>;

  constructor(context: SupportContext, tickets: TicketService) {
    this.#context = context;
    this.#tickets = tickets;
    this.#ratings = context.core.store.collection<SatisfactionRating>({
      name: 'satisfaction_ratings',
      key: ({ id }) => id,
      indexes: { ticket_id: ({ ticket_id }) => ticket_id },
    });
    context.core.journal.within(({ kind, account, data }) => {
      if (account === null) return;
      if (kind === 'ticket.permanently_deleted') this.#forget(account, (data as TicketEventData).ticket);
      else if (kind === 'ticket.updated' && isOffer(data as TicketEventData)) this.#offer(account, (data as TicketEventData).ticket);
    });
  }

  /** What was said of a ticket goes for good with it (inferred). */
  #forget(account: string, { id }: Pick<Ticket, 'id'>): void {
    for (const rating of this.#ratings.find(account, { where: { ticket_id: id } })) this.#ratings.delete(account, rating.id);
  }

  /** A rule offered the requester to rate: what comes of it takes the place of the offer. */
  #offer(account: string, { id, requester_id, assignee_id, group_id }: Ticket): void {
    const now = this.#context.now(account);
    const about = { id: this.#context.ids(account)(), ticket_id: id, requester_id, assignee_id, group_id };
    this.#ratings.insert(account, { ...about, score: 'offered', comment: null, reason_id: null, created_at: now, updated_at: now });
  }

  list(account: string): SatisfactionRating[] {
    return this.#ratings.find(account);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): SatisfactionRating {
    const rating = this.#ratings.get(account, id);
    if (!rating) throw recordNotFound();
    return rating;
  }

  /** Ids are the account's first and count from it, as codes do not have to be unique at the vendor. */
  reasons(account: string): SatisfactionReason[] {
    const { idBase } = this.#context.accounts.expect(account);
    return REASONS.map(([code, value], index) => ({ id: idBase + index, code, value }));
  }

  /**
   * The requester rates a ticket that is solved, or was before it was reopened (documented); once more replaces the rating.
   * @throws ApiError 403 for anybody else, 404, 422
   */
  rate(account: string, ticketId: number, draft: RatingDraft, actor: Actor): SatisfactionRating {
    return this.#context.core.store.transaction(() => {
      const ticket = this.#tickets.get(account, ticketId);
      if (!ticket) throw recordNotFound();
      if (actor.userId !== ticket.requester_id) throw forbidden();
      if (!SCORES.includes(draft.score ?? '')) throw invalidValue('score', 'Score', draft.score ?? null);
      if (!this.#wasSolved(account, ticket))
        throw recordInvalid({ base: [{ description: 'Satisfaction rating: the ticket is not solved', error: 'InvalidValue' }] });
      const now = this.#context.now(account);
      const before = this.#ratings.first(account, { where: { ticket_id: ticketId } });
      const rating: SatisfactionRating = {
        id: before?.id ?? this.#context.ids(account)(),
        ticket_id: ticketId,
        requester_id: ticket.requester_id,
        assignee_id: ticket.assignee_id,
        group_id: ticket.group_id,
        score: draft.score as RatingScore,
        comment: draft.comment ?? null,
        reason_id: this.#reason(account, draft),
        created_at: before?.created_at ?? now,
        updated_at: now,
      };
      this.#ratings.put(account, rating);
      this.#note(account, ticket, rating, actor, before);
      return rating;
    });
  }

  /** Only those who are not satisfied have a reason (inferred). */
  #reason(account: string, { score, reason_id, reason_code }: RatingDraft): number | null {
    if (score !== 'bad') return null;
    const reasons = this.reasons(account);
    const wanted = reason_id ?? null;
    if (wanted === null && (reason_code ?? null) === null) return null;
    const reason = reasons.find(({ id, code }) => (wanted === null ? code === reason_code : id === wanted));
    if (!reason) throw invalidValue('reason_id', 'Reason', wanted ?? reason_code);
    return reason.id;
  }

  #wasSolved(account: string, ticket: Ticket): boolean {
    if (ticket.status === 'solved') return true;
    if (ticket.status === 'closed') return false;
    const told = this.#tickets.audits(account, ticket.id).flatMap(({ events }) => events);
    return told.some((event) => 'field_name' in event && event.field_name === 'status' && event.value === 'solved');
  }

  /** Tells the ticket, whose history and triggers take it for the update that it is. */
  #note(
    account: string,
    ticket: Ticket,
    { id, score, comment }: SatisfactionRating,
    actor: Actor,
    old: SatisfactionRating | undefined,
  ): void {
    const event = { id: this.#context.ids(account)(), type: 'SatisfactionRating', score, assignee_id: ticket.assignee_id, body: comment } as const; // prettier-ignore
    const change = { field: 'satisfaction_score', previous: old?.score ?? 'unoffered', current: score };
    this.#tickets.updateBy(account, ticket, { satisfaction: { id, score, comment } }, { event, change }, actor);
  }
}

function isOffer({ changes }: TicketEventData): boolean {
  return changes?.some(({ field, current }) => field === 'satisfaction_score' && current === 'offered') ?? false;
}
