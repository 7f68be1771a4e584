import type { Request } from 'express';
import { invalidAttribute, parameterMissing } from '../errors.ts';
import type { FileDraft } from '../files/attachments.ts';

export type FormFile = Omit<FileDraft, 'token'>;

/** The body, read as bytes. */
export function bytesOf(req: Request): Uint8Array<ArrayBuffer> {
  return req.body instanceof Uint8Array ? new Uint8Array(req.body) : new Uint8Array();
}

/** The form that a body is (RFC 7578), undefined for any other. @throws ApiError 400 for one that is broken */
export async function formOf(req: Request, part: string, action: string): Promise<FormData | undefined> {
  const contentType = req.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined;
  return await new Response(bytesOf(req), { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw invalidAttribute(part, 'must be a file of a form', action);
  });
}

/** The file of a form's part. @throws ApiError 400 without it */
export async function fileIn(form: FormData | undefined, part: string, action: string): Promise<FormFile> {
  const file = form?.get(part);
  if (!(file instanceof File)) throw parameterMissing(part, action);
  return { name: file.name, contentType: file.type || 'application/octet-stream', bytes: new Uint8Array(await file.arrayBuffer()) };
}
