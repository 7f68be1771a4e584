import { nationalDigits } from '../numbers.ts';
import { shownNumber } from '../presentation.ts';
import type { CarrierContext, CarrierProfile, HeaderText } from './carrier-profile.ts';

/** The upstream carrier's address, as P-Asserted-Identity shows it (RFC 5737 documentation range). */
export const CARRIER_IP = '203.0.113.7';

/** What a carrier profile made of a call. */
export interface CarrierIdentity {
  readonly requestUser: string;
  readonly toUser: string;
  /** Value of From without the tag. */
  readonly from: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

type Values = Readonly<Record<string, string | undefined>>;

const FORMATS: Readonly<Record<string, (e164: string) => string>> = {
  '': (value) => value,
  digits: (value) => value.replace(/^\+/, ''),
  national: nationalDigits,
};

/** @throws Error when a text has an unknown placeholder, or no text of From fits the call. */
export function renderIdentity(profile: CarrierProfile, context: CarrierContext): CarrierIdentity {
  const shown = shownNumber(context.presentation);
  const values = valuesOf(context);
  const requestUser = required(profile, 'requestUser', profile.requestUser ?? '{did}', values);
  return {
    requestUser,
    toUser: profile.toUser === undefined ? requestUser : required(profile, 'toUser', profile.toUser, values),
    from: required(profile, 'from', profile.from, values),
    headers: profile.headers.flatMap(({ name, value, when }): [string, string][] => {
      if (when === 'shown' ? shown === null : when === 'withheld' && !context.presentation.withheld) return [];
      const text = firstText(profile, value, values);
      return text === undefined ? [] : [[name, text]];
    }),
  };
}

function valuesOf({ presentation, did, trunkDomain, cnam }: CarrierContext): Values {
  const caller = shownNumber(presentation) ?? undefined;
  const name = cnam === true && caller !== undefined ? presentation.name : undefined;
  return {
    caller,
    number: presentation.number ?? undefined,
    asserted: presentation.asserted ?? undefined,
    line: presentation.diversions[0]?.number,
    did,
    cnam: name?.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/["\\]/g, '\\$&'),
    trunk: trunkDomain,
    carrierIp: CARRIER_IP,
  };
}

function required(profile: CarrierProfile, part: string, text: HeaderText, values: Values): string {
  const found = firstText(profile, text, values);
  if (found !== undefined) return found;
  throw new Error(`carrier profile "${profile.name}" has no ${part} for this call; end its list with a text without placeholders`);
}

function firstText(profile: CarrierProfile, text: HeaderText, values: Values): string | undefined {
  for (const candidate of typeof text === 'string' ? [text] : text) {
    let complete = true;
    const filled = candidate.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (placeholder, name: string, format = '') => {
      const formatted = FORMATS[format as string];
      if (!(name in values) || !formatted) {
        const known = `${Object.keys(values).join(', ')}; formats ${Object.keys(FORMATS).filter(Boolean).join(', ')}`;
        throw new Error(`carrier profile "${profile.name}" has the unknown placeholder ${placeholder}; known are ${known}`);
      }
      const value = values[name];
      if (value === undefined) complete = false;
      return value === undefined ? '' : formatted(value);
    });
    if (complete) return filled;
  }
  return undefined;
}
