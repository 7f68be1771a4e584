import { afterEach, describe, expect, it } from 'vitest';
import type { PhoneLineDraft, SipInLineDraft } from './drafts.ts';
import { isOpen } from './schedule.ts';
import { ACME, DID, LINE, TalkWorld } from '../testing/talk-world.ts';

let world: TalkWorld;

afterEach(() => world.close());

describe('phone lines', () => {
  it.each<[Partial<PhoneLineDraft> & Record<string, unknown>, string]>([
    [{ overflowTo: '4155550199' }, 'overflowTo of line +14155550150 is "4155550199"; expected E.164'],
    [{ overflowTo: '+18005550199' }, 'a toll-free number cannot be the overflow number'],
    [{ offeringLimitSeconds: 5 }, 'expected 15 to 120'],
    [{ wrapUp: 5 }, 'expected 10 to 1200 seconds, "no_limit" or "none"'],
    [{ forwardingCallerId: '+' }, 'forwardingCallerId of line +14155550150 is "+"'],
    [{ schedule: { timeZone: 'Mars/Olympus', intervals: [] } }, 'expected an IANA name'],
    [{ schedule: { timeZone: 'UTC', intervals: [{ startMinutes: 60, endMinutes: 60 }] } }, 'is no part of a week'],
    [{ colour: 'red' }, 'has no setting "colour"; it has nickname'],
  ])('refuse %j', (draft, problem) => {
    world = new TalkWorld();
    expect(() => world.talk.lines.addPhone(ACME, { number: LINE, ...draft })).toThrow(problem);
    expect(world.talk.lines.list(ACME)).toEqual([]);
    expect(world.pstn.attached(LINE)).toBe(false);
  });

  it('are connected to the network while they exist, and again after a restore', () => {
    world = new TalkWorld({ lines: [{ number: LINE }] });
    expect(world.pstn.attached(LINE)).toBe(true);
    const snapshot = world.core.store.snapshot(ACME, 'one');
    const other = world.talk.lines.addPhone(ACME, { number: '+14155550151' });
    world.talk.lines.remove(ACME, world.talk.lines.byNumber(ACME, LINE)?.id ?? 0);
    expect([LINE, other.number].map((number) => world.pstn.attached(number))).toEqual([false, true]);
    world.core.store.restore(snapshot);
    world.talk.reload(ACME);
    expect([LINE, other.number].map((number) => world.pstn.attached(number))).toEqual([true, false]);
  });

  it('do not take a number that somebody has', () => {
    world = new TalkWorld({ lines: [{ number: LINE }] });
    world.accounts.create({ subdomain: 'other' });
    expect(() => world.talk.lines.addPhone('other', { number: LINE })).toThrow('there is a Talk line +14155550150 already');
  });

  it('switch voicemail off with the first overflow number, unless told otherwise', () => {
    world = new TalkWorld({ lines: [{ number: LINE }] });
    const [line] = world.talk.lines.phones(ACME);
    expect(line).toMatchObject({ voicemail: true, overflow: { inside: null, outside: null } });
    expect(world.talk.lines.update(ACME, line?.id ?? 0, { overflowTo: DID })).toMatchObject({
      voicemail: false,
      overflow: { inside: DID, outside: DID },
    });
    expect(world.talk.lines.update(ACME, line?.id ?? 0, { overflowOutsideTo: null, voicemail: true })).toMatchObject({
      voicemail: true,
      overflow: { inside: DID, outside: null },
    });
  });

  it('are open by their schedule, in its time zone', () => {
    world = new TalkWorld();
    const mondayNineToFive = { timeZone: 'America/New_York', intervals: [{ startMinutes: 1_440 + 540, endMinutes: 1_440 + 1_020 }] };
    expect(isOpen(null, 0)).toBe(true);
    expect(isOpen(mondayNineToFive, Date.UTC(2026, 0, 5, 14, 0))).toBe(true);
    expect(isOpen(mondayNineToFive, Date.UTC(2026, 0, 5, 13, 59))).toBe(false);
    expect(isOpen(mondayNineToFive, Date.UTC(2026, 0, 5, 22, 0))).toBe(false);
  });
});

describe('SIP-IN lines', () => {
  it.each<[Partial<SipInLineDraft>, string]>([
    [{ overflowTo: DID }, 'associate an outbound phone number with it first'],
    [{ allowedCidrs: ['bridge.example'] }, 'allowedCidrs of line support@acme.zendesk.sip.twilio.com holds "bridge.example"'],
    [{ responses: { no_codec: 200 } }, 'expected a code from 400 to 699'],
    [{ outboundNumber: '123' }, 'outboundNumber of line'],
  ])('refuse %j', (draft, problem) => {
    world = new TalkWorld();
    expect(() => world.talk.lines.addSipIn(ACME, { user: 'support', ...draft })).toThrow(problem);
  });

  it('let everybody in where the seed says nothing, and change while they run', () => {
    world = new TalkWorld({ sipIn: [{ user: 'support' }] });
    const [line] = world.talk.lines.sipIns(ACME);
    expect(line).toMatchObject({ host: 'acme.zendesk.sip.twilio.com', allowedCidrs: ['0.0.0.0/0', '::/0'], voicemail: true });
    world.talk.lines.update(ACME, line?.id ?? 0, { allowedCidrs: ['192.0.2.0/24'] });
    expect(world.talk.lines.ofAlias('SUPPORT')).toMatchObject({ account: ACME, line: { allowedCidrs: ['192.0.2.0/24'] } });
    expect(() => world.talk.lines.addSipIn(ACME, { user: 'Support' })).toThrow('already');
  });
});

