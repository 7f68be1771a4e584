import { NotAcceptable, type RtpEndpoint } from './media/index.ts';
import type { HeaderList, IncomingRequest } from './sip/index.ts';

export interface Renegotiation {
  readonly endpoint: RtpEndpoint;
  /** Further rows of the 200. */
  readonly headers?: HeaderList;
  /** The ACK brought no answer that can be spoken: the call has to end. */
  unusable(error: NotAcceptable): void;
}

/**
 * Answers a re-INVITE (RFC 3261 14.2): by its offer it puts on hold, resumes or changes the codec; without one the 200 makes the
 * offer, and the ACK brings the answer. What cannot be spoken gets 488 and changes nothing.
 */
export function renegotiate(incoming: IncomingRequest, { endpoint, headers = [], unusable }: Renegotiation): void {
  const offer = incoming.request.body;
  try {
    if (offer.length === 0) {
      incoming.onAck = (ack) => guarded(() => endpoint.accept(ack.body), unusable);
      incoming.respond(200, { body: endpoint.offer(), headers });
    } else incoming.respond(200, { body: endpoint.answer(offer), headers });
  } catch (error) {
    if (!(error instanceof NotAcceptable)) throw error;
    incoming.respond(error.status, { headers: [warning(error)] });
  }
}

/** A Warning header (RFC 3261 20.43) that says what was wrong with a description. */
export function warning(error: NotAcceptable): readonly [name: string, value: string] {
  return ['Warning', `${error.warnCode} ringback "${error.message.replaceAll('"', "'")}"`];
}

/** Value of the Reason header of a BYE for a description that cannot be spoken. */
export function notAcceptableReason(error: NotAcceptable): string {
  return `SIP;cause=488;text="${error.message.replaceAll('"', "'")}"`;
}

function guarded(run: () => void, refused: (error: NotAcceptable) => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof NotAcceptable)) throw error;
    refused(error);
  }
}
