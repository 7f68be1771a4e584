import type { IncomingRequest } from '../call-types.ts';
import { ALLOWED, isKnownMethod } from '../message/methods.ts';

/** Answers a request inside a dialog that no listener took. Re-INVITEs are answered by the session, which knows our description. */
export function answerInDialog(request: IncomingRequest): void {
  const { method } = request.request;
  if (method === 'INFO') request.respond(200);
  else if (method === 'NOTIFY') request.respond(481);
  else answerOutside(request);
}

/** Answers a request outside any dialog that nobody took (RFC 3261 8.2.1, 11.2). */
export function answerOutside(request: IncomingRequest): void {
  const { method } = request.request;
  if (method === 'OPTIONS') {
    request.respond(200, {
      headers: [
        ['Allow', ALLOWED],
        ['Accept', 'application/sdp'],
        ['Accept-Encoding', 'identity'],
        ['Accept-Language', 'en'],
        ['Supported', ''],
      ],
    });
  } else request.respond(isKnownMethod(method) ? 405 : 501, { headers: [['Allow', ALLOWED]] });
}
