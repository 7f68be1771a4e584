/** Where a trunk sends its calls: a SIP URI with its place in the order. Ranges and defaults as Twilio documents them. */
export interface OriginationUri {
  readonly sid: string;
  /** `sip:HOST[:PORT][;parameters]` */
  readonly sipUrl: string;
  /** 0 to 65535, the lowest first. Default 10. */
  readonly priority: number;
  /** 1 to 65535: its share among those of the same priority. Default 10. */
  readonly weight: number;
  readonly enabled: boolean;
}

/** Whether a REFER from the bridge may move the caller elsewhere. */
export type TransferMode = 'disable-all' | 'sip-only' | 'enable-all';

/** Failures after which the next origination URI is tried: a status, a whole class, no answer in time, an unreachable peer. */
export type FailoverTrigger = number | '5xx' | 'timeout' | 'transport';

export interface TrunkSettings {
  /** Default `disable-all`. */
  readonly transferMode: TransferMode;
  /** Show the caller's name in From. Default false. */
  readonly cnamLookupEnabled: boolean;
  /** Send media to where it comes from instead of the SDP's address. Default false. */
  readonly symmetricRtpEnabled: boolean;
  /** From the first INVITE to the answer; then CANCEL, and no answer for the caller. Default 60 s (inferred). */
  readonly ringTimeoutMs: number;
  /** To the first response of each origination URI. Default 4 s (inferred). */
  readonly firstResponseMs: number;
  /** From the answer on; null for no end. Default 4 h (inferred). */
  readonly maxDurationMs: number | null;
  /** Default 5xx, 408, timeout, transport: 503 fails over and 486 does not, as recorded; the others are inferred. */
  readonly failoverOn: readonly FailoverTrigger[];
  /** Value of X-Twilio-VerStat; null (the default, as for forwarded calls) leaves it out. */
  readonly verStat: string | null;
}

/** A Twilio Elastic SIP trunk with one number. */
export interface Trunk extends TrunkSettings {
  readonly sid: string;
  readonly accountSid: string;
  /** The DID, E.164. */
  readonly number: string;
  /** `acme.pstn.twilio.com` */
  readonly domainName: string;
  readonly originationUris: readonly OriginationUri[];
}

export type OriginationUriDraft = Partial<OriginationUri> & Pick<OriginationUri, 'sipUrl'>;

export interface TrunkDraft extends Partial<TrunkSettings> {
  readonly number: string;
  /** Default `<account>.pstn.twilio.com`. */
  readonly domainName?: string;
  readonly originationUris?: readonly OriginationUriDraft[];
}

export const TRUNK_DEFAULTS: TrunkSettings = {
  transferMode: 'disable-all',
  cnamLookupEnabled: false,
  symmetricRtpEnabled: false,
  ringTimeoutMs: 60_000,
  firstResponseMs: 4_000,
  maxDurationMs: 4 * 3_600_000,
  failoverOn: ['5xx', 408, 'timeout', 'transport'],
  verStat: null,
};
