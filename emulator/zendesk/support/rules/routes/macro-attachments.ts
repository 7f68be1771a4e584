import express, { type Request, type Response as Answer, type Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { parameterMissing, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { bodyTooLarge } from '../../routes/attachments.ts';
import { bytesOf, fileIn, formOf, type FormFile } from '../../routes/form-file.ts';
import { idOf, queryOf, scopeOf } from '../../routes/http.ts';
import type { Json } from '../../wire.ts';
import type { MacroAttachment } from '../entities.ts';
import { usableMacro, writableMacro } from './macro-access.ts';

const CREATE = 'macro_attachments/create';

/**
 * Files for macros: a form of parts `attachment` and `filename` (as clients send them), or the file itself with `?filename=`
 * as for `/uploads` (inferred). Mount before bodies are read as JSON.
 */
export function macroUploadRoutes(router: Router, support: Support): void {
  const { attachments } = support.rules.macros;
  const body = express.raw({ type: () => true, limit: '50mb' });

  router.post('/macros/attachments', body, bodyTooLarge, async (req: Request, res: Answer) => {
    const made = attachments.create(scopeOf(res).account, await fileOf(req), null);
    sendJson(res, 201, { macro_attachment: wire(made, scopeOf(res).base) });
  });

  router.post('/macros/:macro_id/attachments', body, bodyTooLarge, async (req: Request, res: Answer) => {
    const { id } = writableMacro(support, res, idOf(req, 'macro_id', CREATE));
    const made = attachments.create(scopeOf(res).account, await fileOf(req), id);
    sendJson(res, 201, { macro_attachment: wire(made, scopeOf(res).base) });
  });
}

/** Files of macros to look at. */
export function macroAttachmentRoutes(router: Router, support: Support): void {
  const { attachments } = support.rules.macros;

  router.get('/macros/attachments/:attachment_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const found = attachments.get(account, idOf(req, 'attachment_id', 'macro_attachments/show'));
    if (!found) throw recordNotFound();
    if (found.macro_id !== null) usableMacro(support, res, found.macro_id);
    sendJson(res, 200, { macro_attachment: wire(found, base) });
  });

  router.get('/macros/:macro_id/attachments', (req, res) => {
    const { account, base } = scopeOf(res);
    const { id } = usableMacro(support, res, idOf(req, 'macro_id', 'macro_attachments/index'));
    sendJson(res, 200, { macro_attachments: attachments.of(account, id).map((each) => wire(each, base)) });
  });
}

/** In the description's order. */
function wire({ id, filename, content_type, size, token, created_at }: MacroAttachment, base: string): Json {
  const content_url = `${base}/attachments/token/${token}/?name=${encodeURIComponent(filename)}`;
  return { id, filename, content_type, content_url, size, created_at };
}

/** @throws ApiError 400 without a file or its name, or for a form that is none */
async function fileOf(req: Request): Promise<FormFile> {
  const form = await formOf(req, 'attachment', CREATE);
  if (!form) {
    const name = queryOf(req).get('filename');
    if (!name) throw parameterMissing('filename', CREATE);
    return { name, contentType: req.get('content-type') ?? 'application/octet-stream', bytes: bytesOf(req) };
  }
  const file = await fileIn(form, 'attachment', CREATE);
  const filename = form.get('filename');
  return { ...file, name: typeof filename === 'string' && filename !== '' ? filename : file.name };
}
