import { resolve } from 'node:path';
import type { UpJson } from '../emulator/up-json.ts';
import { adapterOf } from './adapter.ts';
import { type BridgeAddress, type CommandBridge, READY_WITHIN_MS } from './config.ts';
import { type Ending, KeptProcess } from './kept-process.ts';
import { describeReadiness, type Told, untilReady } from './readiness.ts';
import type { StartedBridge } from './started-bridge.ts';
import { describeEnding, StartupError } from './startup-error.ts';

const STOP_WITHIN = 3_000;

interface Run {
  readonly process: KeptProcess;
  readonly address: BridgeAddress;
}

/**
 * Starts a bridge that is a command, and waits until it is ready.
 * @throws StartupError when it ends, is not ready in time, or does not say where its SIP listener is.
 */
export async function startCommand(config: CommandBridge, options: { emulator: UpJson; cwd: string }): Promise<StartedBridge> {
  const deathListeners: ((message: string) => void)[] = [];
  let death: string | undefined;
  const run = async (extra: Readonly<Record<string, string>> = {}): Promise<Run> => {
    const started = await runOnce(config, options, extra);
    const announce = (ending: Ending): void => {
      if (started.process.stopping) return;
      death = died(config, started.process, ending).message;
      for (const listener of deathListeners) listener(death);
    };
    if (started.process.ending) announce(started.process.ending);
    else started.process.once('ended', announce);
    return started;
  };
  let current = await run();
  return {
    ...adapterOf(config.adapter, options.emulator, () => current.address),
    get address() {
      return current.address;
    },
    restartable: true,
    async restart(env) {
      await current.process.stop();
      current = await run(env);
      return current.address;
    },
    onDeath(listener) {
      deathListeners.push(listener);
      if (death !== undefined) listener(death);
    },
    stop: async () => void (await current.process.stop()),
  };
}

async function runOnce(
  config: CommandBridge,
  options: { emulator: UpJson; cwd: string },
  extra: Readonly<Record<string, string>>,
): Promise<Run> {
  const process_ = new KeptProcess({
    command: config.command,
    cwd: resolve(options.cwd, config.cwd ?? '.'),
    env: { ...process.env, ...config.env?.({ emulator: options.emulator }), ...extra },
    graceMs: config.stopWithinMs ?? STOP_WITHIN,
  });
  const late = AbortSignal.timeout(config.readyWithinMs ?? READY_WITHIN_MS);
  const over = new AbortController();
  const outcome = await Promise.race([
    untilReady(process_, config.readiness, AbortSignal.any([late, over.signal])).then((told) => ({ told })),
    new Promise<{ ending: Ending }>((resolve_) => process_.once('ended', (ending) => resolve_({ ending }))),
    new Promise<'late'>((resolve_) => late.addEventListener('abort', () => resolve_('late'), { once: true })),
  ]);
  over.abort();
  if (outcome !== 'late' && 'told' in outcome && !late.aborted)
    return { process: process_, address: await addressOf(config, outcome.told, process_) };
  await process_.stop();
  throw outcome !== 'late' && 'ending' in outcome ? ended(config, process_, outcome.ending) : notReady(config, process_);
}

async function addressOf(config: CommandBridge, told: Told, process_: KeptProcess): Promise<BridgeAddress> {
  const sip = config.sip ?? told.sip;
  const http = config.http ?? told.http;
  if (sip !== undefined) return { sip, ...(http === undefined ? {} : { http }) };
  await process_.stop();
  throw new StartupError({
    what: `The bridge (${named(config)}) is ready, but nobody said where it takes SIP calls.`,
    toDo: 'set `bridge.sip: \'host:port\'` in ringback.config.ts, or let its ready line say it: {"ready":true,"sip":"127.0.0.1:5080"} with `readiness: { json: true }`.',
  });
}

const named = (config: CommandBridge): string => (typeof config.command === 'string' ? config.command : config.command.join(' '));

function ended(config: CommandBridge, process_: KeptProcess, ending: Ending): StartupError {
  return new StartupError({
    what: `The bridge (${named(config)}) ${describeEnding(ending)}${ending.problem === undefined ? ' before it was ready' : ''}.`,
    lines: process_.lines,
    toDo: 'check `bridge.command`, `bridge.cwd` and `bridge.env` in ringback.config.ts, and that the command works by itself.',
  });
}

function notReady(config: CommandBridge, process_: KeptProcess): StartupError {
  return new StartupError({
    what: `The bridge (${named(config)}) was not ready within ${config.readyWithinMs ?? READY_WITHIN_MS} ms: waited for ${describeReadiness(config.readiness)}.`,
    lines: process_.lines,
    toDo: 'correct `bridge.readiness` in ringback.config.ts, or give it more time with `bridge.readyWithinMs`.',
  });
}

function died(config: CommandBridge, process_: KeptProcess, ending: Ending): StartupError {
  return new StartupError({
    what: `The bridge (${named(config)}) ${describeEnding(ending)} in the middle of a scenario.`,
    lines: process_.lines,
    toDo: 'find out why it ended; the scenarios after this one were not run.',
  });
}
