import type { Leg } from '../../../telephony/pstn/index.ts';
import type { CallEnded, IncomingCall } from '../../../telephony/sip/index.ts';
import type { CallerIdentity } from '../calls/side.ts';
import type { SipInFacts } from '../journeys/facts.ts';
import type { Joined } from '../journeys/join.ts';
import type { SipInLine } from '../lines/entities.ts';
import type { TicketHeader } from './ticket-header.ts';

/** An INVITE that found its line: what was read from it, and the journey that it belongs to. */
export interface Invitation {
  readonly account: string;
  readonly line: SipInLine;
  readonly call: IncomingCall;
  readonly caller: CallerIdentity;
  readonly header: TicketHeader;
  readonly joined: Joined;
  readonly facts: SipInFacts;
  readonly leg: Leg;
  /** Journal thread of its SIP messages and its media. */
  readonly thread: string;
  /** What its end brings about; once it is let in, that of the call, too. */
  end: (ended: CallEnded) => void;
}

export function endLeg({ leg, facts }: Pick<Invitation, 'leg' | 'facts'>, ended: CallEnded): void {
  if (facts.status === null && ended.status !== undefined) facts.status = ended.status;
  leg.end(ended.by === 'remote' ? 'caller' : 'talk', ended.cause);
}
