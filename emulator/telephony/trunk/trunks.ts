import type { Core } from '../../core/core.ts';
import type { Records } from '../../core/records.ts';
import { type PstnArrival, requireE164 } from '../pstn/index.ts';
import { type OriginationUriDraft, type Trunk, TRUNK_DEFAULTS, type TrunkDraft } from './entities.ts';
import { originationUri } from './origination-uri.ts';
import type { TrunkRooms } from './rooms.ts';
import { TrunkCall } from './trunk-call.ts';

/** The accounts' Twilio trunks: what they are is stored, their numbers are attached to the telephone network. */
export interface Trunks {
  /** @throws Error when the number belongs to somebody, or is no number, or a URI is none that a trunk takes. */
  add(account: string, draft: TrunkDraft): Trunk;
  /** The account's trunk (its first, if there are several). */
  get(account: string): Trunk | undefined;
  list(account: string): Trunk[];
  /** What nobody else may have beside these records, in words. */
  claims(records: Records): string[];
  /** Changes a trunk's settings or URIs. @throws Error when the account has no trunk. */
  update(account: string, changes: Partial<Omit<TrunkDraft, 'number'>>, number?: string): Trunk;
  /** Sends the account's calls to one URI from now on, or to none. @throws Error when the account has no trunk, or for a bad URI. */
  setOrigination(account: string, sipUrl: string | null): Trunk;
  /** Ends the account's live calls that came in over its trunks. Returns how many there were. */
  endAll(account: string): number;
  /** Ends the calls, gives the numbers back and forgets the trunks. */
  remove(account: string): void;
  /** Gives the account's numbers back, until they are resumed. */
  release(account: string): void;
  /**
   * Attaches the numbers that are stored: those of an account that was released and restored, or of all at the start over a data
   * file. @throws Error when one is somebody else's.
   */
  resume(account?: string): void;
}

interface Attachment {
  readonly account: string;
  detach(): void;
}

export function createTrunks(rooms: TrunkRooms): Trunks {
  const { core, pstn } = rooms;
  const world = { ...rooms, random: core.random.fork('trunk') };
  const stored = collectionOf(core);
  const attachments = new Map<string, Attachment>();
  const live = new Map<PstnArrival, string>();

  const take = (account: string, arrival: PstnArrival): void => {
    const trunk = stored.get(account, arrival.to);
    if (!trunk) {
      arrival.fail('unallocated-number');
      return;
    }
    live.set(arrival, account);
    arrival.on('ended', () => live.delete(arrival));
    new TrunkCall(world, trunk, arrival).start();
  };
  const attach = (account: string, number: string): void => {
    const attached = pstn.attach(number, (arrival) => take(account, arrival));
    attachments.set(number, { account, detach: () => attached.detach() });
  };
  const endAll = (account: string): number => {
    const ending = [...live].filter(([, owner]) => owner === account).map(([arrival]) => arrival);
    for (const arrival of ending) arrival.fail('normal');
    return ending.length;
  };
  const uris = (drafts: readonly OriginationUriDraft[]): Trunk['originationUris'] => drafts.map((draft) => originationUri(core.ids, draft));

  const trunks: Trunks = {
    add(account, draft) {
      const trunk: Trunk = {
        ...TRUNK_DEFAULTS,
        domainName: `${account}.pstn.twilio.com`,
        ...draft,
        sid: core.ids.sid('TK'),
        accountSid: trunks.get(account)?.accountSid ?? core.ids.sid('AC'),
        number: requireE164(draft.number, "the trunk's number"),
        originationUris: uris(draft.originationUris ?? []),
      };
      attach(account, trunk.number);
      stored.put(account, trunk);
      return trunk;
    },
    get: (account) => stored.first(account),
    list: (account) => stored.find(account),
    claims: (records) => records(stored).map(({ number }) => `number ${number}`),
    update(account, changes, number) {
      const trunk = number === undefined ? stored.first(account) : stored.get(account, number);
      if (!trunk) {
        const has = stored.find(account).map((other) => other.number);
        throw new Error(`account "${account}" has no trunk${number === undefined ? '' : ` ${number}; it has ${has.join(', ') || 'none'}`}`);
      }
      const { originationUris, ...settings } = changes;
      const changed: Trunk = {
        ...trunk,
        ...settings,
        ...(originationUris === undefined ? {} : { originationUris: uris(originationUris) }),
      };
      stored.put(account, changed);
      return changed;
    },
    setOrigination: (account, sipUrl) => trunks.update(account, { originationUris: sipUrl === null ? [] : [{ sipUrl }] }),
    endAll,
    remove(account) {
      endAll(account);
      trunks.release(account);
      for (const trunk of stored.find(account)) stored.delete(account, trunk.number);
    },
    release(account) {
      for (const [number, attachment] of attachments) {
        if (attachment.account !== account) continue;
        attachment.detach();
        attachments.delete(number);
      }
    },
    resume(account) {
      for (const [owner, { number }] of stored.everywhere()) {
        if ((account === undefined || owner === account) && attachments.get(number)?.account !== owner) attach(owner, number);
      }
    },
  };
  return trunks;
}

function collectionOf(core: Core) {
  return core.store.collection<Trunk>({ name: 'trunks', key: (trunk) => trunk.number });
}
