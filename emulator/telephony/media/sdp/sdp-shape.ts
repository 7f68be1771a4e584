/** What an SDP looks like beyond what it says. */
export interface SdpShape {
  /** User name of `o=`. */
  readonly username: string;
  /** Address of `o=`; the media address by default. */
  readonly originAddress?: string;
  /** `s=`. */
  readonly sessionName: string;
  /** `a=maxptime`, in ms. */
  readonly maxptime?: number;
  /** Adds `a=rtcp:<port+1>`. */
  readonly rtcp?: boolean;
}

/** The SDP of Twilio's trunks as seen in public traces: the `o=` address is a private one. */
export const twilioShape: SdpShape = {
  username: 'root',
  originAddress: '172.18.150.22',
  sessionName: 'Twilio Media Gateway',
  maxptime: 20,
};

/** Nothing but what RFC 8866 asks for. */
export const plainShape: SdpShape = { username: '-', sessionName: '-' };
