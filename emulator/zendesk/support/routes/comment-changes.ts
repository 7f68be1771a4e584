import type { Router } from 'express';
import { principalOf, sendJson } from '../../account/index.ts';
import { forbidden, invalidAttribute, parameterMissing } from '../errors.ts';
import type { Support } from '../index.ts';
import type { Place } from '../tickets/comment-changes.ts';
import { type Json, wireComment } from '../wire.ts';
import { actorOf, idOf, scopeOf } from './http.ts';
import { isObject, numberOf } from './permit.ts';

/** Comments made private and redacted. */
export function commentChangeRoutes(router: Router, support: Support): void {
  const { commentChanges } = support;
  const shown = ({ comment, audit }: Place, base: string): Json => ({ comment: wireComment(comment, audit, base, true) });

  /** Declared a text; an empty object as other changes without an answer have it (inferred). */
  router.put('/tickets/:ticket_id/comments/:ticket_comment_id/make_private', (req, res) => {
    const id = (name: string): number => idOf(req, name, 'ticket_comments/make_private');
    commentChanges.makePrivate(scopeOf(res).account, id('ticket_id'), id('ticket_comment_id'), actorOf(req, res));
    sendJson(res, 200, {});
  });

  router.put('/tickets/:ticket_id/audits/:ticket_audit_id/make_private', (req, res) => {
    const id = (name: string): number => idOf(req, name, 'ticket_audits/make_private');
    commentChanges.makeAuditPrivate(scopeOf(res).account, id('ticket_id'), id('ticket_audit_id'), actorOf(req, res));
    sendJson(res, 200, {});
  });

  /** `{"text": "987-65-4320"}` */
  router.put('/tickets/:ticket_id/comments/:ticket_comment_id/redact', (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'ticket_comments/redact';
    const place = { ticketId: idOf(req, 'ticket_id', action), commentId: idOf(req, 'ticket_comment_id', action) };
    const text = textOf(req.body, 'text', action);
    if (text === undefined) throw parameterMissing('text', action);
    sendJson(res, 200, shown(commentChanges.redactText(account, place, text, actorOf(req, res)), base));
  });

  /** `{"ticket_id": 100, "html_body": "… <redact>847564</redact> …", "external_attachment_urls": []}` */
  router.put('/comment_redactions/:ticket_comment_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'comment_redactions/update';
    const commentId = idOf(req, 'ticket_comment_id', action);
    const body = isObject(req.body) ? req.body : {};
    if (body['ticket_id'] === undefined) throw parameterMissing('ticket_id', action);
    const ticketId = numberOf(body['ticket_id']);
    if (!Number.isSafeInteger(ticketId) || ticketId < 0) throw invalidAttribute('ticket_id', 'must be an integer', action);
    const urls = body['external_attachment_urls'] ?? [];
    if (!Array.isArray(urls) || !urls.every((url) => typeof url === 'string'))
      throw invalidAttribute('external_attachment_urls', 'must be an array of strings', action);
    const html = textOf(body, 'html_body', action);
    const place = { ticketId, commentId };
    const ticket = support.tickets.get(account, place.ticketId);
    if (ticket && !support.visibility.sees(account, principalOf(res), ticket)) throw forbidden();
    const found = commentChanges.redactMarked(account, place, { ...(html === undefined ? {} : { html }), urls }, actorOf(req, res));
    sendJson(res, 200, shown(found, base));
  });
}

function textOf(body: unknown, name: string, action: string): string | undefined {
  const value = isObject(body) ? body[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidAttribute(name, 'must be a string', action);
  return value;
}
