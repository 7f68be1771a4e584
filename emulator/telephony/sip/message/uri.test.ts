import { describe, expect, it } from 'vitest';
import { decodeUser, parseUri, uriScheme } from './uri.ts';

describe('parseUri', () => {
  it.each([
    ['sip:example.com', { scheme: 'sip', host: 'example.com' }],
    ['SIPS:bob@example.com:5061', { scheme: 'sips', user: 'bob', host: 'example.com', port: 5061 }],
    ['sip:bob:secret@h_1.example', { user: 'bob', password: 'secret', host: 'h_1.example' }],
    ['sip:+14155550100;npdi;rn=+14155559999@10.0.0.1', { user: '+14155550100;npdi;rn=+14155559999', host: '10.0.0.1' }],
    ['sip:a@[2001:db8::1]:5060', { user: 'a', host: '2001:db8::1', port: 5060 }],
    ['sip:%2B14155550100@h', { user: '%2B14155550100' }],
    ['sip:user;par=u%40example.net@example.com', { user: 'user;par=u%40example.net', host: 'example.com' }],
    ['sip:#31#0302312@h', { user: '#31#0302312' }],
    ['sip:A@h?Privacy=id', { user: 'A', host: 'h', headers: 'Privacy=id' }],
    [
      "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wd~_too.(doesn't-it)@example.com",
      { user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", host: 'example.com' },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseUri(text)).toMatchObject(expected);
  });

  it('reads parameters by lower-case name', () => {
    const uri = parseUri('sip:a@h;Transport=tcp;lr;maddr=10.0.0.1');
    expect([...(uri?.params ?? [])]).toEqual([
      ['transport', 'tcp'],
      ['lr', undefined],
      ['maddr', '10.0.0.1'],
    ]);
  });

  it('reads tel URIs', () => {
    expect(parseUri('tel:+1-415-555-0100;ext=7')).toMatchObject({ scheme: 'tel', number: '+1-415-555-0100' });
    expect(parseUri('tel:5550100;phone-context=+1415')?.params.get('phone-context')).toBe('+1415');
  });

  it.each(['', 'bob', 'http://x', 'sip:', 'sip:a@', 'sip:a@h:99999', 'anonymous@anonymous.invalid', 'sip:a b@h c'])(
    'is undefined for %j',
    (text) => {
      expect(parseUri(text)).toBeUndefined();
    },
  );
});

it('names the scheme', () => {
  expect(uriScheme('soap.beep://192.0.2.103:3002')).toBe('soap.beep');
  expect(uriScheme('no scheme')).toBeUndefined();
});

it('resolves escapes once', () => {
  expect(decodeUser('%2B1415')).toBe('+1415');
  expect(decodeUser('sips%3Auser%2540example.com')).toBe('sips:user%40example.com');
  expect(decodeUser('100%')).toBe('100%');
});
