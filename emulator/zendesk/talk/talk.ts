import type { Core } from '../../core/core.ts';
import type { AudioSink, Media } from '../../telephony/media/index.ts';
import type { PstnNetwork } from '../../telephony/pstn/index.ts';
import type { IncomingCall, IncomingRequest } from '../../telephony/sip/index.ts';
import type { Accounts } from '../account/index.ts';
import type { Support } from '../support/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { createRooms } from './calls/flow.ts';
import { CallRecords } from './calls/records.ts';
import type { TalkRooms } from './calls/rooms.ts';
import { WaitingCalls } from './calls/waiting.ts';
import { finishJourneys } from './journeys/finish.ts';
import { JourneyJoiner } from './journeys/join.ts';
import { Lines } from './lines/lines.ts';
import { PhoneLines } from './phone/phone-lines.ts';
import type { TalkSeed } from './seed.ts';
import { TalkSettingsService } from './settings.ts';
import { SipIn } from './sip-in/sip-in.ts';
import { VoiceTickets } from './tickets/voice-tickets.ts';

export interface TalkOptions {
  readonly core: Core;
  readonly accounts: Pick<Accounts, 'expect' | 'url'>;
  readonly support: Pick<Support, 'tickets' | 'users' | 'groups'>;
  readonly workspace: Workspace;
  readonly pstn: PstnNetwork;
  readonly media: Pick<Media, 'open' | 'link' | 'play'>;
  /** Whether a SIP host (lower case) is our own listener, where lines have aliases. */
  readonly isOwnHost: (host: string) => boolean;
  /** Names and addresses of this machine, as `plainHost` writes them: one host, whichever of them a bridge says. */
  readonly ownAddresses: () => ReadonlySet<string>;
}

/** Zendesk Talk: its lines, and the calls on them. */
export class Talk {
  readonly lines: Lines;
  readonly settings: TalkSettingsService;
  /** Calls and legs as Talk's exports show them. */
  readonly records: CallRecords;
  readonly #rooms: TalkRooms;
  readonly #phones: PhoneLines;
  readonly #sipIn: SipIn;
  readonly #joiner: JourneyJoiner;

  constructor({ core, accounts, support, workspace, pstn, media, isOwnHost, ownAddresses }: TalkOptions) {
    this.lines = new Lines({ core, groups: support.groups, isNumberTaken: (number) => pstn.attached(number) });
    this.settings = new TalkSettingsService(core);
    this.records = new CallRecords(core);
    this.#rooms = createRooms({
      core,
      workspace,
      network: pstn,
      lines: this.lines,
      settings: this.settings,
      records: this.records,
      tickets: new VoiceTickets({ accounts, support, journal: core.journal, settings: this.settings }),
      waiting: new WaitingCalls(),
      live: new Map(),
    });
    this.#joiner = new JourneyJoiner({ core, settings: this.settings, ownAddresses });
    this.#phones = new PhoneLines({ rooms: this.#rooms, network: pstn, media });
    this.#sipIn = new SipIn({ rooms: this.#rooms, joiner: this.#joiner, media, isOwnHost });
    this.lines.onChange((account) => this.#phones.sync(account));
    finishJourneys(core);
    for (const account of this.lines.accounts()) this.#phones.sync(account);
  }

  /** Lays down switches and lines. @throws TalkError (422) for what Zendesk's own forms would refuse. */
  seed(account: string, { lines = [], sipIn = [], ...switches }: TalkSeed): void {
    this.#rooms.core.store.transaction(() => {
      this.settings.set(account, switches);
      for (const line of lines) this.lines.addPhone(account, line);
      for (const line of sipIn) this.lines.addSipIn(account, line);
    });
  }

  /** True when the INVITE is for a SIP-IN line (or for a SIP domain of Zendesk's that does not exist): it is being answered. */
  handleInvite(call: IncomingCall): boolean {
    return this.#sipIn.handleInvite(call);
  }

  /** True when the request outside any call was for SIP-IN: REGISTER. */
  handleRequest(request: IncomingRequest): boolean {
    return this.#sipIn.handleRequest(request);
  }

  /** How many calls the account has on its lines. */
  liveCalls(account: string): number {
    return this.#rooms.live.get(account)?.size ?? 0;
  }

  /** Has the sink hear what comes in on a live overflow leg, which the journey lists under this id. */
  hearOverflow(account: string, leg: string, sink: AudioSink): void {
    for (const { overflow } of this.#rooms.live.get(account) ?? []) if (overflow?.leg.record.id === leg) overflow.ear.others.add(sink);
  }

  /** Hangs up every call of the account, with all that the end of a call does. Returns how many there were. */
  endAll(account: string): number {
    const calls = [...(this.#rooms.live.get(account) ?? [])];
    for (const call of calls) this.#rooms.steps.end(call, { by: 'network', cause: 'normal' });
    return calls.length;
  }

  /** The stored state was replaced (reset, restore): connects the numbers that there are now. */
  reload(account: string): void {
    this.#joiner.forget(account);
    this.settings.forget(account);
    this.lines.forget(account);
  }

  /** The account goes away: ends its calls and disconnects its numbers. Its records are the store's affair. */
  remove(account: string): void {
    this.endAll(account);
    this.#rooms.live.delete(account);
    this.#rooms.waiting.forget(account);
    this.#joiner.forget(account);
    this.settings.forget(account);
    this.#phones.detach(account);
  }
}
