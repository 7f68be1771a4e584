import type { Audit, Comment } from '../../entities.ts';
import { commentsOf } from '../../tickets/comments.ts';
import type { RuleWorld } from '../world.ts';
import { userScope } from './people.ts';
import { timeText } from './times.ts';

type Scope = Record<string, unknown>;

const LINE = '-'.repeat(46);

/** The comments of a ticket, newest first as Zendesk lists them, in the forms that placeholders ask for. */
export function commentScopes(world: RuleWorld, audits: readonly Audit[]): Scope {
  const all = audits.flatMap((audit) => commentsOf(audit).map((comment) => ({ comment, at: audit.created_at }))).toReversed();
  const open = all.filter(({ comment }) => comment.public);
  const scope = ({ comment, at }: (typeof all)[number]): Scope => commentScope(world, comment, at);
  const formatted = (some: typeof all): string => some.map(({ comment, at }) => formattedComment(world, comment, at)).join('\n\n');
  const first = (some: typeof all): typeof all => some.slice(0, 1);
  return {
    get comments() {
      return all.map(scope);
    },
    get public_comments() {
      return open.map(scope);
    },
    get latest_comment() {
      return first(all).map(scope)[0];
    },
    get latest_public_comment() {
      return first(open).map(scope)[0];
    },
    get latest_comment_html() {
      return all[0]?.comment.html_body ?? '';
    },
    get latest_public_comment_html() {
      return open[0]?.comment.html_body ?? '';
    },
    get comments_formatted() {
      return formatted(all);
    },
    get public_comments_formatted() {
      return formatted(open);
    },
    get latest_comment_formatted() {
      return formatted(first(all));
    },
    get latest_public_comment_formatted() {
      return formatted(first(open));
    },
  };
}

/** A comment by itself is its text; its parts can be had one by one. */
function commentScope(world: RuleWorld, comment: Comment, at: string): Scope {
  const attachments = (comment.attachments ?? []).map(({ file_name }) => ({ filename: file_name, toString: () => file_name }));
  return {
    id: comment.id,
    value: comment.body,
    value_rich: comment.html_body,
    body: comment.body,
    created_at: timeText(at),
    created_at_with_time: timeText(at, true),
    is_public: comment.public,
    attachments,
    get author() {
      return userScope(world, world.user(comment.author_id)) ?? { name: 'System', toString: () => 'System' };
    },
    toString: () => comment.body,
  };
}

/** A ruled-off comment with who said it when, as plain text: webhooks get no HTML (vendor article; layout inferred). */
function formattedComment(world: RuleWorld, comment: Comment, at: string): string {
  const author = world.user(comment.author_id)?.name ?? 'System';
  return `${LINE}\n\n${author}, ${timeText(at, true)}\n\n${comment.body}`;
}
