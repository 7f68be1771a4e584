import { NotAcceptable, type RtpEndpoint } from '../../../telephony/media/index.ts';
import { notAcceptableReason } from '../../../telephony/renegotiate.ts';
import type { IncomingCall, SipRequest } from '../../../telephony/sip/index.ts';

/** The session description of the 200: an answer to the INVITE's offer, or an offer of our own when it has none. */
export interface SessionAnswer {
  readonly sdp: string;
  /** The INVITE came without an offer: the ACK brings the answer. */
  readonly late: boolean;
}

/** @throws NotAcceptable when nothing in the offer can be spoken. */
export function sessionAnswer(endpoint: RtpEndpoint, invite: SipRequest): SessionAnswer {
  if (invite.body.length === 0) return { sdp: endpoint.offer(), late: true };
  return { sdp: endpoint.answer(invite.body), late: false };
}

/** Takes the answer that the ACK brings; hangs up when there is none that can be spoken. */
export function takeLateAnswer(call: IncomingCall, endpoint: RtpEndpoint): void {
  call.once('acked', (ack) => {
    try {
      endpoint.accept(ack.body);
    } catch (error) {
      if (!(error instanceof NotAcceptable)) throw error;
      call.hangup({ reason: notAcceptableReason(error) });
    }
  });
}
