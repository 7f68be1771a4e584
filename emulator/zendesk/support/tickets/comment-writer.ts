import { spokenBy } from '../access/actor-limits.ts';
import { AttachmentService } from '../files/attachments.ts';
import type { SupportContext } from '../context.ts';
import type { CommentDraft } from '../drafts.ts';
import type { Actor, Comment } from '../entities.ts';
import { makeComment } from './comments.ts';
import type { TicketPeople } from './ticket-people.ts';

/** Where a comment is going to stand, and how it is where its draft does not say. */
export interface Saying {
  readonly auditId: number;
  readonly authorId: number;
  readonly isPublic: boolean;
  readonly ids: () => number;
}

/** Makes comments of drafts: with an author that the account knows, as public as the actor may be, with the files of the uploads named. */
export class CommentWriter {
  readonly #people: TicketPeople;
  readonly #attachments: AttachmentService;

  constructor(context: SupportContext, people: TicketPeople) {
    this.#people = people;
    this.#attachments = new AttachmentService(context);
  }

  /** @throws ApiError 422 for an author who is nobody, and for unknown uploads */
  write(account: string, draft: CommentDraft, actor: Actor, { auditId, authorId, isPublic, ids }: Saying): Comment {
    const author = draft.author_id ? this.#people.author(account, draft.author_id).id : authorId;
    const comment = makeComment(spokenBy(actor, draft), { id: ids(), audit_id: auditId }, author, isPublic);
    const place = { audit_id: auditId, comment_id: comment.id };
    const attachments = this.#attachments.claim(account, draft.uploads ?? [], place, comment.html_body);
    return attachments.length === 0 ? comment : { ...comment, attachments };
  }
}
