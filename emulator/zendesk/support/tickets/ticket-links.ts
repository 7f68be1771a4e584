import { Memo } from '../../../core/memo.ts';
import { invalidValue, recordInvalid } from '../errors.ts';
import type { SupportContext } from '../context.ts';
import type { TicketDraft, TicketPatch } from '../drafts.ts';
import type { TicketForm } from '../account-objects/entities.ts';
import type { TicketVisibility } from '../access/ticket-visibility.ts';
import type { Actor, Defaults, Status, Ticket, Via } from '../entities.ts';
import { secondsOf } from './ticket-build.ts';
import { statusOf } from './ticket-status.ts';
import { makeVia, VIA } from './via.ts';

/** Comments that a ticket can have (vendor article "Ticket comments"). */
const MOST_COMMENTS = 5_000;

/** @throws ApiError 422 (wording inferred) */
export function checkCommentCount(count: number): void {
  if (count > MOST_COMMENTS)
    throw recordInvalid({ base: [{ description: `Comment: a ticket cannot have more than ${MOST_COMMENTS} comments` }] });
}

/** What is named by tickets, and which of them an actor sees. */
export interface LinkRooms {
  readonly brands: { list(account: string): readonly { readonly id: number }[] };
  readonly forms: { get(account: string, id: number): Pick<TicketForm, 'ticket_field_ids' | 'agent_conditions'> | undefined };
  readonly visibility: TicketVisibility;
}

/** What a write of a ticket names elsewhere, as far as whoever writes gets to see it. */
export class TicketLinks {
  readonly #context: SupportContext;
  readonly #rooms: LinkRooms;
  readonly #groups: Memo<boolean>;
  readonly #organizations: Memo<number | null>;

  constructor(context: SupportContext, rooms: LinkRooms) {
    this.#context = context;
    this.#rooms = rooms;
    this.#groups = new Memo(context.collections.groups);
    this.#organizations = new Memo(context.collections.organizations);
  }

  /** What is named must exist, unless the ticket has it already (all inferred). @throws ApiError 422 */
  check(account: string, patch: TicketPatch & Pick<TicketDraft, 'support_type'>, actor: Actor, before?: Ticket): void {
    const { organizations } = this.#context.collections;
    const { brands, forms } = this.#rooms;
    const missing = (name: Linked, exists: (id: number) => boolean): boolean => {
      const id = patch[name];
      return Boolean(id) && id !== before?.[name] && !exists(Number(id));
    };
    if (missing('group_id', (id) => this.#isGroup(account, id))) throw invalidValue('group', 'Group', patch.group_id);
    if (missing('organization_id', (id) => organizations.get(account, id) !== undefined))
      throw invalidValue('organization', 'Organization', patch.organization_id);
    if (missing('brand_id', (id) => brands.list(account).some((brand) => brand.id === id)))
      throw invalidValue('brand_id', 'Brand', patch.brand_id);
    if (missing('ticket_form_id', (id) => forms.get(account, id) !== undefined))
      throw invalidValue('ticket_form_id', 'Ticket form', patch.ticket_form_id);
    if (missing('problem_id', (id) => this.#seen(account, id, actor)?.type === 'problem'))
      throw invalidValue('problem_id', 'Problem', patch.problem_id);
  }

  /** What is followed up: a closed ticket; the property has no effect with others (documented). */
  followedUp(account: string, { via_followup_source_id: id }: TicketDraft, actor: Actor): Ticket | undefined {
    const source = id === undefined || id === null ? undefined : this.#seen(account, Number(id), actor);
    return source?.status === 'closed' ? source : undefined;
  }

  /** The group that new tickets of the organization's users are put into (documented); null for none, and for one that is gone. */
  groupOf(account: string, organizationId: number): number | null {
    const { organizations } = this.#context.collections;
    const id = this.#organizations.get(`${account}/${organizationId}`, () => organizations.get(account, organizationId)?.group_id ?? null);
    return id !== null && this.#isGroup(account, id) ? id : null;
  }

  #isGroup(account: string, id: number): boolean {
    return this.#groups.get(`${account}/${id}`, () => this.#context.collections.groups.get(account, id)?.deleted === false);
  }

  #seen(account: string, id: number, actor: Actor): Ticket | undefined {
    const ticket = this.#context.collections.tickets.get(account, id);
    return ticket?.deleted_at === null && this.#rooms.visibility.actorSees(account, actor, ticket) ? ticket : undefined;
  }
}

type Linked = 'group_id' | 'organization_id' | 'brand_id' | 'ticket_form_id' | 'problem_id';

/**
 * What a custom status stands for: it decides, whatever status is named with it (inferred), but that a solved one does for
 * closed tickets too. @throws ApiError 422 for one that the account lacks.
 */
export function wantedStatus(defaults: Defaults, patch: TicketPatch, before?: Ticket): Status | undefined {
  const { custom_status_id: id, status } = patch;
  if (!id) return status;
  const category = statusOf(defaults, id) ?? (id === before?.custom_status_id ? before.status : undefined);
  if (!category) throw invalidValue('custom_status_id', 'Custom status', id);
  return status === 'closed' && category === 'solved' ? status : category;
}

/** The closed ticket lists its follow-ups, which inherit its tags (documented; source shape inferred). */
export function followUp(context: SupportContext, account: string, source: Ticket, id: number): Via {
  bySystem(context, account, { ...source, followup_ids: [...source.followup_ids, id] });
  return makeVia(VIA.followUp, { from: { ticket_id: source.id, subject: source.subject } });
}

/** A problem says whether it has incidents; told of the one that a ticket has left too. Once the ticket is written. */
export function markProblems(context: SupportContext, account: string, ticket: Ticket, before?: Ticket): void {
  const left = before?.problem_id ?? null;
  if (ticket.problem_id === null && left === null) return;
  const { tickets } = context.collections;
  const ids = new Set([ticket.problem_id, left]);
  for (const id of ids) {
    const problem = id === null ? undefined : tickets.get(account, id);
    if (problem?.deleted_at !== null) continue;
    const has_incidents = hasIncidents(context, account, problem);
    if (has_incidents !== problem.has_incidents) bySystem(context, account, { ...problem, has_incidents });
  }
}

/** Of a problem that somebody linked an incident to (documented). */
export function hasIncidents({ collections }: SupportContext, account: string, { id, type }: Pick<Ticket, 'id' | 'type'>): boolean {
  return type === 'problem' && collections.tickets.count(account, { where: { deleted: 0, problem_id: id } }) > 0;
}

/** What the system writes leaves `updated_at` alone (documented). */
function bySystem(context: SupportContext, account: string, ticket: Ticket): void {
  context.collections.tickets.put(account, { ...ticket, generated_timestamp: secondsOf(context.now(account)) });
}
