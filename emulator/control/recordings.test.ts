import { expect, test } from 'vitest';
import { testBridge } from './test-bridge.ts';
import { testEmulator, type TestEmulator } from './test-emulator.ts';

interface View {
  ticket: number;
  legs: { id: string; kind: string; state: string }[];
}

interface Recorded {
  party: string;
  leg: string;
  durationMs: number;
}

const states = (view: View, kind: string): string[] => view.legs.filter((leg) => leg.kind === kind).map((leg) => leg.state);

async function dial(world: TestEmulator, more: object): Promise<string> {
  const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', ...more });
  return `/journeys/${body.journey}`;
}

async function recordings(world: TestEmulator, path: string): Promise<Recorded[]> {
  return (await world.send<{ recordings: Recorded[] }>('GET', `${path}/recordings`)).body.recordings;
}

test('each leg has a recording of its own, which ends with it; a call that did not ask has none', async () => {
  await using bridge = await testBridge();
  await using world = await testEmulator({ bridge: bridge.uri, seed: { agents: [{ name: 'trunk' }] } });
  const alias = world.emulator.describe().sipIn?.alias ?? '';
  const path = await dial(world, { record: true });
  const { ticket } = await world.until<View>(path, (view) => states(view, 'trunk')[0] === 'answered');

  const transferred = async (wanted: string[]): Promise<Recorded[]> => {
    const call = await bridge.transfer(alias, '+14155550100', ticket);
    await world.until<View>(path, (view) => states(view, 'agent').at(-1) === 'answered' && states(view, 'agent').length === wanted.length);
    call.hangup();
    await world.until<View>(
      path,
      (view) => states(view, 'agent').join() === wanted.join() && states(view, 'sip-in').join() === wanted.join(),
    );
    return await recordings(world, path);
  };
  const first = await transferred(['ended']);
  const second = await transferred(['ended', 'ended']);
  expect(second).toEqual(expect.arrayContaining(first.filter(({ party }) => !['caller', 'overflow', 'trunk'].includes(party))));
  const { body } = await world.send<View>('GET', path);
  const ids = (kind: string): string[] => body.legs.filter((leg) => leg.kind === kind).map((leg) => leg.id);
  const [sipIns, agents] = [ids('sip-in'), ids('agent')];
  // An agent may have any name.
  expect(Object.fromEntries(second.map(({ party, leg }) => [party, leg]))).toEqual({
    caller: ids('caller')[0],
    overflow: ids('overflow')[0],
    trunk: ids('trunk')[0],
    'sip-in': sipIns[0],
    'trunk-2': agents[0],
    'sip-in-2': sipIns[1],
    'trunk-3': agents[1],
  });

  const other = await dial(world, {});
  await world.until<View>(other, (view) => states(view, 'trunk')[0] === 'answered');
  expect(await recordings(world, other)).toEqual([]);
});
