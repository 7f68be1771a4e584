import { inspect } from 'node:util';
import type { UpJson } from '../emulator/up-json.ts';
import { adapterOf } from './adapter.ts';
import { startCommand } from './command-bridge.ts';
import type { BridgeAddress, BridgeConfig, InProcessBridge } from './config.ts';
import type { StartedBridge } from './started-bridge.ts';
import { StartupError } from './startup-error.ts';

/**
 * Starts the bridge under test as its configuration says, or takes it as it runs.
 * @throws StartupError with what to do, when it does not start or is not ready in time.
 */
export async function startBridge(config: BridgeConfig, options: { emulator: UpJson; cwd: string }): Promise<StartedBridge> {
  if ('command' in config) return startCommand(config, options);
  if ('start' in config) return startInProcess(config, options.emulator);
  return {
    ...adapterOf(config.adapter, options.emulator, () => config),
    address: config,
    restartable: false,
    restart: () => Promise.reject(new Error(RUNS_ELSEWHERE)),
    onDeath: () => {},
    stop: () => Promise.resolve(),
  };
}

const RUNS_ELSEWHERE =
  'the bridge runs elsewhere (`bridge.sip` in ringback.config.ts): Ringback cannot start it anew. ' +
  'Leave this scenario out (`scenarios` of the configuration), or let Ringback start the bridge (`bridge.command` or `bridge.start`)';

async function startInProcess(config: InProcessBridge, emulator: UpJson): Promise<StartedBridge> {
  const start = async (env: Readonly<Record<string, string>> = {}): ReturnType<InProcessBridge['start']> => {
    try {
      const started = await config.start({ emulator, env });
      if (typeof started?.sip === 'string' && typeof started.stop === 'function') return started;
      throw new TypeError(`it resolved to ${inspect(started)}`);
    } catch (cause) {
      throw new StartupError({
        what: `The bridge did not start: its start() in ringback.config.ts failed: ${cause instanceof Error ? cause.message : String(cause)}`,
        toDo: "make start() resolve to { sip: 'host:port', http, stop() { … } }; http may be left out.",
        cause,
      });
    }
  };
  let running = await start();
  let stopped = false;
  const address = (): BridgeAddress => running;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await running.stop();
  };
  return {
    ...adapterOf(config.adapter, emulator, address),
    get address() {
      return address();
    },
    restartable: true,
    async restart(env) {
      await stop();
      running = await start(env);
      stopped = false;
      return address();
    },
    onDeath: () => {},
    stop,
  };
}
