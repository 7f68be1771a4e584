import type { Journey } from '../../core/journeys.ts';
import type { Voice, Voices } from '../../telephony/media/index.ts';
import { type BridgeHearing, hearsBridge, isBridgeOn, type PstnNetwork } from '../../telephony/pstn/index.ts';
import type { Workspace } from '../../zendesk/workspace/index.ts';

/** The rooms in which parties speak and listen. */
export interface HearingRooms {
  readonly voices: Voices;
  readonly pstn: PstnNetwork;
  readonly workspace: Workspace;
}

export interface HearingView extends BridgeHearing {
  readonly listener: string;
  readonly speaker: string;
}

/**
 * Who hears whom in a live journey: its caller (`caller`), its agents (by name) and the bridge. Voices of other journeys
 * appear only when somebody here hears them: crossed lines.
 */
export function hearingOf(rooms: HearingRooms, journey: Journey): HearingView[] {
  const { voices } = rooms;
  const parties = partiesOf(rooms, journey);
  const views: HearingView[] = [];
  for (const [listener, ear] of parties) {
    for (const voice of voices.list(journey.account)) {
      if (voice === ear) continue;
      const { hears, dominanceDb, share } = voices.hears(ear, voice);
      const own = [...parties].find(([, party]) => party === voice)?.[0];
      if (own !== undefined || hears) views.push({ listener, speaker: own ?? voice.name, hears, dominanceDb, share });
    }
    views.push({ listener, speaker: 'bridge', ...hearsBridge(voices, ear, () => isBridgeOn(journey.facts)) });
  }
  return views;
}

/** The journey's voices by the name that its view gives them. */
export function partiesOf(rooms: HearingRooms, journey: Journey): Map<string, Voice> {
  const { voices, pstn, workspace } = rooms;
  const parties = new Map<string, Voice>();
  const ports = pstn
    .calls(journey.account)
    .filter((call) => call.journey === journey.id)
    .map((call) => call.audio);
  const caller = voices.list(journey.account).find((voice) => ports.includes(voice.port));
  if (caller) parties.set('caller', caller);
  for (const agent of workspace.list(journey.account)) {
    const talking = agent.activity === 'on_call' && agent.call?.journey === journey.id;
    if (talking) parties.set(agent.name, workspace.voice(journey.account, agent.id));
  }
  return parties;
}
