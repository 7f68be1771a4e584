import type { Core } from '../core/core.ts';
import type { HearingReport } from '../telephony/media/index.ts';
import { type HearingRooms, partiesOf } from './views/hearing.ts';

/** Somebody begins or ceases to hear somebody: `media.hearing`, in the journey whose party the listener is. */
export function journalHearing(rooms: HearingRooms & { core: Core }, report: HearingReport): void {
  const { account, listener, speaker, hears } = report;
  const journeys = rooms.core.journeys
    .live(account)
    .filter((journey) => [...partiesOf(rooms, journey).values()].some((voice) => voice.name === listener));
  rooms.core.journal.append({
    kind: 'media.hearing',
    account,
    // Two live calls of one number have callers of the same name: whose this is cannot be told.
    journey: journeys.length === 1 ? (journeys[0]?.id ?? null) : null,
    from: listener.startsWith('caller ') ? 'caller' : 'agent',
    label: `${listener} ${hears ? 'hears' : 'no longer hears'} ${speaker}`,
    data: report,
  });
}
