import { type Core, createCore } from '../../../core/core.ts';
import type { JournalEntry } from '../../../core/journal.ts';
import type { Journey } from '../../../core/journeys.ts';
import { createMedia, type Media, Voices } from '../../../telephony/media/index.ts';
import {
  createPstn,
  dialCaller,
  type DialCallerOptions,
  type DialledCaller,
  type PstnArrival,
  type PstnNetwork,
} from '../../../telephony/pstn/index.ts';
import { type Accounts, createAccounts } from '../../account/index.ts';
import { createSupport, type Support, type Ticket } from '../../support/index.ts';
import { type AgentDraft, createWorkspace, type Workspace, type WorkspaceAgent } from '../../workspace/index.ts';
import { createTalk, type Talk, type TalkSeed } from '../index.ts';

export const ACME = 'acme';
export const LINE = '+14155550150';
export const DID = '+14155550199';
export const ADA = '+14155550100';

/** A line to the group of the agents that a test makes. */
export const staffed = (line: object = {}, rest: Partial<TalkSeed> = {}): TalkSeed => ({
  ...rest,
  lines: [{ number: LINE, nickname: 'Main line', group: 'Support', voicemail: false, ...line }],
});

/** A line to a group without agents, which overflows. */
export const unstaffed = (line: object = {}, rest: Partial<TalkSeed> = {}): TalkSeed =>
  staffed({ group: 'Voice AI', overflowTo: DID, ...line }, rest);

/** Talk in its rooms, without SIP: the overflow number is a subscriber of the telephone network that the test plays. */
export class TalkWorld {
  readonly core: Core = createCore({ seed: 7 });
  readonly media: Media;
  readonly voices: Voices;
  readonly pstn: PstnNetwork;
  readonly accounts: Accounts;
  readonly support: Support;
  readonly workspace: Workspace;
  readonly talk: Talk;

  constructor(seed: TalkSeed = {}) {
    const { core } = this;
    this.media = createMedia({ clock: core.clock, random: core.random.fork('media'), host: '127.0.0.1' });
    this.voices = new Voices({ clock: core.clock });
    this.pstn = createPstn({ core });
    this.accounts = createAccounts(core);
    this.support = createSupport({ core, accounts: this.accounts });
    this.workspace = createWorkspace({ core, support: this.support, voices: this.voices });
    this.talk = createTalk({
      core,
      accounts: this.accounts,
      support: this.support,
      workspace: this.workspace,
      pstn: this.pstn,
      media: this.media,
      isOwnHost: (host) => host === '127.0.0.1',
      ownAddresses: () => new Set(['127.0.0.1', 'localhost']),
    });
    this.accounts.create({ subdomain: ACME });
    this.support.users.create(ACME, { name: 'Ada Lovelace', phone: ADA }, { userId: null, via: 'system' });
    this.talk.seed(ACME, seed);
  }

  agent(draft: Partial<AgentDraft> = {}): WorkspaceAgent {
    return this.workspace.add(ACME, { name: 'Grace Hopper', groups: ['Support'], ...draft });
  }

  dial(o: Partial<DialCallerOptions> = {}): DialledCaller {
    const { core, pstn, voices } = this;
    return dialCaller({ core, pstn, voices }, { account: ACME, from: ADA, to: LINE, ...o });
  }

  /** Plays the overflow number: resolves with the next call that arrives there. */
  arrivalAt(number: string): Promise<PstnArrival> {
    return new Promise((resolve) => {
      const attached = this.pstn.attach(number, (arrival) => {
        attached.detach();
        resolve(arrival);
      });
    });
  }

  /** The next entry of that kind, or one that was there already. */
  entry(kind: string, matches: (data: Record<string, unknown>) => boolean = () => true): Promise<JournalEntry<Record<string, unknown>>> {
    return this.core.journal.waitFor(kind, (entry) => entry.kind === kind && matches(entry.data as Record<string, unknown>)) as Promise<
      JournalEntry<Record<string, unknown>>
    >;
  }

  kinds(journey: Journey, ...prefixes: string[]): string[] {
    const entries = this.core.journal.read({ journey: journey.id });
    return entries.map((entry) => entry.kind).filter((kind) => prefixes.some((prefix) => kind.startsWith(prefix)));
  }

  tickets(): Ticket[] {
    return this.support.tickets.list(ACME);
  }

  facts<Facts>(journey: Journey, name: string): Facts {
    return journey.facts[name] as Facts;
  }

  advance(milliseconds: number): void {
    this.core.businessClock(ACME).advance(milliseconds);
  }

  async close(): Promise<void> {
    this.talk.endAll(ACME);
    await this.media.close();
    this.core.close();
  }
}
