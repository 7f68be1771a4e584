import type { SipStack, SipStackOptions } from './types.ts';

/** Opens the socket and starts answering. */
export async function createSipStack(options: SipStackOptions): Promise<SipStack> {
  throw new Error(`the SIP stack is being built (asked for ${options.udp.host}:${options.udp.port})`);
}
