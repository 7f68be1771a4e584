import { expect, test } from 'vitest';
import type { JourneyView } from '../../harness/emulator/journey-view.ts';
import { needsPrograms } from './programs.ts';
import { type Sipp, startSipp } from './sipp.ts';
import { freeUdpPort } from './udp-ports.ts';
import { type PeerWorld, startWorld } from './world.ts';

needsPrograms('sipp');

/** A call that the caller ends as soon as the bridge has answered it; returns the journey when it is finished. */
async function shortCall(world: PeerWorld, from: string, withinMs = 10_000): Promise<JourneyView> {
  const { journey } = await world.control.dial({ from });
  const answered = ({ legs }: JourneyView): boolean => legs.some(({ kind, state }) => kind === 'trunk' && state === 'answered');
  await world.until(journey, 'the bridge answers', answered, withinMs);
  await world.control.hangUp(journey);
  return world.until(journey, 'finished', ({ state }) => state === 'finished');
}

/** Calls of different people, all at once. */
function shortCalls(world: PeerWorld, count: number, withinMs?: number): Promise<JourneyView[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => shortCall(world, `+1415555${2000 + index}`, withinMs)));
}

async function calledBy(world: PeerWorld, sipp: Sipp, firstResponseMs?: number): Promise<void> {
  const patience = firstResponseMs === undefined ? {} : { firstResponseMs };
  await world.control.changeSettings({ trunk: { originationUri: `sip:${sipp.address}`, ...patience } });
}

test('SIPp answers the trunk, and the caller hangs up', async () => {
  await using world = await startWorld();
  await using sipp = await startSipp({ scenario: 'answer.xml', calls: 10, keys: { audio_port: String(await freeUdpPort()) } });
  await calledBy(world, sipp);
  const journeys = await shortCalls(world, 10);
  await expect(sipp.done()).resolves.toEqual({ successful: 10, failed: 0, retransmissions: 0 });
  for (const view of journeys) {
    expect(view.call).toMatchObject({ endedBy: 'caller', cause: 'normal' });
    expect(view.legs.find(({ kind }) => kind === 'trunk')).toMatchObject({ answeredAt: expect.any(Number), endedBy: 'caller' });
  }
  expect(world.sip(({ retransmission }) => retransmission === true)).toEqual([]);
  for (const method of ['INVITE', 'ACK', 'BYE']) expect(world.sip((message) => message.method === method)).toHaveLength(10);
});

test('the stock uas answers the trunk', async () => {
  await using world = await startWorld();
  await using sipp = await startSipp({ scenario: 'uas' });
  await calledBy(world, sipp);
  const view = await shortCall(world, '+14155550100');
  expect(view.call).toMatchObject({ endedBy: 'caller', cause: 'normal' });
  expect(view.presentation.onTrunk).toMatchObject({ status: 200 });
});

test('SIPp hangs up: the caller is told that the other side did', async () => {
  await using world = await startWorld();
  await using sipp = await startSipp({
    scenario: 'answer-and-hang-up.xml',
    pauseMs: 100,
    keys: { audio_port: String(await freeUdpPort()) },
  });
  await calledBy(world, sipp);
  const { journey } = await world.control.dial({ from: '+14155550100' });
  await expect(sipp.done()).resolves.toEqual({ successful: 1, failed: 0, retransmissions: 0 });
  const view = await world.until(journey, 'finished', ({ state }) => state === 'finished');
  expect(view.call).toMatchObject({ endedBy: 'callee', cause: 'normal' });
});

test('SIPp is busy, and its 486 is acknowledged', async () => {
  await using world = await startWorld();
  await using sipp = await startSipp({ scenario: 'busy.xml' });
  await calledBy(world, sipp);
  const { journey } = await world.control.dial({ from: '+14155550100' });
  await expect(sipp.done()).resolves.toEqual({ successful: 1, failed: 0, retransmissions: 0 });
  const view = await world.until(journey, 'the 486 arrived', ({ presentation }) => presentation.onTrunk?.status === 486);
  expect(view.legs.find(({ kind }) => kind === 'trunk')).toMatchObject({ state: 'ended', endedBy: 'bridge', cause: 'busy' });
});

test('the caller hangs up while SIPp rings: CANCEL', async () => {
  await using world = await startWorld();
  await using sipp = await startSipp({ scenario: 'ring-until-cancelled.xml' });
  await calledBy(world, sipp);
  const { journey } = await world.control.dial({ from: '+14155550100' });
  await world.entry('SIPp rings', 'sip.message', ({ data }) => data['status'] === 180, { journey });
  await world.control.hangUp(journey);
  await expect(sipp.done()).resolves.toEqual({ successful: 1, failed: 0, retransmissions: 0 });
  const view = await world.until(journey, 'finished', ({ state }) => state === 'finished');
  expect(view.legs.find(({ kind }) => kind === 'trunk')).toMatchObject({ answeredAt: null, endedBy: 'caller' });
});

test('where messages get lost, our retransmissions carry the calls', { timeout: 60_000 }, async () => {
  await using world = await startWorld();
  const keys = { audio_port: String(await freeUdpPort()) };
  await using sipp = await startSipp({ scenario: 'answer.xml', calls: 40, lost: 10, pauseMs: 2_000, keys });
  // SIPp loses what it sends, too: its 180 and its 200 may both be late.
  await calledBy(world, sipp, 30_000);
  for (const view of await shortCalls(world, 40, 35_000)) expect(view.call).toMatchObject({ endedBy: 'caller', cause: 'normal' });
  expect(await sipp.done()).toMatchObject({ successful: 40, failed: 0 });
  const again = world.sip(({ retransmission, direction }) => retransmission === true && direction === 'out');
  expect(again.length).toBeGreaterThan(0);
  for (const { method } of again) expect(['INVITE', 'ACK', 'BYE']).toContain(method);
});
