import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { Audit, Comment, Ticket } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { wireComment } from '../wire.ts';
import { idOf, queryOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { includes, usersOf } from './sideloads.ts';

interface CommentRow {
  readonly id: number;
  readonly created_at: string;
  readonly comment: Comment;
  readonly audit: Audit;
}

/** Comments of a ticket. There is no endpoint that creates a comment: that is part of a ticket write. */
export function ticketHistoryRoutes(router: Router, support: Support): void {
  const { tickets } = support;

  router.get('/tickets/:ticket_id/comments', (req, res) => {
    const scope = scopeOf(res);
    const { id } = ticketOf(req, res, 'ticket_comments/index');
    const rows = tickets
      .commentsWithAudits(scope.account, id)
      .map(({ comment, audit }): CommentRow => ({ id: comment.id, created_at: audit.created_at, comment, audit }));
    const beside = (page: readonly CommentRow[]): Record<string, unknown> =>
      includes(req).has('users')
        ? {
            users: usersOf(
              support,
              scope,
              page.map((row) => row.comment.author_id),
            ),
          }
        : {};
    const order = { by: 'created_at', descending: queryOf(req).get('sort_order') === 'desc' };
    sendPage(req, res, { key: 'comments', action: 'ticket_comments/index', order, beside }, arrayListing(rows, ['created_at']), (row) =>
      wireComment(row.comment, row.audit, scope.base, queryOf(req).get('include_inline_images') === 'true'),
    );
  });

  router.get('/tickets/:ticket_id/comments/count', (req, res) => {
    const { account } = scopeOf(res);
    const { comment_count: value } = ticketOf(req, res, 'ticket_comments/count');
    sendJson(res, 200, { count: { value, refreshed_at: support.now(account) } });
  });

  function ticketOf(req: Request, res: Response, action: string): Ticket {
    const ticket = tickets.get(scopeOf(res).account, idOf(req, 'ticket_id', action));
    if (!ticket) throw recordNotFound();
    return ticket;
  }
}
