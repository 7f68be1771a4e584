import type { OriginationUriDraft, Trunk, TrunkDraft, TrunkSettings } from '../telephony/trunk/index.ts';

/** What a seed or a settings change says of a trunk; `trunkSettings` of seed.schema.json. */
export interface TrunkChanges extends Partial<TrunkSettings> {
  /** The only URI; null for none. */
  originationUri?: string | null;
  originationUris?: readonly Omit<OriginationUriDraft, 'sid'>[];
}

/** The trunk as it is, in the words in which it is changed. URIs are listed where one alone does not say it all. */
export function trunkSettings(trunk: Trunk): TrunkChanges {
  const { sid: _sid, accountSid: _account, number: _number, domainName: _domain, originationUris, ...settings } = trunk;
  const uris = originationUris.map(({ sid: _of, ...uri }) => uri);
  const isPlain = uris.length === 0 || (uris.length === 1 && uris[0]?.enabled === true);
  return { originationUri: firstUri(uris), ...(isPlain ? {} : { originationUris: uris }), ...settings };
}

/** The changes as the trunk takes them. @throws Error when two properties contradict each other. */
export function trunkDraft({ originationUri, originationUris, ...settings }: TrunkChanges): Partial<Omit<TrunkDraft, 'number'>> {
  if (originationUris !== undefined) {
    if (originationUri !== undefined && originationUri !== firstUri(originationUris)) {
      throw new Error(`the trunk's originationUri ${originationUri} is not the first of its originationUris; give one of the two`);
    }
    return { ...settings, originationUris };
  }
  if (originationUri === undefined) return settings;
  return { ...settings, originationUris: originationUri === null ? [] : [{ sipUrl: originationUri }] };
}

/** The URI that is tried first; null when there is none. */
export function originationUri(trunk: Trunk): string | null {
  return firstUri(trunk.originationUris);
}

function firstUri(uris: readonly Omit<OriginationUriDraft, 'sid'>[]): string | null {
  const enabled = uris.filter((uri) => uri.enabled ?? true).toSorted((a, b) => (a.priority ?? DEFAULT) - (b.priority ?? DEFAULT));
  return enabled[0]?.sipUrl ?? null;
}

/** Twilio's default priority of a URI. */
const DEFAULT = 10;
