import type { UpJson } from '../emulator/up-json.ts';
import type { BridgeAdapter, BridgeAddress } from './config.ts';
import type { StartedBridge } from './started-bridge.ts';

/** What the adapter can tell and do, bound to where the bridge is now. */
export function adapterOf(
  adapter: BridgeAdapter | undefined,
  emulator: UpJson,
  address: () => BridgeAddress,
): Pick<StartedBridge, 'readsSessions' | 'sessions' | 'connect' | 'hangUp' | 'reset'> {
  const context = (): { emulator: UpJson; bridge: BridgeAddress } => ({ emulator, bridge: address() });
  return {
    readsSessions: adapter?.sessions !== undefined,
    async sessions() {
      if (!adapter?.sessions) throw lacks('sessions()', 'be asked what it knows of its calls');
      return adapter.sessions(context());
    },
    async connect() {
      await adapter?.connect?.(context());
    },
    async hangUp(callId) {
      if (!adapter?.hangUp) throw lacks('hangUp()', 'be told to hang up');
      await adapter.hangUp({ ...context(), callId });
    },
    async reset() {
      await adapter?.reset?.(context());
    },
  };
}

function lacks(method: string, what: string): Error {
  return new Error(`the bridge cannot ${what}: give it \`bridge.adapter.${method}\` in ringback.config.ts`);
}
