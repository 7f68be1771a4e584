import type { Response } from 'express';
import { principalOf } from '../../account/index.ts';
import { expectAllowed, limitsOf } from '../access/actor-limits.ts';
import type { CommentDraft, TicketDraft, TicketPatch, VoiceCommentDraft } from '../drafts.ts';
import type { UserService } from '../people/users.ts';
import { invalidValue } from '../errors.ts';
import { isKnownVia, viaIdOf } from '../tickets/via.ts';
import { isObject, permit, type Shape } from './permit.ts';
import { COMMENT, IMPORTED_COMMENT, TICKET_CREATE, TICKET_IMPORT, TICKET_UPDATE, VOICE_COMMENT } from './shapes.ts';
import type { ImportDraft, ImportedComment } from '../tickets/ticket-import.ts';

interface People {
  readonly users: UserService;
  readonly account: string;
}

/** The ticket of a POST body. @throws ApiError 400, 422, 501 */
export function ticketDraft(body: unknown, res: Response, people: People): TicketDraft {
  return withVia(written<TicketDraft>(body, res, TICKET_CREATE, 'tickets/create', people));
}

/** The ticket of an import, with its past. @throws ApiError 400, 422, 501 */
export function importDraft(body: unknown, res: Response, people: People): ImportDraft {
  const { comments, ...draft } = written<ImportDraft>(body, res, TICKET_IMPORT, 'imports/tickets/create', people, IMPORTED_COMMENT);
  const said = comments?.map((comment) => permit<ImportedComment>(res, { comment }, 'comment', IMPORTED_COMMENT, 'imports/tickets/create'));
  return { ...withVia(draft), ...(said ? { comments: said.map(withoutType) } : {}) };
}

function withVia<Draft extends TicketDraft>({ via, ...draft }: Draft): Draft | Omit<Draft, 'via'> {
  const viaId = draft.via_id ?? (isObject(via) ? viaIdOf((via as { channel?: unknown }).channel) : undefined);
  if (viaId === undefined || viaId === null) return draft;
  if (!isKnownVia(viaId)) throw invalidValue('via_id', 'Via', viaId);
  return { ...draft, via_id: viaId };
}

/** The ticket of a PUT body. @throws ApiError 400, 422, 501; 403 at once, also for a job, for what the caller's role forbids */
export function ticketPatch(body: unknown, res: Response, people: People): TicketPatch {
  const patch = written<TicketPatch>(body, res, TICKET_UPDATE, 'tickets/update', people);
  expectAllowed(limitsOf(principalOf(res)), patch);
  return patch;
}

function written<Draft extends TicketPatch>(
  body: unknown,
  res: Response,
  shape: Shape,
  action: string,
  { users, account }: People,
  commentShape: Shape = COMMENT,
): Draft {
  const { comment, voice_comment: voice, ...draft }: TicketPatch = permit<Draft>(res, body, 'ticket', shape, action);
  const said = isObject(comment) ? permit<CommentDraft>(res, { comment }, 'comment', commentShape, action) : comment;
  const result: TicketPatch = { ...draft };
  if (typeof said === 'string') result.comment = said;
  else if (said) result.comment = withoutType(said);
  if (voice)
    result.voice_comment = withName(permit<VoiceCommentDraft>(res, { voice_comment: voice }, 'voice_comment', VOICE_COMMENT, action));
  return result as Draft;

  /** `answered_by_name` is what a reader sees of `answered_by_id`. */
  function withName(data: VoiceCommentDraft): VoiceCommentDraft {
    const answeredBy = data.answered_by_id ? users.get(account, data.answered_by_id) : undefined;
    return answeredBy ? { ...data, answered_by_name: answeredBy.name } : data;
  }
}

/** Clients that write back what they read send a type; only Talk makes voice comments of comments. */
function withoutType<Draft extends CommentDraft>(draft: Draft): Omit<Draft, 'type'> {
  const { type: _type, ...rest } = draft;
  return rest;
}
