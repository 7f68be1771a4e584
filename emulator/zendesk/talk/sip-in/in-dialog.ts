import type { RtpEndpoint } from '../../../telephony/media/index.ts';
import { notAcceptableReason, renegotiate } from '../../../telephony/renegotiate.ts';
import type { IncomingCall, IncomingRequest } from '../../../telephony/sip/index.ts';
import type { SipInLine } from '../lines/entities.ts';
import { ALLOW, refusalOf } from './responses.ts';

/**
 * Requests inside a SIP-IN call (zendesk-talk §12.3): REFER is not allowed, INFO may bring a digit, a re-INVITE may put the
 * line on hold or change the codec. The other methods that its Allow leaves out are not allowed either (inferred).
 */
export function takeRequest(
  incoming: IncomingRequest,
  o: { call: Pick<IncomingCall, 'hangup'>; line: SipInLine; endpoint: RtpEndpoint; onDigit: (digit: string) => void },
): void {
  const { request } = incoming;
  switch (request.method) {
    case 'REFER':
      incoming.respond(refusalOf('refer', o.line).status, { headers: [ALLOW] });
      return;
    case 'OPTIONS':
      incoming.respond(200, { headers: [ALLOW, ['Accept', 'application/sdp']] });
      return;
    case 'INFO': {
      const digit = infoDigit(request.headers.get('Content-Type') ?? '', request.body);
      incoming.respond(200);
      if (digit !== undefined) o.onDigit(digit);
      return;
    }
    case 'INVITE':
      renegotiate(incoming, {
        endpoint: o.endpoint,
        headers: [ALLOW],
        unusable: (error) => o.call.hangup({ reason: notAcceptableReason(error) }),
      });
      return;
    case 'NOTIFY':
      // No subscription exists: 481 from the stack.
      return;
    default:
      incoming.respond(405, { headers: [ALLOW] });
  }
}

/** `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`); undefined for anything else. */
export function infoDigit(contentType: string, body: Uint8Array): string | undefined {
  if (!/^\s*application\/dtmf/i.test(contentType)) return undefined;
  const text = new TextDecoder().decode(body);
  return (/^[\t ]*signal\s*=\s*([0-9A-D*#])\s*$/im.exec(text) ?? /^\s*([0-9A-D*#])\s*$/i.exec(text))?.[1]?.toUpperCase();
}
