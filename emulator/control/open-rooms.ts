import { type Core, createCore } from '../core/core.ts';
import { createMedia, createMediaJournal, Voices } from '../telephony/media/index.ts';
import { createPstn } from '../telephony/pstn/index.ts';
import { createSipJournal, createSipStack, type SipStack } from '../telephony/sip/index.ts';
import { createTrunks } from '../telephony/trunk/index.ts';
import { createAccounts } from '../zendesk/account/index.ts';
import { Conversations } from '../zendesk/conversations/index.ts';
import { createSupport } from '../zendesk/support/index.ts';
import { createTalk } from '../zendesk/talk/index.ts';
import { createWebhooks } from '../zendesk/webhooks/index.ts';
import { createWorkspace } from '../zendesk/workspace/index.ts';
import { startError } from './http-server.ts';
import { journalHearing } from './hearing-journal.ts';
import { ownAddresses, ownHosts } from './own-hosts.ts';
import type { Rooms } from './rooms.ts';
import { refuseUnclaimed } from './unclaimed.ts';

export interface RoomOptions {
  readonly host: string;
  readonly sipPort: number;
  /** What SIP headers say instead of the bound address. */
  readonly publicAddress?: string;
  /** What SDP says instead of the bound address. */
  readonly mediaAddress?: string;
  readonly rtpPorts?: { readonly from: number; readonly to: number };
  readonly dataFile?: string;
  readonly randomSeed?: number;
  readonly journalBytes?: number;
}

/** Opens every room and joins them. @throws Error in plain words when the data file or the SIP port cannot be had. */
export async function openRooms(options: RoomOptions): Promise<Rooms> {
  const core = openCore(options);
  const sip = await openSip(core, options).catch((error: unknown) => {
    core.close();
    throw error;
  });
  try {
    return joinedRooms(core, sip, options);
  } catch (error) {
    // What is open would keep the process alive.
    await sip.close();
    core.close();
    throw error;
  }
}

function joinedRooms(core: Core, sip: SipStack, options: RoomOptions): Rooms {
  const media = createMedia({
    clock: core.clock,
    random: core.random.fork('media'),
    host: options.host,
    ...(options.mediaAddress === undefined ? {} : { advertise: options.mediaAddress }),
    ...(options.rtpPorts === undefined ? {} : { ports: options.rtpPorts }),
    onEvent: createMediaJournal(core).tap,
  });
  const voices: Voices = new Voices({
    clock: core.clock,
    onHearing: (report) => journalHearing({ core, voices, pstn, workspace }, report),
    bridgeToneHz: (account) => accounts.get(account)?.settings.bridgeToneHz ?? undefined,
  });
  const pstn = createPstn({ core });
  const accounts = createAccounts(core);
  const support = createSupport({ core, accounts });
  const webhooks = createWebhooks({ core, accounts, support });
  support.rules.knowsWebhook = (account, id) => webhooks.service.get(account, id) !== undefined;
  const conversations = new Conversations({ core, support });
  const workspace = createWorkspace({ core, support, voices });
  const trunks = createTrunks({ core, sip, media, pstn });
  const isOwnHost = ownHosts({ bound: options.host, advertised: sip.advertised.host });
  const talk = createTalk({
    core,
    accounts,
    support,
    workspace,
    pstn,
    media,
    isOwnHost,
    ownAddresses: () => ownAddresses(sip.advertised.host),
  });
  sip.handle({
    invite: (call) => {
      if (!talk.handleInvite(call)) refuseUnclaimed(core, call);
    },
    request: (request) => talk.handleRequest(request),
  });
  return { core, sip, media, voices, pstn, accounts, support, webhooks, conversations, workspace, trunks, talk };
}

const SQLITE_BUSY = 5;

function openCore({ randomSeed, dataFile, journalBytes }: RoomOptions): Core {
  try {
    return createCore({
      ...(randomSeed === undefined ? {} : { seed: randomSeed }),
      ...(dataFile === undefined ? {} : { dataFile }),
      ...(journalBytes === undefined ? {} : { journalBytes }),
    });
  } catch (cause) {
    if (dataFile === undefined || !(cause instanceof Error)) throw cause;
    const isLocked = (cause as { errcode?: number }).errcode === SQLITE_BUSY;
    const remedy = isLocked
      ? 'another emulator has it open: stop that one, or give --data another file'
      : 'give --data the path of a file that Ringback made, or of a new one in a folder that exists';
    throw new Error(`cannot keep the state in ${dataFile}: ${cause.message}; ${remedy}`, { cause });
  }
}

async function openSip(core: Core, { host, sipPort, publicAddress }: RoomOptions): Promise<SipStack> {
  const journal = createSipJournal(core);
  const address = { host, port: sipPort };
  try {
    return await createSipStack({
      clock: core.clock,
      random: core.random.fork('sip'),
      udp: address,
      // Trunk and SIP-IN are both Twilio's; its responses say so in Server, as public traces show.
      userAgent: 'Twilio Gateway',
      ...(publicAddress === undefined ? {} : { advertise: { host: publicAddress } }),
      onMessage: (traffic) => journal.tap(traffic),
      onProblem: (problem) => journal.problem(problem),
    });
  } catch (error) {
    const { cause } = error as Error;
    throw startError((cause instanceof Error ? cause : error) as NodeJS.ErrnoException, 'SIP', 'UDP', address, '--sip-port');
  }
}

/** Ends everything that runs; the store is closed last. */
export async function closeRooms({ core, sip, media, webhooks }: Rooms): Promise<void> {
  webhooks.close();
  await sip.close();
  await media.close();
  core.close();
}
