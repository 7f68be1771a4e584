/** `a=name` or `a=name:value`. */
export interface SdpAttribute {
  readonly name: string;
  readonly value?: string;
}

/** `c=`. */
export interface SdpConnection {
  readonly family: 4 | 6;
  readonly address: string;
}

/** `o=`. */
export interface SdpOrigin {
  readonly username: string;
  readonly sessionId: string;
  readonly version: string;
  readonly family: 4 | 6;
  readonly address: string;
}

/** One `m=` section. */
export interface SdpMedia {
  /** `audio`, `video` … */
  readonly kind: string;
  readonly port: number;
  /** `RTP/AVP` … */
  readonly protocol: string;
  /** Payload types, for RTP. */
  readonly formats: readonly string[];
  readonly connection?: SdpConnection;
  readonly attributes: readonly SdpAttribute[];
}

/** What we read of RFC 8866; other lines are skipped. */
export interface SessionDescription {
  readonly origin?: SdpOrigin;
  readonly name: string;
  readonly connection?: SdpConnection;
  readonly attributes: readonly SdpAttribute[];
  readonly media: readonly SdpMedia[];
}

/** The value of the first such attribute; an empty string for a flag. */
export function attribute(attributes: readonly SdpAttribute[], name: string): string | undefined {
  const found = attributes.find((candidate) => candidate.name === name);
  return found && (found.value ?? '');
}
