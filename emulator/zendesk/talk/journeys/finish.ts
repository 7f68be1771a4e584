import type { Core } from '../../../core/core.ts';
import { hasLiveLegs } from '../../../telephony/pstn/index.ts';

/**
 * A journey is over when its last leg has ended. Talk ends its calls, with tickets and voice comments, before the leg of
 * the caller (or of the bridge) ends, and the journal tells of a leg only after the commit: by then all is written.
 */
export function finishJourneys(core: Core): () => void {
  return core.journal.subscribe((entry) => {
    if (entry.kind !== 'leg.ended' || entry.journey === null) return;
    const journey = core.journeys.get(entry.journey);
    if (!journey || journey.state === 'finished' || hasLiveLegs(journey.facts)) return;
    const { id, account } = journey;
    core.journal.append({ kind: 'journey.finished', from: 'ringback', account, journey: id, label: 'the journey is over' });
    core.journeys.finish(id);
  });
}
