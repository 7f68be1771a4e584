import { type CommentText, textFromBody, textFromHtml, textFromPlain } from './comment-text.ts';
import type { CommentDraft, TicketPatch } from '../drafts.ts';
import type { Audit, AuditEvent, Comment } from '../entities.ts';
import { formattedParty, voiceBody } from './voice-comment.ts';

/** What a write asks to be said, the comment before the voice comment. */
export function commentDrafts(patch: TicketPatch & { description?: string }): CommentDraft[] {
  const drafts: CommentDraft[] = [];
  if (typeof patch.comment === 'string') drafts.push({ body: patch.comment });
  else if (patch.comment) drafts.push(patch.comment);
  else if (patch.description !== undefined) drafts.push({ body: String(patch.description) });
  if (patch.voice_comment) {
    const { public: isPublic, ...data } = patch.voice_comment;
    drafts.push({ type: 'VoiceComment', data, ...(isPublic === undefined ? {} : { public: isPublic }) });
  }
  return drafts.filter((draft) => draft.data !== undefined || hasText(draft));
}

/** An empty `html_body` is as none. */
export function hasText({ html_body, body }: CommentDraft): boolean {
  return (html_body || body || '').trim() !== '';
}

/** The comment that a draft makes; the author that it names was looked up before. */
export function makeComment(draft: CommentDraft, ids: { id: number; audit_id: number }, authorId: number, isPublic: boolean): Comment {
  const { data } = draft;
  const comment: Comment = {
    id: ids.id,
    type: draft.type ?? (data ? 'VoiceComment' : 'Comment'),
    author_id: authorId,
    ...textOf(draft),
    public: draft.public ?? isPublic,
    audit_id: ids.audit_id,
  };
  if (!data) return comment;
  return {
    ...comment,
    data: { ...data, author_id: comment.author_id, public: comment.public },
    formatted_from: formattedParty(data.from),
    formatted_to: formattedParty(data.to),
    transcription_visible: Boolean(data.transcription_text),
    trusted: true,
  };
}

function textOf({ html_body, body, data }: CommentDraft): CommentText {
  if (html_body) return textFromHtml(html_body);
  return data ? textFromPlain(body ?? voiceBody(data)) : textFromBody(body ?? '');
}

/** By its type: notifications have a body too. */
export function isComment(event: AuditEvent): event is Comment {
  const { type } = event;
  return type === 'Comment' || type === 'VoiceComment' || type === 'TpeVoiceComment';
}

export function commentsOf(audit: Audit): Comment[] {
  return audit.events.filter(isComment);
}
