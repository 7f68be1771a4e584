import type { HeaderList } from '../call-types.ts';
import { SipHeaders } from '../message/headers.ts';
import { headerKey } from '../message/compact-names.ts';
import { SIP_VERSION, type SipRequest } from '../message/message.ts';
import { tagOf } from '../message/name-addr.ts';
import type { CallHost } from './host.ts';
import { appendBody } from './response.ts';

export interface OutgoingRequestParts {
  method: string;
  uri: string;
  headers?: HeaderList;
  body?: string | Uint8Array;
  contentType?: string;
}

/**
 * A request outside any dialog (RFC 3261 8.1.1): the given rows as they are, in their order; what is missing appended; our Via
 * at the empty Via, else first.
 */
export function outgoingRequest(host: CallHost, parts: OutgoingRequestParts): { request: SipRequest; branch: string } {
  const { method, uri } = parts;
  const branch = host.newBranch();
  const headers = new SipHeaders();
  let placed = false;
  for (const [name, value] of parts.headers ?? []) {
    const key = headerKey(name);
    const ours: boolean = key === 'via' && value.trim() === '' && !placed;
    placed ||= ours;
    if (ours) headers.append(name, host.via(branch));
    else if (key === 'from' && tagOf(value) === undefined) headers.append(name, `${value};tag=${host.newTag()}`);
    else headers.append(name, value);
  }
  if (!placed) headers.prepend('Via', host.via(branch));
  const fill = (name: string, value: () => string): void => {
    if (!headers.has(name)) headers.append(name, value());
  };
  fill('Max-Forwards', () => '70');
  fill('From', () => `${host.contact('ringback')};tag=${host.newTag()}`);
  fill('To', () => `<${uri}>`);
  fill('Call-ID', () => host.newCallId());
  fill('CSeq', () => `1 ${method}`);
  if (method === 'INVITE') fill('Contact', () => host.contact());
  if (host.userAgent !== undefined) fill('User-Agent', () => host.userAgent as string);
  const body = appendBody(headers, parts);
  return { request: { kind: 'request', method, uri, version: SIP_VERSION, headers, body }, branch };
}
