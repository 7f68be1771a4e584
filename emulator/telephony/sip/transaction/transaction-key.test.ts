import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../message/message.ts';
import { parseMessage } from '../message/parse-message.ts';
import { parseVia, topVia, type Via } from '../message/via.ts';
import { serverKey } from './transaction-key.ts';

interface Parts {
  method?: string;
  uri?: string;
  via?: string;
  to?: string;
  cseq?: number;
}

function keyOf({ method = 'INVITE', uri = 'sip:a@b', via = 'h:5060;branch=z9hG4bK1', to = '<sip:a@b>', cseq = 1 }: Parts = {}): string {
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${via}`,
    'From: <sip:x@y>;tag=f',
    `To: ${to}`,
    'Call-ID: c',
    `CSeq: ${cseq} ${method}`,
  ];
  const request = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)) as SipRequest;
  return serverKey(request, parseVia(topVia(request.headers) as string) as Via);
}

describe('serverKey (RFC 3261 17.2.3)', () => {
  it('tells peers with the same branch apart by sent-by', () => {
    expect(keyOf({ via: 'h:5061;branch=z9hG4bK1' })).not.toBe(keyOf());
    expect(keyOf({ via: 'H;branch=z9hG4bK1' })).toBe(keyOf());
  });

  it('tells methods apart, but finds the INVITE for its ACK', () => {
    expect(keyOf({ method: 'CANCEL' })).not.toBe(keyOf());
    expect(keyOf({ method: 'ACK', to: '<sip:a@b>;tag=t' })).toBe(keyOf());
  });

  it.each(['h', 'h;branch=1', 'h;branch=z9hG4bK'])('falls back to RFC 2543 for %s', (via) => {
    expect(keyOf({ via })).toBe(keyOf({ via }));
    expect(keyOf({ via, method: 'ACK', to: '<sip:a@b>;tag=t' })).toBe(keyOf({ via }));
    expect(keyOf({ via, cseq: 2 })).not.toBe(keyOf({ via }));
    expect(keyOf({ via, uri: 'sip:other@b' })).not.toBe(keyOf({ via }));
    expect(keyOf({ via: `${via};x=1` })).not.toBe(keyOf({ via }));
  });
});
