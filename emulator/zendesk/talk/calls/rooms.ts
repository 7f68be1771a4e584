import type { Core } from '../../../core/core.ts';
import type { PstnCause, PstnNetwork } from '../../../telephony/pstn/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Lines } from '../lines/lines.ts';
import type { TalkSettingsService } from '../settings.ts';
import type { VoiceTickets } from '../tickets/voice-tickets.ts';
import type { LiveCall } from './live-call.ts';
import type { CallRecords } from './records.ts';
import type { WaitingCalls } from './waiting.ts';

/** Why nobody in the queue takes a call (overflow triggers, zendesk-talk §8). */
export type GiveUpReason = 'no_agents' | 'max_wait' | 'queue_full' | 'outside_business_hours' | 'voicemail_requested';

/** Who ended a call, and the word for why. */
export interface Ending {
  readonly by: 'caller' | 'agent' | 'talk' | 'callee' | 'network';
  readonly cause: PstnCause;
}

/** What can be done to a call next; each is in a file of its own and knows the others through this. */
export interface CallSteps {
  /** The line takes the call: greeting, then queue. */
  greet(call: LiveCall): void;
  /** Offers the call to the next agent, or lets it wait, or gives up. */
  offerNext(call: LiveCall): void;
  giveUp(call: LiveCall, reason: GiveUpReason): void;
  overflow(call: LiveCall, to: string): void;
  voicemail(call: LiveCall): void;
  refuse(call: LiveCall): void;
  end(call: LiveCall, ending: Ending): void;
}

/** What the files that move calls work with. */
export interface TalkRooms {
  readonly core: Core;
  readonly network: Pick<PstnNetwork, 'dial'>;
  readonly workspace: Workspace;
  readonly lines: Lines;
  readonly settings: TalkSettingsService;
  readonly records: CallRecords;
  readonly tickets: VoiceTickets;
  readonly waiting: WaitingCalls;
  /** Live calls by account. */
  readonly live: Map<string, Set<LiveCall>>;
  readonly steps: CallSteps;
}

const INSIDE = { from: 'talk', to: 'talk' } as const;

/** A state change of a call in the journal, from Zendesk's point of view. */
export function note(
  rooms: TalkRooms,
  call: LiveCall,
  kind: string,
  label: string,
  data: object = {},
  columns: { readonly from: string; readonly to: string } = INSIDE,
): void {
  const { from, to } = columns;
  const about = { callId: call.id, line: call.record.line, state: call.state, ticketId: call.ticket?.id ?? null, ...data };
  rooms.core.journal.append({ kind, label, from, to, account: call.account, journey: call.journey, data: about });
}
