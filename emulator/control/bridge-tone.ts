import type { Voices } from '../telephony/media/index.ts';
import { TALK_TONES } from '../zendesk/talk/index.ts';

/** @throws Error that says why the account's bridge cannot be known by this tone. */
export function requireBridgeTone({ voices }: { readonly voices: Voices }, account: string, toneHz: number): void {
  const [played] = Object.entries(TALK_TONES).find(([, tone]) => tone === toneHz) ?? [];
  const why = voices.refusal(account, toneHz) ?? (played && `Talk plays it (${played})`);
  if (why !== undefined) throw new Error(`bridgeToneHz is ${toneHz}, which cannot be the bridge's tone: ${why}`);
}
