import type { BridgeAddress, RingbackConfig } from '../bridge/config.ts';
import { type Desk, openDesk } from '../bridge/desk.ts';
import { startBridge } from '../bridge/start-bridge.ts';
import type { StartedBridge } from '../bridge/started-bridge.ts';
import { ControlClient } from '../emulator/control-client.ts';
import { type StartedEmulator, startEmulator } from '../emulator/start-emulator.ts';
import { AFTER_CONNECT, BEFORE_CONNECT } from './run-info.ts';

/** Emulator and bridge, connected to each other, and the desk where the workers reach them. */
export interface Testbed {
  readonly emulator: StartedEmulator;
  readonly bridge: StartedBridge;
  readonly desk: Desk;
  stop(): Promise<void>;
}

/**
 * Starts emulator and bridge once for the run, and connects the trunk to the bridge.
 * @throws StartupError; nothing is left running then.
 */
export async function startTestbed(config: RingbackConfig, root: string): Promise<Testbed> {
  const { seed, args } = config.emulator ?? {};
  const emulator = await startEmulator({ cwd: root, ...(seed === undefined ? {} : { seed }), ...(args === undefined ? {} : { args }) });
  const control = ControlClient.of(emulator.up);
  try {
    await ensureAgent(control);
    await control.snapshot(BEFORE_CONNECT);
    const bridge = await startBridge(config.bridge, { emulator: emulator.up, cwd: root });
    const desk = await openDesk({
      '/address': async () => bridge.address,
      '/sessions': () => bridge.sessions(),
      '/hang-up': async ({ callId }) => (await bridge.hangUp(callId), null),
      '/forget': async () => (await bridge.reset(), null),
      '/restart': async ({ env }) => connect(control, await bridge.restart(env)),
      '/renew': async () => {
        await control.reset();
        await control.restore(BEFORE_CONNECT);
        const address = await connect(control, await bridge.restart());
        await control.snapshot(AFTER_CONNECT);
        return address;
      },
    });
    bridge.onDeath((message) => desk.announceDeath(message));
    emulator.onDeath((message) => desk.announceDeath(message));
    await connect(control, bridge.address);
    await control.snapshot(AFTER_CONNECT);
    return {
      emulator,
      bridge,
      desk,
      async stop() {
        desk.close();
        await bridge.stop();
        await emulator.stop();
      },
    };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

/** An account without human agents gets one where transfers arrive: offline, and answering when told. */
async function ensureAgent(control: ControlClient): Promise<void> {
  if ((await control.agents()).length > 0) return;
  const { sipIn = [] } = (await control.settings()) as { sipIn?: readonly { readonly groups?: readonly string[] }[] };
  await control.addAgent({ name: 'Grace Hopper', groups: sipIn[0]?.groups ?? [], presence: 'offline', answers: 'when-told' });
}

async function connect(control: ControlClient, address: BridgeAddress): Promise<BridgeAddress> {
  await control.changeSettings({ trunk: { originationUri: `sip:${address.sip}` } });
  return address;
}
