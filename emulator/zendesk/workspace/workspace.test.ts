import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Core, createCore } from '../../core/core.ts';
import { NoToneLeft, type Voice, Voices } from '../../telephony/media/index.ts';
import { createAccounts } from '../account/index.ts';
import { createSupport, type Support } from '../support/index.ts';
import type { CallCard } from './entities.ts';
import { createWorkspace, type OfferDraft, type Workspace } from './index.ts';

let core: Core;
let support: Support;
let workspace: Workspace;
let voices: Voices;
let heard: string[];

beforeEach(() => {
  core = createCore({ seed: 1 });
  const accounts = createAccounts(core);
  support = createSupport({ core, accounts });
  accounts.create({ subdomain: 'acme' });
  voices = new Voices({ clock: core.clock });
  workspace = createWorkspace({ core, support, voices });
  heard = [];
});

afterEach(() => {
  workspace.clear('acme');
  core.close();
});

const call = (): OfferDraft => {
  const card: CallCard = {
    callId: 1,
    journey: core.journeys.open('acme', 'sip-in').id,
    line: 'Main line',
    callerName: 'Ada',
    callerNumber: '+14155550100',
    ticketId: 35,
  };
  return { card, limitMs: 30_000, onOutcome: (outcome) => heard.push(outcome), onHangUp: () => heard.push('hung up') };
};
const advance = (milliseconds: number): void => core.businessClock('acme').advance(milliseconds);

