import type { UpJson } from 'ringback/emulator';
import { resolve } from 'node:path';
import { startJson } from '../bench/processes.ts';
import { openWorld, type PeerWorld } from './world.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Starts a TypeScript program of this repository, which says with a line of JSON that it is ready. */
function startSource<First>(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return startJson<First>([process.execPath, '--conditions=ringback-source', resolve(ROOT, file), ...args], env);
}

/** The reference bridge, in a process of its own, connected to the emulator and called by its trunk. */
export async function startReferenceBridge(world: PeerWorld): Promise<AsyncDisposable & { readonly sip: string }> {
  const { account, sipIn, sip } = world.up;
  const { first, stop } = await startSource<{ sip: string }>('harness/reference-bridge/main.ts', [], {
    ZENDESK_SUBDOMAIN: account.subdomain,
    ZENDESK_EMAIL: account.email,
    ZENDESK_API_TOKEN: account.apiToken,
    ZENDESK_BASE_URL: account.url,
    SIP_IN_URI: sipIn?.uri ?? '',
    SIP_OUTBOUND_PROXY: sip.udp,
  });
  await world.control.changeSettings({ bridgeToneHz: 230, webhookDelayMs: 0, trunk: { originationUri: `sip:${first.sip}` } });
  return { sip: first.sip, [Symbol.asyncDispose]: stop };
}

/** The emulator, in a process of its own. */
export async function startEmulatorProcess(...args: readonly string[]): Promise<PeerWorld> {
  const { first, stop } = await startSource<UpJson>('harness/cli/main.ts', ['up', '--json', ...args]);
  return openWorld(first, stop);
}

/** The headline journey: overflow, bridge, a key, transfer, agent; the caller hangs up. Returns the journey when it is finished. */
export async function headline(world: PeerWorld): Promise<string> {
  await world.control.addAgent({ name: 'Grace Hopper' });
  const script = [{ await: { hears: 'bridge' } }, { press: '0' }, { await: { hears: 'agent' } }, { pause: 200 }, { hangUp: true as const }];
  const { journey } = await world.control.dial({ from: '+14155550100', script });
  const view = await world.until(journey, 'finished', ({ state }) => state === 'finished');
  if (view.binding.result !== 'bound' || view.call?.script?.state !== 'done') throw new Error(`not the headline: ${JSON.stringify(view)}`);
  return journey;
}
