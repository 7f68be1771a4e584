import type { Audit, Comment } from '../../entities.ts';
import { commentsOf } from '../../tickets/comments.ts';
import type { RuleWorld } from '../world.ts';
import { userScope } from './people.ts';
import { timeText } from './times.ts';

type Scope = Record<string, unknown>;

const LINE = '-'.repeat(46);

type Which = 'all' | 'public';

/** The comments of a ticket in the forms that placeholders ask for. */
export interface CommentTexts {
  /** Newest first, as Zendesk lists them. */
  scopes(which?: Which): Scope[];
  formatted(which?: Which, most?: number): string;
  /** Of the newest. */
  html(which?: Which): string;
}

export function commentTexts(world: RuleWorld, audits: readonly Audit[]): CommentTexts {
  const all = audits.flatMap((audit) => commentsOf(audit).map((comment) => ({ comment, at: audit.created_at }))).toReversed();
  const chosen = (which: Which): typeof all => (which === 'all' ? all : all.filter(({ comment }) => comment.public));
  return {
    scopes: (which = 'all') => chosen(which).map(({ comment, at }) => commentScope(world, comment, at)),
    html: (which = 'all') => chosen(which)[0]?.comment.html_body ?? '',
    formatted: (which = 'all', most = Number.POSITIVE_INFINITY) =>
      chosen(which)
        .slice(0, most)
        .map(({ comment, at }) => formattedComment(world, comment, at))
        .join('\n\n'),
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
