import type { HearingView } from '../emulator/journey-view.ts';
import type { Journey } from './actors/journey.ts';
import { type Finding, observe } from './observe.ts';
import type { Stage } from './stage.ts';

/** Somebody who speaks and hears: each speaks a tone of their own, and hearing is measured at the listener's decoder. */
export interface Party {
  /** The name in `hearing` of a journey: `caller`, `bridge`, or an agent's. */
  readonly voice: string;
  readonly title: string;
  readonly stage: Stage;
  /** The call that they are in. @throws Error when they are in none */
  readonly journey: Journey | Promise<Journey>;
}

/** Whether the listener hears the speaker in the listener's call now. */
export async function lookAtHearing(listener: Party, speaker: Party): Promise<Finding & { over: boolean }> {
  const journey = await listener.journey;
  const view = await journey.view();
  const heard = view.hearing.filter((hearing) => hearing.listener === listener.voice);
  const wanted = heard.find((hearing) => hearing.speaker === speaker.voice);
  return {
    holds: wanted?.hears === true,
    over: view.state === 'finished',
    seen: view.state === 'finished' ? [`${journey.title} is over`] : describeHearing(listener, speaker, heard),
  };
}

function describeHearing(listener: Party, speaker: Party, heard: readonly HearingView[]): string[] {
  const others = heard.filter((hearing) => hearing.hears && hearing.speaker !== speaker.voice).map((hearing) => hearing.speaker);
  const wanted = heard.find((hearing) => hearing.speaker === speaker.voice);
  const instead = others.length > 0 ? `${listener.title} hears ${others.join(' and ')}` : `${listener.title} hears nobody`;
  if (!wanted) return [instead, `${speaker.title} is not in the same call`];
  if (wanted.hears)
    return [`${listener.title} hears ${speaker.title}`, ...(level(wanted) ? [`${speaker.title}'s tone${level(wanted)}`] : [])];
  if (wanted.dominanceDb === null)
    return [instead, `${speaker.title}'s tone is not known: half a second of sound that is nobody else's is hearing`];
  return [instead, `${speaker.title}'s tone${level(wanted) || ' is not there'}; 20 dB in 80 % of the windows is hearing`];
}

/** What the emulator says of a window without any sound. */
const SILENCE_DB = -99;

function level({ dominanceDb, share }: HearingView): string {
  if (dominanceDb === null || (dominanceDb <= SILENCE_DB && !share)) return '';
  return ` stands ${Math.round(dominanceDb)} dB above the rest${share === null ? '' : ` in ${Math.round(share * 100)} % of the windows`}`;
}

/** Waits until the listener hears the speaker. @throws Error that says what is heard instead */
export async function expectHearing(listener: Party, speaker: Party): Promise<void> {
  const finding = await observe(listener.stage, () => lookAtHearing(listener, speaker), { negated: false, nature: 'state' });
  if (!finding.holds) throw new Error(`${listener.title} does not hear ${speaker.title}: ${finding.seen.join('; ')}`);
}
