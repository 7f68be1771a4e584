import type { Core } from '../core/core.ts';
import type { HearingReport, RtpEvent } from '../telephony/media/index.ts';
import type { HearingRooms } from './views/hearing.ts';
import { partiesOf } from './views/hearing.ts';

/** Streams and digits as `rtp.*`: what flows between the bridge and the endpoint's owner. Packets are not journaled. */
export function journalRtp(core: Core, event: RtpEvent): void {
  const { kind, label, party, local, remote } = event;
  const incoming = 'direction' in event && event.direction === 'in';
  const addresses = { local: `${local.host}:${local.port}`, remote: remote ? `${remote.host}:${remote.port}` : null };
  const [text, data] = told(event);
  core.journal.append({
    kind: `rtp.${kind}`,
    thread: label ?? null,
    from: incoming ? 'bridge' : party,
    to: incoming ? party : 'bridge',
    label: text,
    data: { ...addresses, ...data },
  });
}

function told(event: RtpEvent): [label: string, data: object] {
  switch (event.kind) {
    case 'started':
      return [`RTP ${event.codec} ${event.direction}`, { direction: event.direction, codec: event.codec }];
    case 'stopped':
      return ['RTP stopped', { stats: event.stats }];
    case 'digit':
      return [`digit ${event.digit}`, { direction: event.direction, digit: event.digit }];
    case 'problem':
      return [event.problem, { problem: event.problem }];
  }
}

/** Somebody begins or ceases to hear somebody: `media.hearing`, in the journey whose party the listener is. */
export function journalHearing(rooms: HearingRooms & { core: Core }, report: HearingReport): void {
  const { account, listener, speaker, hears, dominanceDb, share } = report;
  const journey = rooms.core.journeys.live(account).find((each) => {
    return [...partiesOf(rooms, each).values()].some((voice) => voice.name === listener);
  });
  const column = listener.startsWith('caller ') ? 'caller' : 'agent';
  rooms.core.journal.append({
    kind: 'media.hearing',
    account,
    journey: journey?.id ?? null,
    from: column,
    label: `${listener} ${hears ? 'hears' : 'no longer hears'} ${speaker}`,
    data: { listener, speaker, hears, dominanceDb, share },
  });
}
