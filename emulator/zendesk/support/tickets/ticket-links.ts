import { invalidValue, recordInvalid } from '../errors.ts';
import type { SupportContext } from '../context.ts';
import type { TicketDraft, TicketPatch } from '../drafts.ts';
import type { Defaults, Status, Ticket, Via } from '../entities.ts';
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

/** Group and organization must exist (inferred wording). @throws ApiError 422 */
export function checkLinks({ collections }: SupportContext, account: string, { group_id, organization_id }: TicketPatch): void {
  const { groups, organizations } = collections;
  if (group_id && groups.get(account, group_id)?.deleted !== false) throw invalidValue('group', 'Group', group_id);
  if (organization_id && !organizations.get(account, organization_id)) throw invalidValue('organization', 'Organization', organization_id);
}

/** What a custom status stands for, when no status is named. @throws ApiError 422 for one that the account lacks. */
export function wantedStatus(defaults: Defaults, patch: TicketPatch): Status | undefined {
  if (!patch.custom_status_id) return undefined;
  const category = statusOf(defaults, patch.custom_status_id);
  if (!category) throw invalidValue('custom_status_id', 'Custom status', patch.custom_status_id);
  return patch.status === undefined ? category : undefined;
}

/** What is followed up: a closed ticket; the property has no effect with others (documented). */
export function followedUp(
  { collections }: SupportContext,
  account: string,
  { via_followup_source_id: id }: TicketDraft,
): Ticket | undefined {
  const source = id === undefined || id === null ? undefined : collections.tickets.get(account, Number(id));
  return source?.status === 'closed' && source.deleted_at === null ? source : undefined;
}

/** The closed ticket lists its follow-ups, which inherit its tags (documented; source shape inferred). */
export function followUp(context: SupportContext, account: string, source: Ticket, id: number): Via {
  bySystem(context, account, { ...source, followup_ids: [...source.followup_ids, id] });
  return makeVia(VIA.followUp, { from: { ticket_id: source.id, subject: source.subject } });
}

/** The problem of an incident says that it has some. */
export function markProblem(context: SupportContext, account: string, { problem_id }: Ticket): void {
  const problem = problem_id === null ? undefined : context.collections.tickets.get(account, problem_id);
  if (problem?.deleted_at === null && !problem.has_incidents) bySystem(context, account, { ...problem, has_incidents: true });
}

/** What the system writes leaves `updated_at` alone (documented). */
function bySystem(context: SupportContext, account: string, ticket: Ticket): void {
  context.collections.tickets.put(account, { ...ticket, generated_timestamp: secondsOf(context.now(account)) });
}
