import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { sendJson } from '../../../account/index.ts';
import { measure } from '../../files/measure.ts';
import type { Support } from '../../index.ts';
import { bodyTooLarge } from '../../routes/attachments.ts';
import { fileIn, formOf } from '../../routes/form-file.ts';
import { actorOf, idOf, scopeOf } from '../../routes/http.ts';
import { wireUser } from '../../wire.ts';
import { writable } from './callers.ts';

const PART = 'user[photo][uploaded_data]';

/** Takes a user's photo, the part of a form (vendor article "Users", photos), and lets other bodies through. */
export function takesPhotos(support: Support): (RequestHandler | ErrorRequestHandler)[] {
  const { users, people, fields } = support;

  async function take(req: Request, res: Response, next: () => void): Promise<void> {
    if (!(req.body instanceof Uint8Array)) return next();
    const action = 'users/update';
    const { account, base } = scopeOf(res);
    const id = idOf(req, 'user_id', action);
    writable(support, res, users.get(account, id), {});
    const file = await fileIn(await formOf(req, PART, action), PART, action);
    const measures = await measure(file.contentType, file.bytes);
    const user = people.photos.set(account, id, { ...file, measures }, actorOf(req, res));
    sendJson(res, 200, { user: wireUser(user, { base, fields: fields.custom(account, 'user') }) });
  }

  return [express.raw({ type: 'multipart/form-data', limit: '50mb' }), bodyTooLarge, take];
}
