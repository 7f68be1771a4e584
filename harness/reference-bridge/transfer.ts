import { AudioPipe, type Media, type OutgoingCall, parseUri, type RtpEndpoint, type SipStack } from 'ringback/sip';
import type { BridgeConfig } from './config.ts';
import type { Session } from './session.ts';

/** The AI agent's id in the X-OPENCX-AGENT-ID header. */
const AGENT_ID = 'reference-agent';

export interface Transfer {
  hangup(): void;
}

/**
 * From of the transfer leg: the caller, or that there is none to show (RFC 3323 §4.1.1.3). With the bridge's own number there,
 * Zendesk would take all callers without one for the same person; of anonymous callers it makes a new user each.
 */
function fromHeader(session: Session, config: BridgeConfig): string {
  const shown = config.defect === 'own-number-in-from' ? session.dialled : session.caller;
  return shown === undefined ? '"Anonymous" <sip:anonymous@anonymous.invalid>' : `<sip:${shown}@${config.sip.host}>`;
}

/** Headers of the transfer INVITE, as seed users send them; the ticket only when one is linked. */
function transferHeaders(session: Session, config: BridgeConfig): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['From', fromHeader(session, config)],
    ['To', `<${config.sipInUri}>`],
  ];
  if (session.ticketId !== undefined && config.defect !== 'drop-ticket-header') {
    headers.push(['X-Zendesk-Ticket-Id', String(session.ticketId)]);
  }
  headers.push(['X-OPENCX-SESSION-ID', session.id], ['X-OPENCX-AGENT-ID', AGENT_ID], ['X-OPENCX-TRANSFER', 'true']);
  if (session.contact) headers.push(['X-OPENCX-CONTACT-ID', String(session.contact.zendeskUserId)]);
  return headers;
}

/** Where the INVITE is sent: the configured proxy, or the host of the URI. */
function nextHop(config: BridgeConfig): { host: string; port: number } {
  if (config.outboundProxy) return config.outboundProxy;
  const uri = parseUri(config.sipInUri);
  if (!uri || uri.scheme === 'tel') throw new Error(`SIP_IN_URI is "${config.sipInUri}"; expected sip:line@host`);
  return { host: uri.host, port: uri.port ?? 5060 };
}

/** Carries the two legs' audio to each other. */
function joinAudio(caller: RtpEndpoint, agent: RtpEndpoint): void {
  const [toAgent, toCaller] = [new AudioPipe(), new AudioPipe()];
  caller.sinks.add(toAgent);
  agent.sinks.add(toCaller);
  agent.source = toAgent;
  caller.source = toCaller;
  caller.on('digit', (digit) => passOn(agent, digit));
  agent.on('digit', (digit) => passOn(caller, digit));
}

/** Nobody is there to get the key any more when the call ends while it sounds. */
function passOn(to: RtpEndpoint, digit: string): void {
  to.sendDigits(digit).catch(() => undefined);
}

/**
 * Calls the SIP-IN line and, once it answers, connects it with the caller. `onOutcome` is told once: undefined for
 * success, else why not; the caller then stays with the bridge.
 */
export async function startTransfer(
  parts: { config: BridgeConfig; sip: SipStack; media: Media },
  session: Session,
  onOutcome: (failure: string | undefined) => void,
): Promise<void> {
  const { config, sip, media } = parts;
  const leg = await media.open('transfer');
  if (session.state === 'ended') {
    leg.close();
    return;
  }
  const call: OutgoingCall = sip.call({
    uri: config.sipInUri,
    target: nextHop(config),
    headers: transferHeaders(session, config),
    body: leg.offer(),
  });
  session.transferSent = true;
  session.transfer = { hangup: () => call.hangup() };
  let joined = false;
  let problem: string | undefined;
  call.on('answered', (response) => {
    try {
      leg.accept(response.body);
    } catch (error) {
      problem = `the answer's SDP cannot be used: ${String(error)}`;
      call.hangup();
      return;
    }
    joined = true;
    joinAudio(session.media, leg);
    onOutcome(undefined);
  });
  call.on('ended', (end) => {
    leg.close();
    if (joined) session.call.hangup();
    else onOutcome(problem ?? (end.status === undefined ? end.cause : String(end.status)));
  });
}
