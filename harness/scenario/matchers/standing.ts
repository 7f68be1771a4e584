import type { JourneyView, LegView } from '../../emulator/journey-view.ts';

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
