import type { JourneyView, LegView } from '../../emulator/journey-view.ts';
import type { Stage } from '../stage.ts';

const NAMES: Readonly<Record<LegView['kind'], string>> = {
  caller: "the caller's own leg",
  overflow: 'the forwarded leg',
  trunk: 'the leg to the bridge',
  'sip-in': "the bridge's transfer leg",
  agent: 'the leg to the agent',
};

/** "the leg to the bridge (sip:…) ended: busy, by bridge" */
export function describeLeg(leg: LegView): string {
  const end = leg.state === 'ended' ? `: ${leg.cause ?? 'no cause'}${leg.endedBy ? `, by ${leg.endedBy}` : ''}` : '';
  return `${NAMES[leg.kind]} (${leg.party}) ${leg.state === 'ended' ? 'ended' : `is ${leg.state}`}${end}`;
}

export function legOf(view: JourneyView, kind: LegView['kind']): LegView | undefined {
  return view.legs.findLast((leg) => leg.kind === kind);
}

/** Where a call stands, in a sentence or two, for messages. */
export function describeStanding(view: JourneyView): string {
  const legs = view.legs.map(describeLeg).join('; ');
  const ticket = view.ticket === null ? 'no ticket yet' : `ticket ${view.ticket}`;
  return `${view.state === 'finished' ? 'the journey is over' : 'so far'}: ${legs || 'no leg at all'}; ${ticket}`;
}

/**
 * Calls from the bridge that were taken for no live call's transfer, and why: what a journey whose transfer is missing may be
 * waiting for. Each reason once.
 */
export function describeStrays(stage: Stage, view: JourneyView): string[] {
  if (view.presentation.onSipIn) return [];
  const whys = stage.entries().flatMap(({ kind, data }) => {
    const why = kind === 'journey.joined' ? (data['evidence'] as { why?: string } | undefined)?.why : undefined;
    return why === undefined ? [] : `a call from the bridge began a journey of its own: ${why}`;
  });
  return [...new Set(whys)];
}
