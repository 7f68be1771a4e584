import { describe, expect, test } from 'vitest';
import { completeSeed, type Taken } from './complete-seed.ts';
import { freeNumber } from './free-numbers.ts';

const nothing: Taken = { subdomain: () => false, number: () => false, sipInUser: () => false, sipInHost: () => false };
const hex = (length: number): string => 'f'.repeat(length);

describe('completeSeed', () => {
  test('makes up a whole account of nothing', () => {
    expect(completeSeed({}, nothing, hex)).toEqual({
      subdomain: 'acme',
      email: 'admin@acme.example',
      apiToken: hex(40),
      groups: [{ name: 'Voice AI' }, { name: 'Support' }],
      talk: {
        lines: [{ nickname: 'Main line', number: '+12015550101', group: 'Voice AI', overflowTo: '+12015550100', voicemail: false }],
        sipIn: [
          {
            nickname: 'Support SIP',
            user: 'support',
            host: 'acme.zendesk.sip.twilio.com',
            group: 'Support',
            allowedCidrs: ['0.0.0.0/0', '::/0'],
          },
        ],
      },
      trunk: { number: '+12015550100', domainName: 'acme.pstn.twilio.com' },
    });
  });

  test('makes up what nobody else has', () => {
    const taken: Taken = {
      subdomain: (name) => name === 'acme',
      number: (number) => number <= '+12015550110',
      sipInUser: (user) => user === 'support',
      sipInHost: () => false,
    };
    const seed = completeSeed({}, taken, hex);
    expect(seed.subdomain).toBe('acme-2');
    expect([seed.trunk?.number, seed.talk.lines[0]?.number]).toEqual(['+12015550111', '+12015550112']);
    expect(seed.talk.sipIn[0]).toMatchObject({ user: 'support-2', host: 'acme-2.zendesk.sip.twilio.com' });
  });

  test('never makes up a number that the seed gives to another line', () => {
    const seed = completeSeed({ talk: { lines: [{ number: '+12015550100' }, {}] } }, nothing, hex);
    expect(new Set([seed.trunk?.number, ...seed.talk.lines.map((line) => line.number)]).size).toBe(3);
  });

  test('makes up a user for each SIP-IN line without one, and none that the seed gives to another', () => {
    const users = (sipIn: { user?: string }[]): unknown =>
      completeSeed({ talk: { sipIn } }, nothing, hex).talk.sipIn.map(({ user }) => user);
    expect(users([{}, {}])).toEqual(['support', 'support-2']);
    expect(users([{}, { user: 'Support' }])).toEqual(['support-2', 'Support']);
  });

  test('keeps what is given, none included', () => {
    const seed = completeSeed({ subdomain: 'globex', trunk: null, talk: { lines: [], sipIn: [] }, groups: [{ name: 'A' }] }, nothing, hex);
    expect(seed).toMatchObject({ subdomain: 'globex', trunk: null, talk: { lines: [], sipIn: [] }, groups: [{ name: 'A' }] });
  });

  test.for([
    [{ subdomain: 'acme' }, 'there is an account "acme" already'],
    [{ trunk: { number: '+14155550199' } }, 'the number +14155550199 belongs to another line or trunk'],
    [
      { talk: { sipIn: [{ user: 'support', host: 'x.sip.twilio.com' }] } },
      'support@x.sip.twilio.com cannot be a SIP-IN line: the host belongs to another account',
    ],
  ] as const)('refuses %j', ([seed, message]) => {
    const taken: Taken = {
      subdomain: (name) => name === 'acme',
      number: (number) => number === '+14155550199',
      sipInUser: () => false,
      sipInHost: (host) => host === 'x.sip.twilio.com',
    };
    expect(() => completeSeed(structuredClone(seed) as never, taken, hex)).toThrow(
      expect.objectContaining({ code: 'taken', message }) as Error,
    );
  });

  test('refuses one SIP-IN address for two lines, but not one user on two hosts', () => {
    expect(() => completeSeed({ talk: { sipIn: [{ user: 'a' }, { user: 'A' }] } }, nothing, hex)).toThrow(
      'gives the SIP-IN address a@acme',
    );
    const two = [{ user: 'a' }, { user: 'a', host: 'b.sip.twilio.com' }];
    expect(completeSeed({ talk: { sipIn: two } }, nothing, hex).talk.sipIn).toMatchObject(two);
  });

  test('refuses one number for two lines', () => {
    const line = { number: '+14155550150' };
    expect(() => completeSeed({ talk: { lines: [line, line] } }, nothing, hex)).toThrow('gives the number +14155550150 to two');
  });

  test('says so when all numbers are taken', () => {
    expect(() => freeNumber(() => true)).toThrow(/all \d+ numbers that Ringback makes up are taken/);
  });
});
