import type { Comment, Defaults, Status, Ticket } from '../entities.ts';

export const STATUSES: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

/** The status of a new ticket: an assignee moves `new` to `open` (inferred). */
export function initialStatus(wanted: Status | undefined, assigned: boolean): Status {
  const status = wanted ?? 'new';
  return status === 'new' && assigned ? 'open' : status;
}

/**
 * The status after an update that names none (inferred): assigning opens a new ticket, the requester's public reply
 * reopens one that waits or is solved; an agent's reply changes nothing.
 */
export function impliedStatus(before: Ticket, assigneeId: number | null, requesterId: number, comments: readonly Comment[]): Status {
  const replied = comments.some((comment) => comment.type === 'Comment' && comment.public && comment.author_id === requesterId);
  if (replied && (before.status === 'pending' || before.status === 'solved' || before.status === 'hold')) return 'open';
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
