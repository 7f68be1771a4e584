import { describe, expect, test } from 'vitest';
import type { JourneyView } from '../../emulator/journey-view.ts';
import { Agent } from '../actors/agent.ts';
import { Caller } from '../actors/caller.ts';
import { JOURNEY } from '../test-control.ts';
import { complaint, forwarded, worldWith } from './test-journeys.ts';

describe('toHear', () => {
  const hearing = (hears: boolean, dominanceDb: number): JourneyView['hearing'][number] => ({
    listener: 'caller',
    speaker: 'Grace Hopper',
    hears,
    dominanceDb,
    share: 0.4,
  });

  test('says who is heard instead, and how near it was', async () => {
    const bridge = { listener: 'caller', speaker: 'bridge', hears: true, dominanceDb: null, share: null };
    await using world = await worldWith(forwarded({ hearing: [hearing(false, 12.4), bridge] }));
    world.on('POST /calls', () => ({ journey: JOURNEY }));
    const caller = new Caller(world.stage, { number: '+14155550100' });
    await caller.dials('+14155550150');
    const agent = new Agent(world.stage, { id: 9, name: 'Grace Hopper' });
    const message = await complaint(expect(caller).toHear(agent));
    expect(message).toContain('seen: +14155550100 hears bridge');
    expect(message).toContain("Grace Hopper's tone stands 12 dB above the rest in 40 % of the windows");
    await expect(caller).not.toHear(agent);
    world.view = forwarded({ hearing: [{ ...hearing(false, -99), share: 0 }] });
    expect(await complaint(expect(caller).toHear(agent))).toContain("hears nobody\n        Grace Hopper's tone is not there;");
    world.view = forwarded({ hearing: [hearing(true, 31)] });
    await expect(caller).toHear(agent);
    expect(await complaint(expect(caller).not.toHear(agent))).toContain(
      "seen: +14155550100 hears Grace Hopper\n        Grace Hopper's tone stands 31 dB above the rest",
    );
  });

  test('of the bridge in the same words; where its tone is not known, says so', async () => {
    const bridge = { listener: 'caller', speaker: 'bridge', hears: false };
    await using world = await worldWith(forwarded({ hearing: [{ ...bridge, dominanceDb: 12.4, share: 0.4 }] }));
    world.on('POST /calls', () => ({ journey: JOURNEY }));
    const caller = new Caller(world.stage, { number: '+14155550100' });
    await caller.dials('+14155550150');
    const measured = await complaint(expect(caller).toHear(world.bridge));
    expect(measured).toContain('seen: +14155550100 hears nobody');
    expect(measured).toContain(
      "the bridge's tone stands 12 dB above the rest in 40 % of the windows; 20 dB in 80 % of the windows is hearing",
    );
    world.view = forwarded({ hearing: [{ ...bridge, dominanceDb: null, share: null }] });
    expect(await complaint(expect(caller).toHear(world.bridge))).toContain(
      "the bridge's tone is not known: half a second of sound that is nobody else's is hearing",
    );
  });

  test('the bridge says itself what it hears of its caller', async () => {
    const call = { from: '+14155550100', to: '+14155550150', carrier: 'clean', state: 'answered', endedBy: null, cause: null } as const;
    await using world = await worldWith(forwarded({ call: { ...call, toneHz: 1000 } }), { readsSessions: true });
    world.on('POST /calls', () => ({ journey: JOURNEY }));
    const caller = new Caller(world.stage, { number: '+14155550100' });
    await caller.dials('+14155550150');
    world.sessions = [{ id: 's', callId: 'call-1', heardHz: 1000 }];
    expect(await world.bridge.tellsWhatItHears()).toBe(true);
    await expect(world.bridge).toHear(caller);
    world.sessions = [{ id: 's', callId: 'call-1', heardHz: 1370 }];
    expect(await complaint(expect(world.bridge).toHear(caller))).toContain('the bridge hears 1370 Hz; the caller speaks 1000 Hz');
    world.sessions = [{ id: 's', callId: 'call-1', heardHz: null }];
    await expect(world.bridge).not.toHear(caller);
    world.sessions = [{ id: 's', callId: 'call-1' }];
    expect(await world.bridge.tellsWhatItHears()).toBe(false);
    expect(await complaint(expect(world.bridge).toHear(caller))).toContain('turn it round: expect(caller).toHear(bridge)');
    await expect(async () => expect(world.bridge).toHear(world.bridge)).rejects.toThrow('the bridge can be asked about its caller only');
  });
});

test('toEnd says which leg is left, and who ended the call', async () => {
  await using world = await worldWith(forwarded());
  expect(await complaint(expect(world.journey).toEnd())).toContain('the leg to the bridge (sip:127.0.0.1:5080) is answered');
  world.view = forwarded({
    state: 'finished',
    legs: [],
    call: { from: null, to: '+1', carrier: 'clean', state: 'ended', endedBy: 'callee', cause: 'normal' },
  });
  await expect(world.journey).toEnd({ by: 'callee' });
  expect(await complaint(expect(world.journey).toEnd({ by: 'caller' }))).toContain('it ended by the callee with normal');
});