describe('agents', () => {
  it('are Zendesk users of role agent, in their groups', () => {
    const agent = workspace.add('acme', { name: 'Grace Hopper', groups: ['Support', 'Sales'] });
    expect(support.users.get('acme', agent.id)).toMatchObject({ name: 'Grace Hopper', email: 'grace.hopper@acme.example', role: 'agent' });
    const ids = ['Support', 'Sales'].map((name) => support.groups.findByName('acme', name)?.id);
    expect(agent.groupIds).toEqual(expect.arrayContaining(ids));
    expect(workspace.add('acme', { name: 'Grace', email: 'grace.hopper@acme.example' }).id).toBe(agent.id);
    expect(workspace.list('acme')).toHaveLength(1);
  });

  it('say in the journal what their availability was before', () => {
    const { id } = workspace.add('acme', { name: 'Grace Hopper' });
    workspace.presence('acme', id, 'away');
    workspace.presence('acme', id, 'away');
    const told = core.journal.read({ kind: 'agent.presence' }).map(({ data }) => data as Record<string, unknown>);
    expect(told.map(({ previous, presence }) => [previous, presence])).toEqual([
      ['offline', 'online'],
      ['online', 'away'],
      ['away', 'away'],
    ]);
    expect(told[0]?.['changedAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('are offered by their groups as they are now, the longest idle first', () => {
    const one = workspace.add('acme', { name: 'One', groups: ['Support'] });
    const two = workspace.add('acme', { name: 'Two', groups: ['Sales'] });
    const group = support.groups.findByName('acme', 'Support')?.id ?? 0;
    expect(workspace.online('acme', [group]).map(({ name }) => name)).toEqual(['One']);
    support.groups.addMember('acme', group, two.id);
    workspace.offer('acme', one.id, call());
    advance(0);
    expect(heard).toEqual(['accepted']);
    expect(workspace.online('acme', [group]).map(({ name }) => name)).toEqual(['Two', 'One']);
    workspace.presence('acme', two.id, 'away');
    expect(workspace.online('acme', [group]).map(({ name, activity }) => `${name} ${activity}`)).toEqual(['One on_call']);
  });

  it.each([
    ['automatically', 2_000, 'accepted'],
    ['declines', 2_000, 'declined'],
    ['ignores', 30_000, 'missed'],
    ['when-told', 30_000, 'missed'],
  ] as const)('who answer "%s" have %i ms later %s', (answers, milliseconds, outcome) => {
    const { id } = workspace.add('acme', { name: 'Grace', answers, answerAfterMs: 2_000 });
    workspace.offer('acme', id, call());
    // The business clock runs on in real time: some slack before the moment.
    advance(milliseconds - 1_500);
    expect(heard).toEqual([]);
    advance(1_500);
    expect(heard).toEqual([outcome]);
    expect(workspace.get('acme', id).activity).toBe(outcome === 'accepted' ? 'on_call' : 'idle');
  });

  it('hang up, are in wrap-up as long as the line says, and are free again', () => {
    const { id } = workspace.add('acme', { name: 'Grace', answers: 'when-told' });
    const offer = workspace.offer('acme', id, call());
    workspace.answer('acme', id);
    workspace.hangup('acme', id);
    expect(heard).toEqual(['accepted', 'hung up']);
    const wrapUps: number[] = [];
    workspace.release('acme', offer, 10_000, (length) => wrapUps.push(length));
    expect(workspace.get('acme', id).activity).toBe('wrap_up');
    advance(10_000);
    expect(workspace.get('acme', id).activity).toBe('idle');
    expect(wrapUps[0]).toBeGreaterThanOrEqual(9_999);
  });

  it('leave wrap-up without limit when told', () => {
    const { id } = workspace.add('acme', { name: 'Grace', answers: 'when-told' });
    const offer = workspace.offer('acme', id, call());
    workspace.answer('acme', id);
    workspace.release('acme', offer, 'no_limit');
    advance(3_600_000);
    expect(workspace.get('acme', id).activity).toBe('wrap_up');
    workspace.endWrapUp('acme', id);
    expect(workspace.get('acme', id).activity).toBe('idle');
  });

  it('say what is wrong with what they are told', () => {
    const { id } = workspace.add('acme', { name: 'Grace', answers: 'when-told' });
    expect(() => workspace.answer('acme', id)).toThrow('no call rings at agent Grace, who is idle');
    expect(() => workspace.hangup('acme', id)).toThrow('agent Grace is idle, not on a call');
    expect(() => workspace.endWrapUp('acme', id)).toThrow('not in wrap-up');
    expect(() => workspace.get('acme', 1)).toThrow('acme has no agent 1');
    expect(() => workspace.presence('acme', id, 'gone' as never)).toThrow('expected one of online, offline, away, transfers_only');
    workspace.offer('acme', id, call());
    expect(() => workspace.offer('acme', id, call())).toThrow('is ringing and cannot be offered a call');
  });

  it('have a voice each', () => {
    const [one, two] = ['One', 'Two'].map((name) => workspace.add('acme', { name }).id);
    const voice = workspace.voice('acme', one ?? 0);
    expect(workspace.voice('acme', one ?? 0)).toBe(voice);
    expect(workspace.voice('acme', two ?? 0).frequencyHz).not.toBe(voice.frequencyHz);
  });

  it('have it before a call rings at them, and are offered none while there is none to be had', () => {
    const { id } = workspace.add('acme', { name: 'Grace', answers: 'when-told' });
    const callers = [voices.create('acme', 'caller')];
    const takeAll = (): void => {
      expect(() => {
        for (;;) callers.push(voices.create('acme', 'caller'));
      }).toThrow(NoToneLeft);
    };
    takeAll();
    expect([workspace.isIdle('acme', id), workspace.tone('acme', id)]).toEqual([false, null]);
    let told = 0;
    workspace.onChange(() => told++);
    voices.release(callers.pop() as Voice);
    expect([workspace.isIdle('acme', id), told]).toEqual([true, 1]);
    workspace.offer('acme', id, call());
    expect(() => voices.create('acme', 'caller')).toThrow(NoToneLeft);
    workspace.answer('acme', id);
    expect([heard, workspace.voice('acme', id).name]).toEqual([['accepted'], 'Grace']);
  });

  it('hear no more of an offer that was taken back, and are free for the next', () => {
    const { id } = workspace.add('acme', { name: 'Grace', answers: 'when-told' });
    let changes = 0;
    workspace.onChange(() => changes++);
    workspace.withdraw('acme', workspace.offer('acme', id, call()));
    advance(60_000);
    expect([heard, workspace.get('acme', id).activity, changes]).toEqual([[], 'idle', 1]);
  });
});

it.each(['deleted', 'demoted'] as const)('an agent whose user is %s goes offline', (what) => {
  const bySystem = { userId: null, via: 'system' } as const;
  const [gone, other] = [workspace.add('acme', { name: 'Grace' }), workspace.add('acme', { name: 'Joan' })];
  support.users.update('acme', gone.id, { name: 'Grace Hopper' }, bySystem);
  expect(workspace.online('acme', [])).toHaveLength(2);
  if (what === 'deleted') support.users.delete('acme', gone.id, bySystem);
  else support.users.update('acme', gone.id, { role: 'end-user' }, bySystem);
  expect(workspace.online('acme', []).map((agent) => agent.id)).toEqual([other.id]);
});
