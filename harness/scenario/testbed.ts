import type { RingbackConfig } from '../bridge/config.ts';
import { connectBridge } from '../bridge/connection.ts';
import { type Desk, type DeskService, openDesk } from '../bridge/desk.ts';
import { startBridge } from '../bridge/start-bridge.ts';
import type { StartedBridge } from '../bridge/started-bridge.ts';
import { StartupError } from '../bridge/startup-error.ts';
import { ControlClient } from '../emulator/control-client.ts';
import { ControlError } from '../emulator/control-error.ts';
import { type StartedEmulator, startEmulator } from '../emulator/start-emulator.ts';

/** Emulator and bridge, connected to each other, and the desk where the workers reach them. */
export interface Testbed {
  readonly emulator: StartedEmulator;
  readonly bridge: StartedBridge;
  readonly desk: Desk;
  /** Stops all of it, and only then rejects with the first error of those that did not stop properly. */
  stop(): Promise<void>;
}

/** Snapshots of the account: before the bridge connected, and after. */
const BEFORE_CONNECT = 'ringback-before-connect';
const AFTER_CONNECT = 'ringback-after-connect';

/**
 * Starts emulator and bridge once for the run, and connects them to each other.
 * @throws StartupError; nothing is left running then.
 */
export async function startTestbed(config: RingbackConfig, root: string): Promise<Testbed> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    const failed: { error: unknown }[] = [];
    for (const each of stops.splice(0).toReversed()) {
      try {
        await each();
      } catch (error) {
        failed.push({ error });
      }
    }
    if (failed[0]) throw failed[0].error;
  };
  try {
    const { seed, args } = config.emulator ?? {};
    const emulator = await startEmulator({ cwd: root, ...(seed === undefined ? {} : { seed }), ...(args === undefined ? {} : { args }) });
    stops.push(() => emulator.stop());
    const control = ControlClient.of(emulator.up);
    if (config.bridge.toneHz !== undefined) await tellTone(control, config.bridge.toneHz);
    await ensureAgent(control);
    await control.snapshot(BEFORE_CONNECT);
    const bridge = await startBridge(config.bridge, { emulator: emulator.up, cwd: root });
    stops.push(() => bridge.stop());
    const connect = (): ReturnType<typeof connectBridge> =>
      connectBridge(bridge, { config: config.bridge, control, emulator: emulator.up });
    const desk = await openDesk(deskService(bridge, control, connect));
    stops.push(() => desk.close());
    bridge.onDeath((message) => desk.announceDeath(message));
    emulator.onDeath((message) => desk.announceDeath(message));
    await connect();
    await control.snapshot(AFTER_CONNECT);
    return { emulator, bridge, desk, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

function deskService(bridge: StartedBridge, control: ControlClient, connect: () => ReturnType<typeof connectBridge>): DeskService {
  /** The bridge that runs, if any does, is no longer the one that the account's snapshot knows. */
  let changed = false;
  return {
    '/address': async () => bridge.address,
    '/sessions': () => bridge.sessions(),
    '/hang-up': async ({ callId }) => (await bridge.hangUp(callId), null),
    '/restart': async ({ env }) => {
      // Also when it then does not come up: the one before has been stopped. One that runs elsewhere stays as it is.
      if (bridge.restartable) changed = true;
      await bridge.restart(env);
      return connect();
    },
    '/prepare': async () => {
      if (changed) {
        await control.reset();
        await control.restore(BEFORE_CONNECT);
        await bridge.restart();
        await connect();
        await control.snapshot(AFTER_CONNECT);
        changed = false;
      } else await returnTo(AFTER_CONNECT, control);
      await bridge.reset();
      return null;
    },
  };
}

async function returnTo(snapshot: string, control: ControlClient): Promise<void> {
  await control.restore(snapshot).catch(async (error: unknown) => {
    if (!(error instanceof ControlError && error.code === 'live_calls')) throw error;
    await control.reset();
    await control.restore(snapshot);
  });
}

/** Told before anybody has a voice, so that nobody has it already. @throws StartupError when it cannot be the bridge's */
async function tellTone(control: ControlClient, toneHz: number): Promise<void> {
  await control.changeSettings({ bridgeToneHz: toneHz }).catch((cause: unknown) => {
    throw new StartupError({
      what: `The emulator does not take \`bridge.toneHz\` of ringback.config.ts: ${cause instanceof Error ? cause.message : String(cause)}`,
      toDo: 'let your bridge speak another tone and say which, or leave `bridge.toneHz` out: then any sound counts as the bridge that is no caller or agent.',
      cause,
    });
  });
}

/** An account without human agents gets one where transfers arrive: offline, and answering when told. */
async function ensureAgent(control: ControlClient): Promise<void> {
  if ((await control.agents()).length > 0) return;
  const { sipIn = [] } = (await control.settings()) as { sipIn?: readonly { readonly groups?: readonly string[] }[] };
  await control.addAgent({ name: 'Grace Hopper', groups: sipIn[0]?.groups ?? [], presence: 'offline', answers: 'when-told' });
}
