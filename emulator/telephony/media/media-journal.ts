import type { Core } from '../../core/core.ts';
import { formatAddress } from './rtp/address.ts';
import type { RtpEvent } from './rtp/rtp-event.ts';

/** A tap for `createMedia` that writes into the journal. */
export interface MediaJournal {
  /** `rtp.started`, `rtp.stopped`, `rtp.digit`, `rtp.problem`; the thread is the endpoint's label. */
  tap(event: RtpEvent): void;
}

export function createMediaJournal(core: Core, options: { peer?: string } = {}): MediaJournal {
  const peer = options.peer ?? 'bridge';
  return {
    tap(event) {
      const inward = 'direction' in event && event.direction === 'in';
      const { kind, label, party } = event;
      core.journal.append({
        kind: KINDS[kind],
        label: describe(event),
        from: inward ? peer : party,
        to: inward || kind === 'problem' ? party : peer,
        thread: label ?? null,
        data: dataOf(event),
      });
    },
  };
}

const KINDS = { started: 'rtp.started', stopped: 'rtp.stopped', digit: 'rtp.digit', problem: 'rtp.problem' } as const;

/** Written out for each kind: spreading takes longer than all the rest, and there are two of these to a call. */
function dataOf(event: RtpEvent): object {
  const local = formatAddress(event.local);
  const remote = event.remote ? formatAddress(event.remote) : null;
  if (event.kind === 'started') return { direction: event.direction, codec: event.codec, local, remote };
  if (event.kind === 'stopped') return { stats: event.stats, local, remote };
  if (event.kind === 'digit') return { direction: event.direction, digit: event.digit, local, remote };
  return { problem: event.problem, local, remote };
}

function describe(event: RtpEvent): string {
  const where = event.remote ? formatAddress(event.remote) : 'nowhere';
  if (event.kind === 'started')
    return event.direction === 'in' ? `RTP ${event.codec} comes from ${where}` : `RTP ${event.codec} goes to ${where}`;
  if (event.kind === 'digit') return `DTMF ${event.digit}`;
  if (event.kind === 'problem') return `media problem: ${event.problem}`;
  const { packetsSent, packetsReceived, lost } = event.stats;
  return `RTP ends: ${packetsSent} packets sent, ${packetsReceived} received, ${lost} lost`;
}
