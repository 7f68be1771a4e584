/** What an endpoint counted so far. Jitter and loss as RFC 3550 (A.3, A.8) reckons them. */
export interface RtpStats {
  packetsSent: number;
  bytesSent: number;
  packetsReceived: number;
  bytesReceived: number;
  /** Expected by sequence number and not received so far. */
  lost: number;
  duplicates: number;
  reordered: number;
  /** Came after their time to be played. */
  late: number;
  /** Datagrams that are no RTP, or of a payload type that was not agreed on. */
  bad: number;
  /** RTCP, which is read by nobody here. */
  rtcp: number;
  /** Changes of the sender's SSRC. */
  sourceChanges: number;
  jitterMs: number;
  digitsSent: number;
  digitsReceived: number;
  sendErrors: number;
}

export function emptyStats(): RtpStats {
  return {
    packetsSent: 0,
    bytesSent: 0,
    packetsReceived: 0,
    bytesReceived: 0,
    lost: 0,
    duplicates: 0,
    reordered: 0,
    late: 0,
    bad: 0,
    rtcp: 0,
    sourceChanges: 0,
    jitterMs: 0,
    digitsSent: 0,
    digitsReceived: 0,
    sendErrors: 0,
  };
}
