import { describe, expect, test } from 'vitest';
import { aView } from '../test-control.ts';
import { complaint, forwarded, leg, ON_TRUNK, worldWith } from './test-journeys.ts';

describe('toBeForwardedTo', () => {
  test('holds when the bridge answered', async () => {
    await using world = await worldWith(forwarded());
    await expect(world.journey).toBeForwardedTo(world.bridge);
    expect(world.stage.expectations).toMatchObject([
      { outcome: 'met', text: 'the call of +14155550100 to be forwarded to the bridge (answered by it)' },
    ]);
  });

  test('says what the bridge answered instead', async () => {
    const busy = forwarded({
      legs: [leg('caller', 'ended'), leg('trunk', 'ended', { cause: 'busy', endedBy: 'bridge' })],
      presentation: { dialled: null, onTrunk: { ...ON_TRUNK, state: 'ended', status: 486 }, onSipIn: null },
    });
    await using world = await worldWith(busy);
    const message = await complaint(expect(world.journey).toBeForwardedTo(world.bridge));
    expect(message).toContain('seen: the leg to the bridge (sip:127.0.0.1:5080) ended: busy, by bridge');
    expect(message).toContain("the bridge's last answer to the INVITE was 486");
  });

  test('says why the call was not forwarded at all', async () => {
    await using world = await worldWith(aView({ legs: [leg('caller', 'answered'), leg('agent', 'ringing')] }));
    expect(await complaint(expect(world.journey).toBeForwardedTo(world.bridge))).toContain(
      'it was not forwarded, because Talk offers it to an agent: the leg to the agent (Grace Hopper) is ringing',
    );
  });
});
