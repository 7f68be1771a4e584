import type { RtpEndpoint } from '../media/index.ts';
import { renegotiate } from '../renegotiate.ts';
import type { IncomingRequest } from '../sip/index.ts';
import type { TransferMode } from './entities.ts';
import { TRUNK_ALLOW } from './invite.ts';

export interface InDialogRequest {
  readonly request: IncomingRequest;
  readonly endpoint: RtpEndpoint;
  readonly transferMode: TransferMode;
  /** The bridge's answer in the ACK of a re-INVITE cannot be used. */
  readonly unusable: () => void;
}

/**
 * What the trunk says to requests of the bridge inside the call: hold and resume by re-INVITE, REFER by the trunk's transfer mode, and
 * 405 for the methods that Twilio's Allow leaves out (inferred).
 */
export function answerRequest({ request, endpoint, transferMode, unusable }: InDialogRequest): void {
  switch (request.request.method) {
    case 'INVITE':
      renegotiate(request, { endpoint, unusable });
      return;
    case 'REFER':
      refuseTransfer(request, transferMode);
      return;
    case 'OPTIONS':
      request.respond(200, { headers: [['Allow', TRUNK_ALLOW]] });
      return;
    case 'NOTIFY':
      // No subscription exists: 481 from the stack.
      return;
    default:
      request.respond(405, { headers: [['Allow', TRUNK_ALLOW]] });
  }
}

/**
 * `disable-all`: 603, the status that a public report has of a Twilio trunk (its cause there was not established). The other modes
 * are not emulated and say so.
 */
function refuseTransfer(request: IncomingRequest, transferMode: TransferMode): void {
  if (transferMode === 'disable-all') {
    request.respond(603);
    return;
  }
  request.respond(501, { headers: [['Warning', `399 ringback "REFER with transfer mode ${transferMode} is not emulated"`]] });
}
