import { addressToTell, hostPort, reachable } from './control/addresses.ts';
import { httpApp } from './control/http-app.ts';
import { listen } from './control/http-server.ts';
import { serveJournalStream } from './control/journal-stream.ts';
import { closeRooms, openRooms } from './control/open-rooms.ts';
import { misfit } from './control/schemas.ts';
import { demoSeed } from './control/seed/demo-seed.ts';
import { withInvented } from './control/seed/invent.ts';
import type { Seed } from './control/seed/seed.ts';
import { changeSettings } from './control/settings.ts';
import { endLiveCalls } from './control/state.ts';
import { VERSION } from './control/version.ts';
import { type AccountView, type UpJson, World } from './control/world.ts';
import type { JournalEntry } from './core/journal.ts';

export type { AccountView, JournalEntry, Seed, UpJson };

export interface EmulatorOptions {
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** TCP port of REST and control plane; 0 (default) takes a free one. */
  port?: number;
  /** UDP port of SIP; 0 (default) takes a free one. */
  sipPort?: number;
  /** Where the trunk finds the bridge: `sip:HOST:PORT`. Default: what the seed says. */
  bridge?: string;
  /** The tone that the bridge speaks, in Hz (docs/control-api.md, settings). Default: what the seed says. */
  bridgeToneHz?: number;
  /** What the first account starts with. Default: the demo account. */
  seed?: Seed;
  /** SQLite file that keeps the state; in memory by default. Accounts found in it are taken up, and the seed is not used. */
  dataFile?: string;
  /** What URLs and SIP headers say instead of `host`, for bridges in containers or on other hosts. */
  publicAddress?: string;
  /** What SDP says instead of `host`. Default: the public address. */
  mediaAddress?: string;
  /** UDP ports for RTP, both included. Default: any free ones. */
  rtpPorts?: { from: number; to: number };
  /** Seed of the world's randomness. Default: a new one each time. */
  randomSeed?: number;
  /** Bound of the journal in bytes. */
  journalBytes?: number;
}

/** An emulator that is up. */
export interface Emulator extends AsyncDisposable {
  /** Base of the control plane (docs/control-api.md). */
  readonly controlUrl: string;
  /** Whether it goes on with the accounts of its data file: a seed that was given was not used. */
  readonly goesOn: boolean;
  /** Addresses and credentials, as `ringback up --json` prints them. */
  describe(): UpJson;
  /** Calls the listener with every journal entry from now on, once each. Returns the way to stop that. */
  follow(listener: (entry: JournalEntry) => void): () => void;
  /** Ends live calls and closes the listeners. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a world of its own in this process: a Zendesk, a telephone network, a trunk.
 * @throws Error saying what to do when a port is in use, or an address or the seed cannot be used.
 * @example
 * await using emulator = await startEmulator({ bridge: 'sip:127.0.0.1:5070' });
 * const { account, sipIn } = emulator.describe();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const host = options.host ?? '127.0.0.1';
  const publicAddress = options.publicAddress === undefined ? undefined : addressToTell('--public-address', options.publicAddress);
  const outside = publicAddress ?? reachable(host);
  const mediaAddress = options.mediaAddress === undefined ? publicAddress : addressToTell('--media-address', options.mediaAddress);
  const problem = options.seed === undefined ? undefined : await misfit('seed', options.seed);
  if (problem !== undefined) throw new Error(`the seed cannot be used: ${problem}; docs/control-api.md describes seeds`);
  const http = await listen({ host, port: options.port ?? 0 });
  const rooms = await openRooms({
    host,
    sipPort: options.sipPort ?? 0,
    ...(outside === host ? {} : { publicAddress: outside }),
    ...(mediaAddress === undefined ? {} : { mediaAddress }),
    ...(options.rtpPorts === undefined ? {} : { rtpPorts: options.rtpPorts }),
    ...(options.dataFile === undefined ? {} : { dataFile: options.dataFile }),
    ...(options.randomSeed === undefined ? {} : { randomSeed: options.randomSeed }),
    ...(options.journalBytes === undefined ? {} : { journalBytes: options.journalBytes }),
  }).catch(async (error: unknown) => {
    await http.close();
    throw error;
  });

  const baseUrl = `http://${hostPort(outside, http.port)}`;
  rooms.accounts.baseUrl = baseUrl;
  const world = new World(rooms, { baseUrl, sipUdp: hostPort(outside, rooms.sip.addresses.udp.port), version: VERSION });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const name of world.accountNames()) endLiveCalls(rooms, name);
    stream.close();
    await http.close();
    await closeRooms(rooms);
  };
  const stream = serveJournalStream(http.server, world, '/control/journal');
  const goesOn = world.accountNames().length > 0;
  try {
    if (!goesOn) world.create(await withInvented(withBridge(options.seed ?? demoSeed, options), rooms.core.random));
    else takeUp(world, options);
  } catch (error) {
    await stop();
    throw error;
  }
  http.serve(httpApp(world));
  const emulator: Emulator = {
    controlUrl: `${baseUrl}/control`,
    goesOn,
    describe: () => world.describe(),
    follow: (listener) => rooms.core.journal.follow(listener),
    stop: () => (stopping ??= stop()),
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
  return emulator;
}

type BridgeOptions = Pick<EmulatorOptions, 'bridge' | 'bridgeToneHz'>;

function withBridge(seed: Seed, { bridge, bridgeToneHz }: BridgeOptions): Seed {
  const { originationUris: _others, ...trunk } = seed.trunk ?? {};
  return {
    ...seed,
    ...(bridge === undefined ? {} : { trunk: { ...trunk, originationUri: bridge } }),
    ...(bridgeToneHz === undefined ? {} : { settings: { ...seed.settings, bridgeToneHz } }),
  };
}

/** Goes on with the accounts of a data file: their numbers ring again, their deliveries go out. */
function takeUp(world: World, { bridge, bridgeToneHz }: BridgeOptions): void {
  const { support, talk, trunks, webhooks } = world.rooms;
  trunks.resume();
  for (const name of world.accountNames()) {
    talk.reload(name);
  }
  if (bridge !== undefined) trunks.setOrigination(world.accountName(), bridge);
  if (bridgeToneHz !== undefined) changeSettings(world.rooms, world.accountName(), { bridgeToneHz });
  webhooks.resume();
  support.resume();
}
