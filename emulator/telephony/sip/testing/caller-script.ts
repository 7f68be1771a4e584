import { MemoryNetwork, type Peer } from './memory-network.ts';
import type { IncomingCall } from '../call-types.ts';
import type { SipHandlers, SipStackOptions } from '../types.ts';

const SDP = 'v=0\r\n';

interface RequestParts {
  method?: string;
  uri?: string;
  version?: string;
  /** Value of the topmost Via after the address. */
  branch?: string;
  vias?: string[];
  from?: string;
  to?: string;
  callId?: string;
  cseq?: number;
  headers?: string[];
  body?: string;
}

/** A stack on 5060 and a peer on 5070 whose requests a test writes by hand. */
export function handMade(handlers: SipHandlers = {}, options: Partial<SipStackOptions> = {}) {
  const network = new MemoryNetwork();
  const problems: string[] = [];
  const stack = network.stack(5060, { onProblem: ({ problem }) => problems.push(problem), ...options });
  const calls: IncomingCall[] = [];
  stack.handle({
    invite(call) {
      calls.push(call);
      if (handlers.invite) handlers.invite(call);
      else call.answer({ body: SDP });
    },
    ...(handlers.request ? { request: handlers.request } : {}),
  });
  const peer = network.peer(5070);
  let count = 0;
  const send = (parts: RequestParts = {}): void => {
    const { method = 'INVITE', uri = 'sip:bob@127.0.0.1:5060', version = 'SIP/2.0', body = '', headers = [], cseq = 1 } = parts;
    const lines = [
      `${method} ${uri} ${version}`,
      `Via: SIP/2.0/UDP 127.0.0.1:5070;branch=${parts.branch ?? `z9hG4bK${++count}`}`,
      ...(parts.vias ?? []),
      `From: ${parts.from ?? '<sip:alice@127.0.0.1>;tag=alice'}`,
      `To: ${parts.to ?? '<sip:bob@127.0.0.1>'}`,
      `Call-ID: ${parts.callId ?? 'call'}`,
      `CSeq: ${cseq} ${method}`,
      'Contact: <sip:alice@127.0.0.1:5070>',
      ...headers,
    ];
    if (body !== '' && !headers.some((row) => row.startsWith('Content-Type'))) lines.push('Content-Type: application/sdp');
    peer.send(5060, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body);
    network.clock.advance(50);
  };
  return { network, stack, peer, calls, problems, send, advance: (milliseconds: number) => network.clock.advance(milliseconds) };
}

/** The To value of the newest 2xx, tag included. */
export function toOf(peer: Peer): string {
  return /^To: (.*)\r$/m.exec(peer.last('SIP/2.0 200'))?.[1] ?? '';
}
