import type { HeaderList, ResponseOptions } from '../call-types.ts';
import { headerKey } from '../message/compact-names.ts';
import { SipHeaders } from '../message/headers.ts';
import { NO_BODY, SIP_VERSION, type SipRequest, type SipResponse } from '../message/message.ts';
import { tagOf } from '../message/name-addr.ts';
import { reasonPhrase } from '../message/reasons.ts';

/** What a response says of the side that sends it. */
export interface ResponseIdentity {
  /** Tag that To gets when it has none; not in a 100. */
  toTag: string;
  /** Value of Contact, for responses that begin or refresh a dialog. */
  contact?: string | undefined;
  /** Value of Server. */
  server?: string | undefined;
}

/** A response to the request: Via, From, To, Call-ID, CSeq and, with a contact, Record-Route as RFC 3261 8.2.6 and 12.1.1 say. */
export function makeResponse(request: SipRequest, status: number, options: ResponseOptions, identity: ResponseIdentity): SipResponse {
  const headers = new SipHeaders();
  const from = request.headers;
  headers.copy('Via', from);
  if (identity.contact !== undefined) headers.copy('Record-Route', from);
  headers.copy('From', from);
  const to = from.get('To');
  if (status > 100 && to !== undefined && tagOf(to) === undefined) headers.append('To', `${to};tag=${identity.toTag}`);
  else headers.copy('To', from);
  headers.copy('Call-ID', from);
  headers.copy('CSeq', from);
  if (status === 100) headers.copy('Timestamp', from);
  appendOptional(headers, 'Contact', identity.contact, options.headers);
  for (const [name, value] of options.headers ?? []) headers.append(name, value);
  appendOptional(headers, 'Server', identity.server, options.headers);
  const body = appendBody(headers, options);
  return { kind: 'response', status, reason: options.reason ?? reasonPhrase(status), version: SIP_VERSION, headers, body };
}

/** Adds Content-Type and Content-Length where they are missing, and returns the body. */
export function appendBody(headers: SipHeaders, options: { body?: string | Uint8Array; contentType?: string }): Uint8Array {
  const body = typeof options.body === 'string' ? Buffer.from(options.body, 'utf8') : (options.body ?? NO_BODY);
  if (body.length > 0 && !headers.has('Content-Type')) headers.append('Content-Type', options.contentType ?? 'application/sdp');
  if (!headers.has('Content-Length')) headers.append('Content-Length', String(body.length));
  return body;
}

function appendOptional(headers: SipHeaders, name: string, value: string | undefined, given: HeaderList = []): void {
  if (value !== undefined && !given.some(([other]) => headerKey(other) === headerKey(name))) headers.append(name, value);
}
