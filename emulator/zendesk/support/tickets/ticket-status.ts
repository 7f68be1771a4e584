import type { Comment, Defaults, Status, Ticket } from '../entities.ts';
import { invalidValue } from '../errors.ts';

export const STATUSES: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

/** The status of a new ticket: an assignee moves `new` to `open` (inferred). */
export function initialStatus(wanted: Status | undefined, assigned: boolean): Status {
  const status = wanted ?? 'new';
  return status === 'new' && assigned ? 'open' : status;
}

/** What is named for an update. @throws ApiError 422: nothing is new again (vendor article "System ticket rules"; the form is inferred) */
export function namedStatus(before: Ticket, wanted: Status | undefined): Status | undefined {
  if (wanted === 'new' && before.status !== 'new') throw invalidValue('status', 'Status', wanted);
  return wanted;
}

/**
 * The status after an update that names none (vendor article "System ticket rules"): assigning opens a new ticket, an end
 * user's public comment one that waits or is solved, whoever asked; an agent's changes nothing.
 */
export function impliedStatus(
  before: Ticket,
  assigneeId: number | null,
  comments: readonly Comment[],
  isEndUser: (id: number) => boolean,
): Status {
  const waits = before.status === 'pending' || before.status === 'solved' || before.status === 'hold';
  if (waits && comments.some(({ type, public: shown, author_id }) => type === 'Comment' && shown && isEndUser(author_id))) return 'open';
  if (before.status === 'new' && assigneeId !== null && assigneeId !== before.assignee_id) return 'open';
  return before.status;
}

export function customStatusId(defaults: Defaults, status: Status): number {
  return defaults.custom_status_ids[status === 'closed' ? 'solved' : status];
}

/** The status category of a custom status, if the account has it. */
export function statusOf(defaults: Defaults, customStatusIdWanted: number): Status | undefined {
  const found = Object.entries(defaults.custom_status_ids).find(([, id]) => id === customStatusIdWanted);
  return defaults.status_categories?.[customStatusIdWanted] ?? (found?.[0] as Status | undefined);
}
