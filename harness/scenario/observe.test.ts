import { expect, test } from 'vitest';
import { type Finding, observe, type ObserveOptions } from './observe.ts';
import { anEntry, testControl } from './test-control.ts';

type Seen = Finding & { over: boolean };
const YES: Seen = { holds: true, over: false, seen: ['yes'] };
const NO: Seen = { holds: false, over: false, seen: ['no'] };

/** Looks that find one thing after another; the last lasts. */
function script(...findings: Seen[]): { look: () => Promise<Seen>; count: () => number } {
  let index = 0;
  return { look: async () => findings[Math.min(index++, findings.length - 1)] as Seen, count: () => index };
}

const POSITIVE: ObserveOptions = { negated: false, nature: 'event' };
const NEGATIVE: ObserveOptions = { negated: true, nature: 'event' };

test('a positive holds as soon as it does, looking again with each entry', async () => {
  await using world = await testControl({ expectMs: 10_000, settleMs: 5_000 });
  const { look } = script(NO, YES);
  const finding = observe(world.stage, look, POSITIVE);
  await world.append(anEntry());
  expect(await finding).toEqual(YES);
});

test('a positive gives up early when it is final, or when all is over and quiet; else when time is up', async () => {
  await using world = await testControl({ expectMs: 30_000, settleMs: 20 });
  expect(await observe(world.stage, script({ ...NO, final: true }).look, POSITIVE)).toMatchObject({ holds: false });
  expect(await observe(world.stage, script({ ...NO, over: true }).look, POSITIVE)).toMatchObject({ holds: false });
  expect(await observe(world.stage, script(NO).look, { ...POSITIVE, withinMs: 60 })).toMatchObject({ holds: false });
});

test('a negative does not pass at once: what comes late is still seen', async () => {
  await using world = await testControl({ settleMs: 400 });
  const late = script(NO, NO, NO, YES);
  expect(await observe(world.stage, late.look, NEGATIVE)).toEqual(YES);
});

test('a negative does not pass at once when it looks final: a bridge may link a call anew', async () => {
  await using world = await testControl({ settleMs: 400 });
  const final = { ...NO, final: true };
  expect(await observe(world.stage, script(final, final, YES).look, NEGATIVE)).toEqual(YES);
  const exact: ObserveOptions = { negated: true, nature: 'exact' };
  expect(await observe(world.stage, script(final).look, exact)).toEqual(final);
});

test('a negative passes when things have settled; each entry starts the quiet anew', async () => {
  await using world = await testControl({ settleMs: 150, expectMs: 10_000 });
  const { look, count } = script(NO);
  const finding = observe(world.stage, look, NEGATIVE);
  for (let round = 0; round < 3; round += 1) {
    await world.append(anEntry());
    expect(count()).toBeGreaterThan(0);
  }
  expect(await finding).toEqual(NO);
  expect(count()).toBeGreaterThan(4);
});

test('the delay that a scenario asked of webhooks is waited for', async () => {
  await using world = await testControl({ settleMs: 20 });
  world.stage.longestDelayMs = 300;
  expect(await observe(world.stage, script(NO, NO, NO, YES).look, NEGATIVE)).toEqual(YES);
});

test('an exact number counts only when things have settled', async () => {
  await using world = await testControl({ settleMs: 200 });
  const exact: ObserveOptions = { negated: false, nature: 'exact' };
  expect(await observe(world.stage, script(YES, YES, { ...NO, final: true }).look, exact)).toMatchObject({ holds: false });
  expect(await observe(world.stage, script(YES).look, exact)).toEqual(YES);
});

test('a state that ends counts as absent once its absence lasts', async () => {
  await using world = await testControl({ settleMs: 120 });
  expect(await observe(world.stage, script(YES, YES, NO).look, { negated: true, nature: 'state' })).toEqual(NO);
  expect(await observe(world.stage, script(YES).look, { negated: true, nature: 'state' })).toEqual(YES);
});

test('a state that shows only after half a second is no absence', async () => {
  await using world = await testControl({ settleMs: 100, expectMs: 100 });
  const late = script(...Array.from({ length: 8 }, () => NO), YES);
  expect(await observe(world.stage, late.look, { negated: true, nature: 'state' })).toEqual(YES);
});

test('the end of the emulator ends every wait', async () => {
  await using world = await testControl({ expectMs: 30_000 });
  const finding = observe(world.stage, script(NO).look, POSITIVE);
  world.endStream();
  await expect(finding).rejects.toThrow('the emulator has stopped');
});

test('the death of the bridge ends every wait with its message', async () => {
  await using world = await testControl({ expectMs: 30_000 });
  const finding = observe(world.stage, script(NO).look, POSITIVE);
  world.desk.announceDeath('The bridge ended with exit code 1.');
  await expect(finding).rejects.toThrow('The bridge ended with exit code 1.');
});
