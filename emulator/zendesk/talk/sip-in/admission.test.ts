import { describe, expect, it } from 'vitest';
import { SipHeaders } from '../../../telephony/sip/index.ts';
import { freshSipInLine } from '../lines/apply.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { rejectionOf } from './admission.ts';
import type { Invitation } from './invitation.ts';

/** An INVITE to a line that takes TLS and SRTP only. */
function invitation(transport: string, profile: string): Invitation {
  const headers = new SipHeaders([
    ['Via', `SIP/2.0/${transport} 127.0.0.1:5070;branch=z9hG4bK1`],
    ['From', '<sip:+14155550100@bridge.example>;tag=1'],
    ['Content-Type', 'application/sdp'],
  ]);
  const body = Buffer.from(`v=0\r\nm=audio 40000 ${profile} 0\r\n`);
  const line = { ...freshSipInLine(1, 'support', 'acme.sip.twilio.com'), allowedCidrs: ['127.0.0.0/8'], secureMedia: true };
  const call = { remote: { host: '127.0.0.1', port: 5070 }, request: { headers, body } };
  return { line, call, caller: { number: '+14155550100', shown: '+14155550100' } } as unknown as Invitation;
}

describe('a line with secure media', () => {
  it.each([
    ['UDP', 'RTP/SAVP', 403],
    ['TLS', 'RTP/AVP', 488],
    ['TLS', 'RTP/SAVP', undefined],
  ])('over %s, with %s: %s', (transport, profile, status) => {
    expect(rejectionOf(invitation(transport, profile), DEFAULT_SETTINGS)?.status).toBe(status);
  });
});
