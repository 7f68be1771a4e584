import type { ControlClient } from '../emulator/control-client.ts';
import type { UpJson } from '../emulator/up-json.ts';
import { pause, within } from '../time.ts';
import { type BridgeAddress, type BridgeConfig, READY_WITHIN_MS } from './config.ts';
import type { StartedBridge } from './started-bridge.ts';
import { StartupError } from './startup-error.ts';

/** Between two looks for the bridge's webhook, in milliseconds. */
const LOOK_AGAIN = 50;
/** So many looks in a row at the same records: the bridge, which may save more than its webhook, is done. */
const SAME_LOOKS = 10;

/**
 * Leads the trunk to the bridge, lets the bridge save its connection where its adapter can, and waits for its webhook, and for what
 * it saves right after that, where the configuration wants that (`savesWebhook`).
 * @throws StartupError with what to do, when nothing is saved in time
 */
export async function connectBridge(
  bridge: StartedBridge,
  { config, control, emulator }: { config: BridgeConfig; control: ControlClient; emulator: UpJson },
): Promise<BridgeAddress> {
  const { address } = bridge;
  await control.changeSettings({ trunk: { originationUri: `sip:${address.sip}` } });
  const withinMs = config.readyWithinMs ?? READY_WITHIN_MS;
  await told(bridge, withinMs);
  if (config.savesWebhook ?? savesByItself(config)) {
    await untilWebhookIsSaved(control, withinMs, () => noWebhook(address, emulator, withinMs));
    await untilNothingIsSaved(control, withinMs);
  }
  return address;
}

/** Of a bridge that Ringback starts, ready says it; one that runs elsewhere has nobody to say it unless its adapter connects it. */
const savesByItself = (config: BridgeConfig): boolean => !('command' in config || 'start' in config || config.adapter?.connect);

async function told(bridge: StartedBridge, withinMs: number): Promise<void> {
  const outcome = await within(
    bridge.connect().then(
      () => 'saved' as const,
      (error: unknown) => ({ error }),
    ),
    withinMs,
    'late' as const,
  );
  if (outcome === 'saved') return;
  const why =
    outcome === 'late'
      ? `did not resolve within ${withinMs} ms`
      : `failed: ${outcome.error instanceof Error ? outcome.error.message : String(outcome.error)}`;
  throw new StartupError({
    what: `The bridge was not connected: connect() of its adapter in ringback.config.ts ${why}${/[.!?]$/.test(why) ? '' : '.'}`,
    toDo: 'make `bridge.adapter.connect()` resolve once the bridge has saved its webhook in the account that it is given.',
    ...(outcome === 'late' ? {} : { cause: outcome.error }),
  });
}

async function untilWebhookIsSaved(control: ControlClient, withinMs: number, late: () => StartupError): Promise<void> {
  const deadline = AbortSignal.timeout(withinMs);
  while ((await statistics(control)).webhooks.circuits.length === 0) {
    if (deadline.aborted) throw late();
    await pause(LOOK_AGAIN);
  }
}

/** Of an account that is never quiet, a bridge that goes on saving, no more is waited for than a webhook would be. */
async function untilNothingIsSaved(control: ControlClient, withinMs: number): Promise<void> {
  const deadline = AbortSignal.timeout(withinMs);
  let before = '';
  for (let same = 0; same < SAME_LOOKS && !deadline.aborted; await pause(LOOK_AGAIN)) {
    const records = JSON.stringify((await statistics(control)).records);
    same = records === before ? same + 1 : 0;
    before = records;
  }
}

interface Statistics {
  readonly webhooks: { readonly circuits: readonly unknown[] };
  /** How many there are of each kind. */
  readonly records: Readonly<Record<string, number>>;
}

/** By the control plane: a look is no REST read that the journal would show. */
const statistics = (control: ControlClient): Promise<Statistics> =>
  control.send('GET', `/accounts/${encodeURIComponent(control.account)}/statistics`);

function noWebhook({ sip }: BridgeAddress, { account }: UpJson, withinMs: number): StartupError {
  return new StartupError({
    what: `The bridge at ${sip} saved no webhook in account ${account.subdomain} (${account.url}) within ${withinMs} ms.`,
    toDo:
      'let it save its connection there while Ringback waits (`bridge.readyWithinMs`), or give it `bridge.adapter.connect()` that makes it; ' +
      'for a bridge without webhooks set `bridge.savesWebhook: false` in ringback.config.ts.',
  });
}