describe('a removed account', () => {
  it('has no SIP-IN line that answers', () => {
    world = new TalkWorld({ sipIn: [{ user: 'support' }] });
    const { accounts, core, talk } = world;
    const host = 'acme.zendesk.sip.twilio.com';
    const removal = (then: () => void): void =>
      core.store.transaction(() => {
        talk.remove(ACME);
        accounts.remove(ACME);
        expect([talk.lines.ofHost(host), talk.lines.ofAlias('support')]).toEqual([[], undefined]);
        then();
      });
    expect(talk.lines.ofHost(host)).toHaveLength(1);
    expect(() =>
      removal(() => {
        throw new Error('undo');
      }),
    ).toThrow('undo');
    expect(talk.lines.ofHost(host)).toHaveLength(1);
    removal(() => undefined);
    expect([talk.lines.ofHost(host), talk.lines.ofAlias('support')]).toEqual([[], undefined]);
  });
});

describe('settings of Talk', () => {
  it('merge, and refuse what does not exist', () => {
    world = new TalkWorld({ omnichannel: false });
    expect(world.talk.settings.set(ACME, { greetings: { voicemailMs: 0 } })).toMatchObject({
      omnichannel: false,
      greetings: { availableMs: 0, voicemailMs: 0, voicemailOffMs: 500 },
    });
    const blockedNumbers = ['+14155550100'];
    world.talk.settings.set(ACME, { maximumCallMinutes: undefined, blockedNumbers } as never);
    blockedNumbers.push('+14155550101');
    expect(world.talk.settings.get(ACME)).toMatchObject({ maximumCallMinutes: 240, blockedNumbers: ['+14155550100'] });
    expect(() => world.talk.settings.set(ACME, { ticketTiming: 'later' as never })).toThrow('expected one of queue_entry');
    expect(() => world.talk.settings.set(ACME, { colour: 'red' } as never)).toThrow('talk has no setting "colour"');
    expect(() => world.talk.settings.set(ACME, { toString: 1 } as never)).toThrow('talk has no setting "toString"');
  });

  it.each<[object, string]>([
    [{ maximumQueueWaitMinutes: 'never' }, 'talk.maximumQueueWaitMinutes is "never"; expected a number from 0'],
    [{ voicemailLimitSeconds: null }, 'talk.voicemailLimitSeconds is null; expected a number from 0'],
    [{ maximumQueueSize: -1 }, 'talk.maximumQueueSize is -1; expected a number from 0'],
    [{ maximumCallMinutes: 'long' }, 'talk.maximumCallMinutes is "long"; expected a number above 0, or null for no end'],
    [{ maximumCallMinutes: 0 }, 'talk.maximumCallMinutes is 0; expected a number above 0'],
    [{ unknownCallerTicket: 'never' }, 'expected one of when_answered, as_others'],
    [{ enabled: 'false' }, 'talk.enabled is "false"; expected true or false'],
    [{ voicemailKey: 1 }, 'talk.voicemailKey is 1; expected a text'],
    [{ blockedNumbers: '+14155550100' }, 'expected a list of numbers in E.164'],
    [{ greetings: { availableMs: 'short' } }, 'talk.greetings.availableMs is "short"; expected a number from 0'],
    [{ greetings: 300 }, 'talk.greetings is 300; expected an object with any of availableMs, voicemailMs'],
    [{ greetings: { holdMs: 3 } }, 'talk has no setting "greetings.holdMs"; it has availableMs'],
    [{ templates: { callSubject: 7 } }, 'talk.templates.callSubject is 7; expected a text'],
  ])('refuse %j', (patch, problem) => {
    world = new TalkWorld();
    const before = world.talk.settings.get(ACME);
    expect(() => world.talk.settings.set(ACME, patch)).toThrow(problem);
    expect(world.talk.settings.get(ACME)).toEqual(before);
    expect(world.talk.settings.set(ACME, { maximumCallMinutes: null, ticketTiming: null })).toMatchObject({ maximumCallMinutes: null });
  });

  it('are those of before after a step that was undone', () => {
    world = new TalkWorld();
    const { store } = world.core;
    expect(() =>
      store.transaction(() => {
        world.talk.settings.set(ACME, { omnichannel: false });
        throw new Error('undo');
      }),
    ).toThrow('undo');
    expect(world.talk.settings.get(ACME).omnichannel).toBe(true);
  });
});
