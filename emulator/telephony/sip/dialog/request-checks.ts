import type { ResponseOptions } from '../call-types.ts';
import type { SipRequest } from '../message/message.ts';
import { contentType } from '../message/sdp-body.ts';
import { uriScheme } from '../message/uri.ts';
import { parseVia } from '../message/via.ts';
import type { Address } from '../transport/address.ts';

export interface Refusal extends ResponseOptions {
  status: number;
}

/** What every request is refused for that we cannot serve (RFC 3261 8.2.2 and 8.2.3; sips: without TLS: RFC 5630 4). */
export function refusalOf(request: SipRequest): Refusal | undefined {
  const scheme = uriScheme(request.uri);
  if (scheme !== 'sip' && scheme !== 'tel') return { status: 416 };
  const required = request.headers.values('Require');
  if (required.length > 0) return { status: 420, headers: [['Unsupported', required.join(', ')]] };
  return request.method === 'INVITE' ? refusalOfBody(request) : undefined;
}

/** Loops (16.3, 8.2.2.2) and, for INVITEs, used-up hops: every part that our stack plays has further hops behind it. */
export function refusalOfWay(request: SipRequest, own: Address): Refusal | undefined {
  if (request.method === 'INVITE' && Number(request.headers.get('Max-Forwards') ?? 70) === 0) return { status: 483 };
  const vias = request.headers.values('Via');
  if (vias.length < 2) return undefined;
  const isOwn = (value: string): boolean => {
    const via = parseVia(value);
    return via?.host === own.host && (via.port ?? 5060) === own.port;
  };
  return vias.slice(1).some(isOwn) ? { status: 482 } : undefined;
}

function refusalOfBody(request: SipRequest): Refusal | undefined {
  const { headers } = request;
  if (request.body.length > 0 && !/handling\s*=\s*optional/i.test(headers.get('Content-Disposition') ?? '')) {
    const encoding = headers.get('Content-Encoding');
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return { status: 415, headers: [['Accept-Encoding', 'identity']] };
    const type = contentType(request);
    if (type !== undefined && type !== 'application/sdp' && !type.startsWith('multipart/')) {
      return { status: 415, headers: [['Accept', 'application/sdp']] };
    }
  }
  const accept = headers.get('Accept');
  return accept === undefined || acceptsSdp(accept) ? undefined : { status: 406 };
}

function acceptsSdp(accept: string): boolean {
  const ranges = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase());
  return ranges.some((range) => range === 'application/sdp' || range === 'application/*' || range === '*/*');
}
