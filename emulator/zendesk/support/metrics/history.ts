import type { Audit, Comment, Status, Ticket } from '../entities.ts';
import { commentsOf } from '../tickets/comments.ts';

/** A value that a property had from an instant on (milliseconds since the epoch). */
export interface Since<Value> {
  readonly at: number;
  readonly value: Value;
  /** The audit that says so. */
  readonly audit: Audit;
}

export interface Said {
  readonly at: number;
  readonly comment: Comment;
  readonly byAgent: boolean;
  readonly audit: Audit;
}

/** What a ticket's audits tell of its life, oldest first. */
export interface TicketHistory {
  readonly ticket: Ticket;
  readonly created: number;
  readonly audits: readonly Audit[];
  readonly statuses: readonly Since<Status>[];
  readonly customStatuses: readonly Since<string | null>[];
  /** Null: unassigned. */
  readonly assignees: readonly Since<string | null>[];
  readonly groups: readonly Since<string | null>[];
  readonly comments: readonly Said[];
}

/** Audits of an import may lie in another order than their times. */
export function historyOf(ticket: Ticket, audits: readonly Audit[], isAgent: (userId: number) => boolean): TicketHistory {
  const ordered = audits.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id);
  const values = (name: string): Since<string | null>[] =>
    ordered.flatMap((audit) =>
      audit.events.flatMap((event) =>
        'field_name' in event && event.field_name === name
          ? [{ at: Date.parse(audit.created_at), value: event.value === null ? null : String(event.value), audit }]
          : [],
      ),
    );
  return {
    ticket,
    created: Date.parse(ticket.created_at),
    audits: ordered,
    statuses: values('status') as Since<Status>[],
    customStatuses: values('custom_status_id'),
    assignees: values('assignee_id'),
    groups: values('group_id'),
    comments: ordered.flatMap((audit) =>
      commentsOf(audit).map((comment): Said => ({ at: Date.parse(audit.created_at), comment, byAgent: isAgent(comment.author_id), audit })),
    ),
  };
}

export const isSolved = (status: Status): boolean => status === 'solved' || status === 'closed';

/** Replies: public comments of agents, the one that the ticket began with aside. */
export function repliesIn({ comments }: TicketHistory): Said[] {
  return comments.slice(1).filter(({ comment, byAgent }) => byAgent && comment.public);
}

/** When the ticket was solved, each time anew: closing a solved ticket is none. */
export function solutionsIn({ statuses }: TicketHistory): number[] {
  return statuses.filter(({ value }, index) => isSolved(value) && !isSolved(statuses[index - 1]?.value ?? 'new')).map(({ at }) => at);
}
