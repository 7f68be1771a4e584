import { describe, expect, test } from 'vitest';
import { createCore } from '../../core/core.ts';
import { Random } from '../../core/random.ts';
import { carrierProfile, presentationOf } from '../pstn/index.ts';
import { TRUNK_DEFAULTS, type Trunk } from './entities.ts';
import { buildInvite, type Invite } from './invite.ts';

const { ids } = createCore({ seed: 1 });
const trunk: Trunk = {
  ...TRUNK_DEFAULTS,
  sid: ids.sid('TK'),
  accountSid: `AC${'a'.repeat(32)}`,
  number: '+14155550199',
  domainName: 'acme.pstn.twilio.com',
  originationUris: [],
};

function build(o: { from?: Parameters<typeof presentationOf>[0]; carrier?: string; trunk?: Partial<Trunk>; sipUrl?: string } = {}): Invite {
  return buildInvite({
    random: new Random(3),
    trunk: { ...trunk, ...o.trunk },
    presentation: presentationOf(o.from ?? '+14155550100'),
    carrier: carrierProfile(o.carrier ?? 'clean'),
    callSid: `CA${'c'.repeat(32)}`,
    sipUrl: o.sipUrl ?? 'sip:bridge.test:5070',
    edge: { host: '127.0.0.1', port: 5080 },
  });
}
const value = (invite: Invite, name: string): string | undefined => invite.headers.find(([header]) => header === name)?.[1];

describe('the INVITE of trunk origination', () => {
  test('has the documented headers in the documented order', () => {
    const invite = build();
    expect(invite.uri).toBe('sip:+14155550199@bridge.test:5070');
    const shapes: [name: string, shape: RegExp][] = [
      ['Record-Route', /^<sip:127\.0\.0\.1:5080;lr>$/],
      ['From', /^<sip:\+14155550100@acme\.pstn\.twilio\.com>;tag=\d{8}_[0-9a-f]{8}_[0-9a-f-]{36}$/],
      ['To', /^<sip:\+14155550199@bridge\.test:5070>$/],
      ['CSeq', /^[1-9]\d{4} INVITE$/],
      ['Max-Forwards', /^60$/],
      ['P-Asserted-Identity', /^<sip:\+14155550100@203\.0\.113\.7:5060>$/],
      ['Diversion', /^<sip:\+14155550199@twilio\.com>;reason=unconditional$/],
      ['Call-ID', /^[0-9a-f]{32}@0\.0\.0\.0$/],
      ['Via', /^$/],
      ['Via', /^SIP\/2\.0\/UDP 172\.25\.\d+\.\d+:5060;rport=5060;branch=z9hG4bK[0-9a-f-]{36}_[0-9a-f]{8}_\d+-\d+$/],
      ['Contact', /^<sip:\+14155550100@172\.25\.\d+\.\d+:5060;transport=udp>$/],
      ['Allow', /^ACK,BYE,CANCEL,INVITE,OPTIONS,REFER,NOTIFY$/],
      ['X-Twilio-AccountSid', /^AC[0-9a-f]{32}$/],
      ['User-Agent', /^Twilio Gateway$/],
      ['Content-Type', /^application\/sdp$/],
      ['X-Twilio-CallSid', /^CA[0-9a-f]{32}$/],
    ];
    expect(invite.headers.map(([name]) => name)).toEqual(shapes.map(([name]) => name));
    for (const [index, [, shape]] of shapes.entries()) expect(invite.headers[index]?.[1]).toMatch(shape);
  });

  test('tag and private branch carry the same ids', () => {
    const invite = build();
    const [, instance = '', dialog = ''] = (value(invite, 'From')?.split('tag=')[1] ?? '').split('_');
    expect(invite.headers.find(([name, text]) => name === 'Via' && text !== '')?.[1]).toContain(`branch=z9hG4bK${dialog}_${instance}_`);
  });

  test('copies host, port and parameters of the origination URI', () => {
    const invite = build({ sipUrl: 'sip:bridge.test:5070;transport=udp;x=1' });
    expect(invite.uri).toBe('sip:+14155550199@bridge.test:5070;transport=udp;x=1');
    expect(value(invite, 'To')).toBe('<sip:+14155550199@bridge.test:5070;transport=udp;x=1>');
  });

  test('carries nothing of Zendesk, and no header that Twilio does not send', () => {
    const known = ['X-Twilio-AccountSid', 'X-Twilio-CallSid'];
    for (const carrier of ['clean', 'national', 'replaced-caller', 'anonymous-asserted']) {
      const names = build({ carrier }).headers.map(([name]) => name);
      expect(names.filter((name) => name.startsWith('X-'))).toEqual(known);
      expect(names).not.toContain('Supported');
      expect(names).not.toContain('Remote-Party-ID');
    }
  });

  test('an anonymous caller is anonymous in the Contact too', () => {
    const invite = build({ carrier: 'anonymous-asserted' });
    expect(value(invite, 'From')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=/);
    expect(value(invite, 'Contact')).toMatch(/^<sip:anonymous@172\.25\./);
    expect(value(invite, 'Privacy')).toBe('id');
    expect(value(invite, 'P-Asserted-Identity')).toBe('<sip:+14155550100@203.0.113.7>');
  });

  test('shows name and verstat only when the trunk says so', () => {
    const invite = build({
      from: { number: '+14155550100', name: 'Ada' },
      trunk: { cnamLookupEnabled: true, verStat: 'TN-Validation-Passed-B' },
    });
    expect(value(invite, 'From')).toMatch(/^"Ada" <sip:\+14155550100@acme\.pstn\.twilio\.com>;tag=/);
    expect(value(invite, 'X-Twilio-VerStat')).toBe('TN-Validation-Passed-B');
  });
});
