import { expect, test } from 'vitest';
import { disagreements } from '../setup/second-opinion.ts';
import { headline, startReferenceBridge } from './reference-world.ts';
import { startWorld } from './world.ts';

test('sip.js reads every message of the headline journey as we do', async () => {
  await using world = await startWorld();
  await using _bridge = await startReferenceBridge(world);
  const journey = await headline(world);
  const entries = world.log.read({ journey }).filter(({ kind }) => kind === 'sip.message');
  const sent = entries.filter(({ data }) => data['direction'] === 'out');
  expect(sent.map(({ data }) => data['method'] ?? data['status'])).toEqual(expect.arrayContaining(['INVITE', 'ACK', 'BYE', 180, 200]));
  // What came in was sent by the reference bridge, which stands on the same stack.
  expect(disagreements(entries.map(({ data }) => String(data['raw'])))).toEqual([]);
});
