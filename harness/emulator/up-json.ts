/** An account as the control plane shows it; each address is of the account's first line, or null. */
export interface AccountView {
  readonly account: {
    readonly subdomain: string;
    /** The whole prefix before `/api/v2`; selects the account also on 127.0.0.1. */
    readonly url: string;
    readonly email: string;
    readonly apiToken: string;
  };
  readonly line: {
    /** E.164 number that callers dial. */
    readonly number: string;
    /** E.164 number that the line overflows to. */
    readonly overflowTo: string | null;
  } | null;
  readonly sipIn: {
    /** `sip:<user>@<host>` of the SIP-IN line. */
    readonly uri: string;
    readonly host: string;
    readonly user: string;
    /** The same line at the listener's own address, for bridges that cannot set an outbound proxy; null when an older line has it. */
    readonly alias: string | null;
  } | null;
  readonly trunk: {
    /** E.164 number of the trunk. */
    readonly number: string;
    readonly domainName: string;
    /** SIP URI that the trunk calls; null while no bridge is known. */
    readonly originationUri: string | null;
  } | null;
}

/** The one line of JSON that `ringback up --json` prints when all listeners are ready. */
export interface UpJson extends AccountView {
  /** Base of the control API, e.g. `http://127.0.0.1:4500/control`. */
  readonly controlUrl: string;
  readonly sip: {
    /** `host:port` of the emulator's SIP listener over UDP. */
    readonly udp: string;
  };
  readonly version: string;
  readonly randomSeed: number;
}
