import type { BridgeSession } from '../../bridge/config.ts';
import type { JournalEntry, SipMessageData } from '../../emulator/journal-entry.ts';
import type { JourneyView } from '../../emulator/journey-view.ts';
import type { Stage } from '../stage.ts';

/** The bridge's own record of the journey's call; undefined when it offers none or has none of this call. */
export async function sessionOf(stage: Stage, view: JourneyView): Promise<{ offered: boolean; session: BridgeSession | undefined }> {
  const sessions = await stage.sessions();
  const callId = view.presentation.onTrunk?.callId;
  return { offered: sessions !== undefined, session: sessions?.findLast((session) => callId !== undefined && session.callId === callId) };
}

/** SIP messages of the journey, or of the whole scenario, that have raw text. */
export function sipMessages(stage: Stage, journey?: string): (SipMessageData & { entry: JournalEntry })[] {
  return stage
    .entries(journey)
    .filter((entry) => entry.kind === 'sip.message')
    .map((entry) => ({ ...(entry.data as unknown as SipMessageData), entry }));
}
