import { inject, type TestAPI, test } from 'vitest';
import { registerMatchers } from './matchers/register.ts';
import type { ScenarioOptions } from './options.ts';
import { beginScenario, endScenario } from './perform.ts';
import { askForDeath, GoneError, openWire, type Wire } from './wire.ts';
import type { World } from './world.ts';

/** What happens in a scenario: `({ world: { caller, line } }) => …`. */
export type Performance = (context: { world: World }) => Promise<void> | void;

interface Declare {
  (name: string, performance: Performance): void;
  (name: string, options: ScenarioOptions, performance: Performance): void;
}

let wire: Promise<Wire> | undefined;

/** The worker's wire: opened by its first scenario, and anew when the emulator is another one (watch mode). */
async function wireOfWorker(): Promise<Wire> {
  const run = inject('ringback') as ReturnType<typeof inject<'ringback'>> | undefined;
  if (!run) throw new Error('scenarios run under `ringback scenarios`: it starts emulator and bridge first');
  const open = await wire;
  if (open && open.run.desk === run.desk) return open;
  open?.close();
  return (wire = openWire(run));
}

/** vitest's `test` with the scenario's world. */
function testWith(options: ScenarioOptions): TestAPI<{ world: World }> {
  registerMatchers();
  return test.extend<{ world: World }>({
    world: async ({ task, skip }, use) => {
      const own = await wireOfWorker();
      await refuseWithoutBridge(own, skip);
      const world = await beginScenario(own, task.name, options);
      await use(world);
      task.meta.ringbackTrace = await endScenario(world, task.id);
    },
  });
}

async function refuseWithoutBridge(own: Wire, skip: (note: string) => never): Promise<void> {
  const death = await askForDeath(own.run);
  if (!death) return;
  if (death.first) throw new GoneError(death.message);
  skip('not run: the bridge or the emulator had ended');
}

function declare(how: (api: TestAPI<{ world: World }>) => TestAPI<{ world: World }>['only']): Declare {
  return (name: string, ...rest: [Performance] | [ScenarioOptions, Performance]) => {
    const [options, performance] = rest.length === 1 ? [{}, rest[0]] : rest;
    const timeout = options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs };
    how(testWith(options))(name, timeout, ({ world }) => play(world, performance));
  };
}

/**
 * Plays a scenario. When bridge or emulator end meanwhile, that is what it says, whatever else went wrong because of it;
 * and it does not pass because it noticed nothing.
 */
async function play(world: World, performance: Performance): Promise<void> {
  const { run, log } = world.stage;
  const outcome = await Promise.resolve(performance({ world })).then(
    () => ({ error: undefined }),
    (error: unknown) => ({ error: error as Error }),
  );
  const death = await askForDeath(run, { patiently: log.broken !== undefined });
  if (death) throw new GoneError(death.message);
  if (outcome.error) throw outcome.error;
}

/**
 * Declares a scenario: one test of vitest, in a world of its own (the account as it was after the bridge connected).
 * @example
 * scenario('a caller who presses 0 reaches a human', async ({ world: { caller, agent, line, bridge } }) => {
 *   const journey = await caller.dials(line);
 *   await expect(journey).toBeForwardedTo(bridge);
 *   await agent.isOnline();
 *   await caller.presses('0');
 *   await agent.answers();
 *   await expect(caller).toHear(agent);
 * });
 */
export const scenario: Declare & { readonly only: Declare; readonly skip: Declare } = Object.assign(
  declare((api) => api as never),
  { only: declare((api) => api.only), skip: declare((api) => api.skip as never) },
);
