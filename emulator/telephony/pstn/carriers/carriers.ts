import { anonymousAsserted } from './anonymous-asserted.ts';
import type { CarrierProfile } from './carrier-profile.ts';
import { clean } from './clean.ts';
import { national } from './national.ts';
import { replacedCaller } from './replaced-caller.ts';

/** Every profile that a call can ask for. */
export const CARRIERS: readonly CarrierProfile[] = [clean, national, replacedCaller, anonymousAsserted];

/** @throws Error naming the known profiles. */
export function carrierProfile(name: string): CarrierProfile {
  const profile = CARRIERS.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw new Error(`there is no carrier profile "${name}"; known are ${CARRIERS.map((known) => known.name).join(', ')}`);
}
