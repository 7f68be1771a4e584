import { SteerableClock } from '../../../core/steerable-clock.ts';
import { makeResponse } from '../dialog/response.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { parseMessage } from '../message/parse-message.ts';
import { startLine } from '../message/serialize-message.ts';
import type { ClientListener } from '../transaction/context.ts';
import { RFC_TIMERS } from '../transaction/timers.ts';
import { TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Transport } from '../transport/transport.ts';
import { Wire } from '../transport/wire.ts';

export const PEER = { host: '192.0.2.1', port: 5060 };
export const ROUTE = { remote: PEER, initiator: 'local' } as const;

/** Transactions over a transport that only takes notes, on a clock that stands still until advanced. */
export function transactionBench() {
  const clock = new SteerableClock({ startAt: 0 });
  /** `at start-line` of everything that was sent. */
  const sent: string[] = [];
  let failing: Error | undefined;
  const transport: Transport = {
    local: { host: '127.0.0.1', port: 5060 },
    send(bytes, _remote, failed) {
      sent.push(`${clock.now()} ${startLine(parseMessage(bytes)).replace(/ (sip:\S+ )?SIP\/2\.0|SIP\/2\.0 /, '')}`);
      if (failing) clock.setTimeout(() => failed(failing as Error), 0);
    },
    close: () => Promise.resolve(),
  };
  const wire = new Wire({ clock, guard: (run) => run(), local: transport.local });
  wire.attach(transport);
  const layer = new TransactionLayer({ clock, timers: RFC_TIMERS, wire });
  /** What the listener heard, with the time. */
  const heard: string[] = [];
  const listener: ClientListener = {
    response: (response) => heard.push(`${clock.now()} ${response.status}`),
    failed: (cause) => heard.push(`${clock.now()} ${cause}`),
  };
  return {
    clock,
    sent,
    heard,
    layer,
    listener,
    /** From now on sending fails. */
    breakNetwork: () => (failing = new Error('no route')),
    /** Times at which that start line went out. */
    timesOf: (line: string) => sent.filter((entry) => entry.endsWith(` ${line}`)).map((entry) => Number(entry.split(' ')[0])),
  };
}

export function aRequest(method: string, branch = 'z9hG4bKtest'): SipRequest {
  const lines = [
    `${method} sip:bob@192.0.2.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=${branch}`,
    'Route: <sip:192.0.2.1;lr>',
    'From: <sip:a@127.0.0.1>;tag=a',
    'To: <sip:bob@192.0.2.1>',
    'Call-ID: call',
    `CSeq: 7 ${method}`,
    'Max-Forwards: 70',
  ];
  return parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)) as SipRequest;
}

export function aResponse(request: SipRequest, status: number, toTag = 'b'): SipResponse {
  return makeResponse(request, status, {}, { toTag });
}
