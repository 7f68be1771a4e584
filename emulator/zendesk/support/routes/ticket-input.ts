import type { Response } from 'express';
import type { CommentDraft, TicketDraft, TicketPatch, VoiceCommentDraft } from '../drafts.ts';
import type { UserService } from '../people/users.ts';
import { invalidValue } from '../errors.ts';
import { isKnownVia, viaIdOf } from '../tickets/via.ts';
import { isObject, permit, type Shape } from './permit.ts';
import { COMMENT, TICKET_CREATE, TICKET_UPDATE, VOICE_COMMENT } from './shapes.ts';

/** The ticket of a POST body. @throws ApiError 400, 422, 501 */
export function ticketDraft(body: unknown, res: Response, people: { users: UserService; account: string }): TicketDraft {
  const { via, ...draft } = written<TicketDraft>(body, res, TICKET_CREATE, 'tickets/create', people);
  const viaId = draft.via_id ?? (isObject(via) ? viaIdOf((via as { channel?: unknown }).channel) : undefined);
  if (viaId === undefined || viaId === null) return draft;
  if (!isKnownVia(viaId)) throw invalidValue('via_id', 'Via', viaId);
  return { ...draft, via_id: viaId };
}

/** The ticket of a PUT body. @throws ApiError 400, 422, 501 */
export function ticketPatch(body: unknown, res: Response, people: { users: UserService; account: string }): TicketPatch {
  return written<TicketPatch>(body, res, TICKET_UPDATE, 'tickets/update', people);
}

function written<Draft extends TicketPatch>(
  body: unknown,
  res: Response,
  shape: Shape,
  action: string,
  { users, account }: { users: UserService; account: string },
): Draft {
  const { comment, voice_comment: voice, ...draft }: TicketPatch = permit<Draft>(res, body, 'ticket', shape, action);
  const said = isObject(comment) ? permit<CommentDraft>(res, { comment }, 'comment', COMMENT, action) : comment;
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
function withoutType(draft: CommentDraft): CommentDraft {
  const { type: _type, ...rest } = draft;
  return rest;
}
