import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import { accountOf, isoSeconds, principalOf, sendJson } from '../../account/index.ts';
import { attachmentTooLarge, forbidden, parameterMissing, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { wireAttachment } from '../wire.ts';
import type { Attachment } from '../entities.ts';
import { SUSPENDED } from '../files/attachments.ts';
import { measure } from '../files/measure.ts';
import { actorOf, idOf, queryOf, scopeOf } from './http.ts';
import { permit, type Shape } from './permit.ts';

/** Shown `expires_at`: days ahead in recordings, although the token is good for an hour. */
const SHOWN_EXPIRY_MS = 3 * 86_400_000;

/** After a file's body is read: one that was too long for it has an answer of its own. */
export const bodyTooLarge: ErrorRequestHandler = (error, _req, _res, next) => {
  next((error as { type?: string }).type === 'entity.too.large' ? attachmentTooLarge() : error);
};

/** `POST /uploads`: the body is the file, whatever its type, from anybody signed in; mount before bodies are read as JSON. */
export function uploadRoute(router: Router, support: Support): void {
  const body = express.raw({ type: () => true, limit: '50mb' });
  const take: RequestHandler = async (req, res) => {
    const { account, base } = scopeOf(res);
    const query = queryOf(req);
    const name = query.get('filename');
    if (!name) throw parameterMissing('filename', 'uploads/create');
    // zendesk-client sends an empty one with its first file: as good as none (inferred).
    const token = query.get('token') || null;
    const bytes = req.body instanceof Uint8Array ? req.body : new Uint8Array();
    const contentType = req.get('content-type') ?? 'application/octet-stream';
    const measures = await measure(contentType, bytes);
    const { upload, attachment } = support.attachments.upload(account, { name, contentType, bytes, measures, ...(token === null ? {} : { token }) }); // prettier-ignore
    const expires = support.context.core.businessClock(account).now() + SHOWN_EXPIRY_MS;
    sendJson(res, 201, {
      upload: {
        token: upload.token,
        expires_at: isoSeconds(expires),
        attachments: upload.attachments.map((each) => wireAttachment(each, base)),
        attachment: wireAttachment(attachment, base),
      },
    });
  };
  router.post('/uploads', body, bodyTooLarge, take);
}

const ATTACHMENT: Shape = { malware_access_override: 'boolean' };

/** Uploads thrown away; attachments shown, changed, deleted and redacted. */
export function attachmentRoutes(router: Router, support: Support): void {
  router.delete('/uploads/:token', (req, res) => {
    support.attachments.discard(scopeOf(res).account, String(req.params['token']));
    res.status(204).end();
  });

  router.put('/tickets/:ticket_id/comments/:comment_id/attachments/:attachment_id/redact', (req, res) => {
    const { account, base } = scopeOf(res);
    const id = (name: string): number => idOf(req, name, 'attachments/redact');
    const place = { ticketId: id('ticket_id'), commentId: id('comment_id'), attachmentId: id('attachment_id') };
    sendJson(res, 200, { attachment: wireAttachment(support.commentChanges.redactFile(account, place, actorOf(req, res)), base) });
  });

  router.get('/attachments/:attachment_id', (req, res) => {
    const { base } = scopeOf(res);
    sendJson(res, 200, { attachment: wireAttachment(seen(res, idOf(req, 'attachment_id', 'attachments/show')), base) });
  });

  /** Whether agents may open a file in which malware was found (documented). */
  router.put('/attachments/:attachment_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const id = idOf(req, 'attachment_id', 'attachments/update');
    const change = permit<Partial<Attachment>>(res, req.body, 'attachment', ATTACHMENT, 'attachments/update');
    sendJson(res, 200, { attachment: wireAttachment(support.commentChanges.changeFile(account, id, change), base) });
  });

  /** The attachment stays where it is, as deleted and without content (inferred from its `deleted` property). */
  router.delete('/attachments/:attachment_id', (req, res) => {
    const { id } = seen(res, idOf(req, 'attachment_id', 'attachments/destroy'));
    support.commentChanges.changeFile(scopeOf(res).account, id, { deleted: true });
    res.status(204).end();
  });

  /** @throws ApiError 404, 403 for a file of a ticket that the agent does not get to see, or of a suspended one with any restriction */
  function seen(res: Response, id: number): Attachment {
    const { account } = scopeOf(res);
    const principal = principalOf(res);
    const { attachment, ticket, held_by } = support.commentChanges.file(account, id);
    if (held_by === SUSPENDED && principal.kind === 'token' && principal.ticketRestriction !== undefined) throw forbidden();
    if (ticket && !support.visibility.sees(account, principal, ticket)) throw forbidden();
    return attachment;
  }
}

/** What `content_url` names: `/attachments/token/{token}/?name=file`, no credentials asked (documented default). */
export function attachmentContent(support: Support): RequestHandler {
  const router = express.Router();
  router.get('/token/:token', (req, res) => {
    const file = support.attachments.content(accountOf(res).name, String(req.params['token']));
    if (!file) throw recordNotFound();
    const name = queryOf(req).get('name') ?? 'file';
    res.attachment(name).set('Content-Type', file.contentType).set('X-Content-Type-Options', 'nosniff').send(file.bytes);
  });
  return router;
}
