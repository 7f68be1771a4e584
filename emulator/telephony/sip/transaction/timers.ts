/** RFC 3261 17.1.1.1 and table 4, in milliseconds. The timers A to M follow from these. */
export interface SipTimers {
  /** Round-trip estimate: first retransmission (A, E, G). B, F, H, J, L and M are 64 times this. */
  t1: number;
  /** Longest interval between retransmissions of non-INVITE requests and of INVITE responses. */
  t2: number;
  /** Longest life of a message in the network (I, K). */
  t4: number;
  /** Timer D: how long repeated final responses to our INVITE are acknowledged. */
  d: number;
}

export const RFC_TIMERS: SipTimers = { t1: 500, t2: 4_000, t4: 5_000, d: 32_000 };
