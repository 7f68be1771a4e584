import { decodeWav, Ear } from 'ringback/sip';
import { expect, test } from 'vitest';
import { type Baresip, startBaresip } from './baresip.ts';
import { needsPrograms } from './programs.ts';
import { startWorld } from './world.ts';

needsPrograms('baresip');

/** What baresip speaks, as the bridge. */
const TONE = 1_000;

test.for([
  ['pcmu', 'caller'],
  ['pcma', 'agent'],
] as const)('baresip calls the line over %s: it hears the agent, the agent hears it, the %s hangs up', async ([codec, party]) => {
  await using world = await startWorld();
  await world.control.changeSettings({ bridgeToneHz: TONE });
  const grace = await world.control.addAgent({ name: 'Grace Hopper' });
  await using baresip = await startBaresip({ user: '+14155550100', dial: world.up.sipIn?.alias ?? '', toneHz: TONE, codec });
  const heard = await world
    .entry('the agent hears baresip', 'media.hearing', ({ data }) => data['speaker'] === 'bridge', { withinMs: 10_000 })
    .catch((error: unknown) => {
      throw new Error(`the agent never heard baresip, which says:\n${baresip.output}`, { cause: error });
    });
  expect(heard.data).toMatchObject({ listener: grace.name, frequencyHz: TONE, hears: true });
  expect(heard.journey).not.toBeNull();
  const journey = heard.journey ?? '';
  const { presentation, correlation } = await world.control.journey(journey);
  expect(presentation.onSipIn).toMatchObject({ number: '+14155550100', status: 200 });
  expect(correlation.rule).toBe('new-journey');

  await baresip.records(1_000);
  if (party === 'caller') await baresip.quit();
  else await world.control.hangUp(journey, 'agent');
  const over = await world.until(journey, 'finished', ({ state }) => state === 'finished');
  expect(over.legs.map(({ kind, endedBy }) => [kind, endedBy])).toEqual([
    ['sip-in', party === 'caller' ? 'caller' : 'talk'],
    ['agent', party],
  ]);
  if (party === 'agent') await baresip.printed('session closed');
  await baresip.quit();
  expect(world.sip(({ retransmission }) => retransmission === true)).toEqual([]);

  expect(earOf(baresip).measure(grace.toneHz ?? 0)).toMatchObject({ hears: true, share: 1 });
});

test('the trunk calls baresip: the caller hears it, it hears the caller, the caller hangs up', async () => {
  await using world = await startWorld();
  await using baresip = await startBaresip({ user: world.up.trunk?.number ?? '', toneHz: TONE });
  await world.control.changeSettings({ bridgeToneHz: TONE, trunk: { originationUri: `sip:${baresip.address}` } });
  const { journey } = await world.control.dial({ from: '+14155550100' });
  const heard = await world.entry('the caller hears baresip', 'media.hearing', ({ data }) => data['speaker'] === 'bridge', { journey });
  expect(heard.data).toMatchObject({ frequencyHz: TONE, hears: true });

  await baresip.records(1_000);
  await world.control.hangUp(journey);
  await world.until(journey, 'finished', ({ state }) => state === 'finished');
  await baresip.printed('session closed');
  await baresip.quit();
  expect(world.sip(({ retransmission }) => retransmission === true)).toEqual([]);
  // One tone and nothing else: the caller's own, which nobody else has.
  const caller = earOf(baresip).hearing(VOICES);
  expect(caller).toMatchObject({ share: 1 });
  expect(caller?.frequencyHz).not.toBe(TONE);
});

/** Every tone that a voice may have. */
const VOICES = Array.from({ length: 300 }, (_, index) => 400 + 10 * index);

/** An ear that has heard all that baresip recorded. */
function earOf(baresip: Baresip): Ear {
  const ear = new Ear();
  const samples = decodeWav(baresip.recording());
  for (let at = 0; at + 160 <= samples.length; at += 160) ear.write(samples.subarray(at, at + 160));
  return ear;
}
