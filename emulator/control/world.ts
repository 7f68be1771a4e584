import { CARRIERS } from '../telephony/pstn/index.ts';
import { controlErrors } from './errors.ts';
import { Callers } from './parties.ts';
import { Recordings } from './recordings.ts';
import type { Rooms } from './rooms.ts';
import { applySeed } from './seed/apply-seed.ts';
import { completeSeed, type Taken } from './seed/complete-seed.ts';
import type { CompleteSeed, Seed } from './seed/seed.ts';
import { originationUri } from './trunk-settings.ts';
import { endLiveCalls, forgetDoings, liveCalls, saveState, SEED_STATE } from './state.ts';

/** What a bridge needs to know of an account; up.schema.json. */
export interface AccountView {
  readonly account: { readonly subdomain: string; readonly url: string; readonly email: string; readonly apiToken: string };
  readonly line: { readonly number: string; readonly overflowTo: string | null } | null;
  readonly sipIn: { readonly uri: string; readonly host: string; readonly user: string; readonly alias: string | null } | null;
  readonly trunk: { readonly number: string; readonly domainName: string; readonly originationUri: string | null } | null;
}

/** What `ringback up --json` prints and `GET /control` answers. */
export interface UpJson extends AccountView {
  readonly controlUrl: string;
  readonly sip: { readonly udp: string };
  readonly version: string;
  readonly randomSeed: number;
}

export interface Surroundings {
  /** `http://HOST:PORT` as others reach it. */
  readonly baseUrl: string;
  /** `HOST:PORT` of the SIP listener as others reach it. */
  readonly sipUdp: string;
  readonly version: string;
}

/** The accounts of one emulator and what they share. */
export class World {
  readonly rooms: Rooms;
  readonly callers = new Callers();
  readonly recordings: Recordings;
  readonly #surroundings: Surroundings;
  /** In the order in which they came; the first is the default. */
  readonly #names: string[];

  constructor(rooms: Rooms, surroundings: Surroundings) {
    this.rooms = rooms;
    this.recordings = new Recordings(rooms);
    this.#surroundings = surroundings;
    const byAge = rooms.accounts.list().toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
    this.#names = byAge.map((account) => account.name);
  }

  /** The whole emulator, seen from its first account. */
  describe(): UpJson {
    const { baseUrl, sipUdp, version } = this.#surroundings;
    const view = this.account(this.accountName());
    return {
      controlUrl: `${baseUrl}/control`,
      account: view.account,
      line: view.line,
      sip: { udp: sipUdp },
      sipIn: view.sipIn,
      trunk: view.trunk,
      version,
      randomSeed: this.rooms.core.random.seed,
    };
  }

  carriers(): { name: string; title: string }[] {
    return CARRIERS.map(({ name, title }) => ({ name, title }));
  }

  accountNames(): readonly string[] {
    return this.#names;
  }

  /** @returns the name, or the first account's when none is given. @throws ControlError `unknown_account`. */
  accountName(named?: string): string {
    const name = named ?? this.#names[0];
    if (name === undefined) throw controlErrors.noAccount();
    if (!this.#names.includes(name)) throw controlErrors.unknownAccount(name, this.#names);
    return name;
  }

  account(name: string): AccountView {
    const { accounts, talk, trunks } = this.rooms;
    const { email } = accounts.expect(name);
    const line = talk.lines.phones(name)[0];
    const sipIn = talk.lines.sipIns(name)[0];
    const trunk = trunks.get(name);
    const isMeant = (entry?: { account: string; line: { id: number } }): boolean => entry?.account === name && entry.line.id === sipIn?.id;
    return {
      account: { subdomain: name, url: accounts.url(name), email, apiToken: accounts.apiToken(name) },
      line: line ? { number: line.number, overflowTo: line.overflow.inside } : null,
      sipIn: sipIn
        ? {
            uri: `sip:${sipIn.user}@${sipIn.host}`,
            host: sipIn.host,
            user: sipIn.user,
            alias: isMeant(talk.lines.ofAlias(sipIn.user)) ? `sip:${sipIn.user}@${this.#surroundings.sipUdp}` : null,
          }
        : null,
      trunk: trunk ? { number: trunk.number, domainName: trunk.domainName, originationUri: originationUri(trunk) } : null,
    };
  }

  /** How much there is: of the account's records and live calls, and of the emulator's journal. */
  statistics(name: string): object {
    const { store, shelf, journal } = this.rooms.core;
    const { webhooks } = this.rooms;
    const circuits = webhooks.service
      .list(name)
      .map((webhook) => ({ webhook: webhook.id, name: webhook.name, circuit: webhooks.circuit(name, webhook.id) }));
    return {
      account: name,
      liveCalls: liveCalls(this.rooms, name),
      webhooks: { pending: webhooks.pending(name), circuits },
      records: store.counts(name),
      storeBytes: store.bytes,
      journal: { entries: shelf.entries, bytes: shelf.bytes, last: journal.last, evicted: shelf.evicted },
      sip: this.rooms.sip.counters,
    };
  }

  /** Makes an account of a seed; what the seed leaves out is made up. @throws ControlError `taken`, `invalid_seed`. */
  create(seed: Seed): AccountView {
    const complete: CompleteSeed = completeSeed(seed, this.#taken(), (length) => this.rooms.core.ids.hex(length));
    this.rooms.core.store.transaction(() => {
      applySeed(this.rooms, complete);
      saveState(this.rooms, complete.subdomain, SEED_STATE);
    });
    this.#names.push(complete.subdomain);
    return this.account(complete.subdomain);
  }

  /** Ends what is live and removes every record. */
  remove(name: string): void {
    const { accounts, trunks, talk } = this.rooms;
    endLiveCalls(this.rooms, name);
    trunks.remove(name);
    talk.remove(name);
    forgetDoings(this.rooms, name);
    accounts.remove(name);
    this.#names.splice(this.#names.indexOf(name), 1);
  }

  /** Groups to which a new agent belongs by default: those that a SIP-IN line rings, else a phone line's. */
  staffedGroups(name: string): string[] {
    const { talk, support } = this.rooms;
    const line = talk.lines.sipIns(name)[0] ?? talk.lines.phones(name)[0];
    return (line?.groupIds ?? []).flatMap((id) => support.groups.get(name, id)?.name ?? []);
  }

  #taken(): Taken {
    const { accounts, pstn, talk } = this.rooms;
    return {
      subdomain: (name) => accounts.get(name) !== undefined,
      number: (number) => pstn.attached(number),
      sipInUser: (user) => talk.lines.ofAlias(user) !== undefined,
      sipInHost: (host) => talk.lines.ofHost(host).length > 0,
    };
  }
}
