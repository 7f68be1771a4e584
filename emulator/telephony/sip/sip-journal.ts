import type { Journal } from '../../core/journal.ts';
import type { Redactor } from '../../core/redact.ts';
import { parseCSeq } from './message/cseq.ts';
import { type Address, formatAddress } from './transport/address.ts';
import type { SipProblem, SipTraffic } from './transport/traffic.ts';

/** `data` of a `sip.message` entry. */
export interface SipMessageData {
  direction: 'in' | 'out';
  protocol: 'udp';
  /** `host:port`. */
  local: string;
  remote: string;
  /** Of a request. */
  method?: string;
  /** Of a response. */
  status?: number;
  cseqMethod: string;
  callId: string;
  /** The whole message, as on the wire. */
  raw: string;
  retransmission: boolean;
}

/** `data` of a `sip.problem` entry. */
export interface SipProblemData {
  problem: string;
  remote: string;
  raw: string;
}

/** As much of a bad datagram as is worth keeping. */
const PROBLEM_BYTES = 2_048;

export interface SipJournal {
  tap(traffic: SipTraffic): void;
  problem(problem: SipProblem): void;
}

/**
 * Puts every SIP message on the timeline, in the thread of its Call-ID. Dialogs that we begin run between trunk and bridge,
 * those that the peer begins between bridge and Talk.
 */
export function createSipJournal(core: { journal: Journal; redactor: Redactor }): SipJournal {
  const { journal, redactor } = core;
  const addressText = addressTexts();
  return {
    tap(traffic) {
      const { direction, protocol, local, remote, message, retransmission, initiator } = traffic;
      const callId = message.headers.get('Call-ID') ?? '';
      const cseqMethod = parseCSeq(message.headers.get('CSeq'))?.method ?? '';
      const label = message.kind === 'request' ? `${message.method} ${message.uri}` : `${message.status} ${message.reason} (${cseqMethod})`;
      const ours = initiator === 'local' ? 'trunk' : 'talk';
      const [from, to] = direction === 'out' ? [ours, 'bridge'] : ['bridge', ours];
      const raw = redactor.text(traffic.text ?? text(traffic.bytes));
      const here = addressText(local);
      const there = addressText(remote);
      // Written out for both kinds: spreading takes longer than all the rest, and this runs for every message.
      const data: SipMessageData =
        message.kind === 'request'
          ? { direction, protocol, local: here, remote: there, method: message.method, cseqMethod, callId, raw, retransmission }
          : { direction, protocol, local: here, remote: there, status: message.status, cseqMethod, callId, raw, retransmission };
      journal.append({ kind: 'sip.message', label, from, to, thread: `call-id:${callId}`, data });
    },
    problem({ problem, bytes, remote }) {
      const data: SipProblemData = { problem, remote: formatAddress(remote), raw: redactor.text(text(bytes.subarray(0, PROBLEM_BYTES))) };
      journal.append({ kind: 'sip.problem', label: problem.split('\n')[0] ?? problem, from: 'ringback', to: 'ringback', data });
    },
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** So many ports have their text remembered. */
const MOST_PORTS = 1_000;

/** `formatAddress`, but entries that name the same address share one string. */
function addressTexts(): (address: Address) => string {
  const known = new Map<number, { host: string; text: string }>();
  return (address) => {
    const { host, port } = address;
    const last = known.get(port);
    if (last?.host === host) return last.text;
    const text = formatAddress(address);
    if (known.size >= MOST_PORTS) known.clear();
    known.set(port, { host, text });
    return text;
  };
}
