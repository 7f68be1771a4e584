import { describe, expect, test } from 'vitest';
import { forwardedPresentation, presentationOf } from '../presentation.ts';
import type { CarrierProfile } from './carrier-profile.ts';
import { carrierProfile, CARRIERS } from './carriers.ts';
import { type CarrierIdentity, renderIdentity } from './render.ts';

const LINE = '+14155550150';
const DID = '+14155550199';
const CALLERS: Record<string, Parameters<typeof presentationOf>[0]> = {
  us: '+14155550100',
  uk: '+442079460018',
  withheld: { number: '+14155550100', withheld: true },
  unknown: { number: null },
};

function render(carrier: string, caller: string, forwarded = true): CarrierIdentity {
  const dialled = presentationOf(CALLERS[caller] ?? caller);
  const presentation = forwarded ? forwardedPresentation(dialled, LINE) : dialled;
  return renderIdentity(carrierProfile(carrier), { presentation, did: DID, trunkDomain: 'acme.pstn.twilio.com' });
}

const DIVERSION: [string, string] = ['Diversion', '<sip:+14155550199@twilio.com>;reason=unconditional'];
const ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>';

describe('carrier profiles', () => {
  test('clean keeps E.164, with the diversion that names only the DID', () => {
    expect(render('clean', 'uk')).toEqual({
      requestUser: DID,
      toUser: DID,
      from: '<sip:+442079460018@acme.pstn.twilio.com>',
      headers: [['P-Asserted-Identity', '<sip:+442079460018@203.0.113.7:5060>'], DIVERSION],
    });
  });

  for (const carrier of ['clean', 'national']) {
    test(`${carrier} shows nothing of a withheld caller, and asks for privacy`, () => {
      expect(render(carrier, 'withheld')).toMatchObject({ from: ANONYMOUS, headers: [['Privacy', 'id'], DIVERSION] });
    });

    test(`${carrier} asks for no privacy for a caller without a number`, () => {
      expect(render(carrier, 'unknown')).toMatchObject({ from: ANONYMOUS, headers: [DIVERSION] });
    });
  }

  test.each([
    ['us', '4155550100'],
    ['uk', '02079460018'],
    ['+33199001234', '0199001234'],
    ['+390612345678', '0612345678'],
    ['+5491123456789', '0111523456789'],
  ])('national writes %s as %s', (caller, digits) => {
    expect(render('national', caller)).toMatchObject({
      requestUser: DID,
      from: `<sip:${digits}@acme.pstn.twilio.com>`,
      headers: [['P-Asserted-Identity', `<sip:${digits}@203.0.113.7:5060>`], DIVERSION],
    });
  });

  test('replaced-caller leaves no trace of the caller, withheld or not', () => {
    const expected = {
      from: '<sip:+14155550150@acme.pstn.twilio.com>',
      headers: [['P-Asserted-Identity', '<sip:+14155550150@203.0.113.7:5060>'], DIVERSION],
    };
    expect(render('replaced-caller', 'us')).toMatchObject(expected);
    expect(render('replaced-caller', 'withheld')).toMatchObject(expected);
    expect(JSON.stringify(render('replaced-caller', 'us'))).not.toContain('14155550100');
  });

  test('replaced-caller without a forwarder keeps the caller', () => {
    expect(render('replaced-caller', 'us', false).from).toBe('<sip:+14155550100@acme.pstn.twilio.com>');
    expect(render('replaced-caller', 'withheld', false)).toMatchObject({ from: ANONYMOUS, headers: [DIVERSION] });
  });

  test('anonymous-asserted keeps the identity that the network knows', () => {
    const expected = {
      from: ANONYMOUS,
      headers: [['P-Asserted-Identity', '<sip:+14155550100@203.0.113.7>'], ['Privacy', 'id'], DIVERSION],
    };
    expect(render('anonymous-asserted', 'withheld')).toMatchObject(expected);
    expect(render('anonymous-asserted', 'us')).toMatchObject(expected);
    expect(render('anonymous-asserted', 'unknown').headers).toEqual([['Privacy', 'id'], DIVERSION]);
  });

  test('the name is shown only where the trunk looks names up, and quoted', () => {
    const presentation = presentationOf({ number: '+14155550100', name: 'Ada "A" Lovelace' });
    const context = { presentation, did: DID, trunkDomain: 'acme.pstn.twilio.com' };
    expect(renderIdentity(carrierProfile('clean'), { ...context, cnam: true }).from).toBe(
      String.raw`"Ada \"A\" Lovelace" <sip:+14155550100@acme.pstn.twilio.com>`,
    );
    expect(renderIdentity(carrierProfile('clean'), context).from).toBe('<sip:+14155550100@acme.pstn.twilio.com>');
    const broken = { ...context, presentation: presentationOf({ number: '+14155550100', name: 'Ada\r\nX-Evil: 1' }), cnam: true };
    expect(renderIdentity(carrierProfile('clean'), broken).from).toBe('"Ada X-Evil: 1" <sip:+14155550100@acme.pstn.twilio.com>');
  });

  test.each(CARRIERS.map((profile) => [profile.name]))('%s writes every kind of caller, forwarded or not', (carrier) => {
    for (const caller of Object.keys(CALLERS)) {
      for (const forwarded of [true, false]) {
        for (const text of [render(carrier, caller, forwarded).from, ...render(carrier, caller, forwarded).headers.flat()]) {
          expect(text).not.toMatch(/[{}]|undefined|null/);
        }
      }
    }
  });

  test('names are unique, and an unknown one is answered with those that exist', () => {
    expect(new Set(CARRIERS.map((profile) => profile.name)).size).toBe(CARRIERS.length);
    expect(() => carrierProfile('cleen')).toThrow(
      'there is no carrier profile "cleen"; known are clean, national, replaced-caller, anonymous-asserted',
    );
  });

  test('a profile with a misspelt placeholder or nothing for From says so', () => {
    const broken: CarrierProfile = { name: 'broken', title: '', from: '<sip:{calller}@{trunk}>', headers: [] };
    const context = { presentation: presentationOf({ number: null }), did: DID, trunkDomain: 'acme.pstn.twilio.com' };
    expect(() => renderIdentity(broken, context)).toThrow('carrier profile "broken" has the unknown placeholder {calller}');
    expect(() => renderIdentity({ ...broken, from: '<sip:{caller}@h>' }, context)).toThrow(
      'carrier profile "broken" has no from for this call',
    );
  });
});
