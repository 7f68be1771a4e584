/** The one line of JSON that `ringback up --json` prints when all listeners are ready. */
export interface UpJson {
  /** Base of the control API, e.g. `http://127.0.0.1:4500/control`. */
  readonly controlUrl: string;
  readonly account: {
    readonly subdomain: string;
    /** The whole prefix before `/api/v2`. */
    readonly url: string;
    readonly email: string;
    readonly apiToken: string;
  };
  readonly line: {
    /** E.164 number that callers dial. */
    readonly number: string;
    /** E.164 number that the line overflows to. */
    readonly overflowTo: string | null;
  };
  readonly sip: {
    /** `host:port` of the emulator's SIP listener over UDP. */
    readonly udp: string;
  };
  readonly sipIn: {
    /** `sip:<user>@<host>` of the SIP-IN line. */
    readonly uri: string;
    readonly host: string;
    readonly user: string;
  };
  readonly trunk: {
    /** E.164 number of the trunk. */
    readonly number: string;
    /** SIP URI that the trunk calls; null while no bridge is known. */
    readonly originationUri: string | null;
  };
}
