import type { Core } from '../../../core/core.ts';
import type { JourneyId } from '../../../core/ids.ts';
import type { Journey } from '../../../core/journeys.ts';
import { hostsOf } from '../../../telephony/peer-hosts.ts';
import { type LegRecord, legsOf } from '../../../telephony/pstn/index.ts';
import { formatAddress, type IncomingCall } from '../../../telephony/sip/index.ts';
import type { TalkSettings } from '../settings.ts';
import { type AtBridge, atThatBridge, describeHosts, type FromBridge, hostsInCommon } from './that-bridge.ts';

/** How a call from the bridge was recognized as part of a journey; never by a marker on the wire. */
export type JoinRule = 'ticket-header' | 'from-number' | 'only-live-leg' | 'new-journey';

export type JoinEvidence = Readonly<Record<string, unknown>> & { readonly why?: string };

export interface Joined {
  readonly journey: Journey;
  readonly rule: JoinRule;
  /** What the rule saw; of a new journey also why it is no live call's, where one is at a bridge. JSON. */
  readonly evidence: JoinEvidence;
}

/** What is known of a call from a bridge when it comes. */
export interface Arriving {
  readonly ticketId: number | null;
  readonly number: string | null;
  readonly call: Pick<IncomingCall, 'request' | 'remote'>;
}

export interface JoinerOptions {
  readonly core: Core;
  readonly settings: { get(account: string): Pick<TalkSettings, 'multiHomedBridge'> };
  /** Names and addresses of this machine. */
  readonly ownAddresses: () => ReadonlySet<string>;
}

/**
 * Journeys whose call is at the bridge, until a call from the bridge was matched to them. Kept up to date by the journal, so
 * that nothing has to be searched.
 */
export class JourneyJoiner {
  readonly #o: JoinerOptions;
  readonly #unmatched = new Map<string, Set<JourneyId>>();

  constructor(options: JoinerOptions) {
    this.#o = options;
    options.core.journal.subscribe((entry) => {
      if (entry.journey === null || entry.account === null) return;
      if (entry.kind === 'journey.finished') this.#unmatched.get(entry.account)?.delete(entry.journey);
      if (entry.kind !== 'leg.opened' || (entry.data as LegRecord).kind !== 'trunk') return;
      const journeys = this.#unmatched.get(entry.account) ?? new Set();
      this.#unmatched.set(entry.account, journeys.add(entry.journey));
    });
  }

  /**
   * Ticket header; else the number in From, when one live journey has it; else the account's only live leg at that bridge that no call
   * was matched to; else a new journey.
   */
  join(account: string, arriving: Arriving): Joined {
    return this.#byTicket(account, arriving) ?? this.#byNumber(account, arriving) ?? this.#byOnlyLeg(account, arriving);
  }

  /** A call from the bridge was let in on this journey: it waits for no other. */
  matched(journey: Journey): void {
    this.#unmatched.get(journey.account)?.delete(journey.id);
  }

  /** The account's journeys were forgotten (reset, restore). */
  forget(account: string): void {
    this.#unmatched.delete(account);
  }

  #byTicket(account: string, { ticketId }: Arriving): Joined | undefined {
    if (ticketId === null) return undefined;
    const journey = this.#live(this.#o.core.journeys.linked(account, `ticket:${ticketId}`)).at(-1);
    return journey && { journey, rule: 'ticket-header', evidence: { ticketId } };
  }

  #byNumber(account: string, { number }: Arriving): Joined | undefined {
    if (number === null) return undefined;
    const [journey, ...others] = this.#live(this.#o.core.journeys.linked(account, `number:${number}`));
    return journey && others.length === 0 ? { journey, rule: 'from-number', evidence: { number } } : undefined;
  }

  /** The only live leg at that bridge, else a new journey that says why not. Where no leg is live, nothing of the call is read. */
  #byOnlyLeg(account: string, { ticketId, number, call: { request, remote } }: Arriving): Joined {
    const live = this.#atBridges(account);
    if (live.length === 0) return this.#newJourney(account, { ticketId, number });
    const call = { remote, hosts: hostsOf(request, remote.host) };
    const own = this.#o.ownAddresses();
    const there = atThatBridge(live, call, { own, anywhere: this.#o.settings.get(account).multiHomedBridge });
    const [only, ...others] = there;
    if (!only || others.length > 0) return this.#newJourney(account, { ticketId, number, ...whyNone(live, there, call) });
    const { journey, leg } = only;
    const evidence = {
      trunkCallId: leg.callId,
      calledAt: leg.party,
      comesFrom: formatAddress(remote),
      inCommon: hostsInCommon(leg.hosts, call.hosts, own),
      bridge: leg.hosts ?? {},
      call: call.hosts,
    };
    return { journey, rule: 'only-live-leg', evidence };
  }

  #newJourney(account: string, evidence: JoinEvidence): Joined {
    return { journey: this.#o.core.journeys.open(account, 'sip-in'), rule: 'new-journey', evidence };
  }

  #atBridges(account: string): AtBridge[] {
    const unmatched = this.#unmatched.get(account);
    if (!unmatched || unmatched.size === 0) return [];
    return this.#live([...unmatched]).flatMap((journey) => {
      const leg = legsOf(journey.facts).findLast(({ kind, state }) => kind === 'trunk' && state !== 'ended');
      return leg ? [{ journey, leg }] : [];
    });
  }

  #live(ids: readonly JourneyId[]): Journey[] {
    return ids.flatMap((id) => {
      const journey = this.#o.core.journeys.get(id);
      return journey?.state === 'live' ? [journey] : [];
    });
  }
}

/** How many bridges a message tells of. */
const MOST_TOLD = 3;

/** Why a call is the transfer of none of the live ones: what a team whose bridge has several addresses has to see. */
function whyNone(live: readonly AtBridge[], there: readonly AtBridge[], { remote, hosts }: FromBridge): JoinEvidence {
  const seen = { comesFrom: formatAddress(remote), call: hosts, bridges: live.slice(0, MOST_TOLD).map(({ leg }) => leg.hosts ?? {}) };
  if (there.length > 0) {
    return {
      why: `${there.length} live calls are at the bridge that it may come from, and neither ticket header nor From tells which is meant`,
      ...seen,
    };
  }
  const bridges = [...new Set(live.map(({ leg }) => describeHosts(leg.hosts)))];
  const told = bridges.slice(0, MOST_TOLD).join('; or ') + (bridges.length > MOST_TOLD ? '; …' : '');
  const calls =
    live.length === 1
      ? 'one live call at the bridge, but none of its addresses'
      : `${live.length} live calls at bridges, but none of their addresses`;
  return {
    why: `${calls} (${told}) is one of this call's (${describeHosts(hosts)}); if it is the same bridge, let it say one host in Contact or SDP of both calls, or set talk.multiHomedBridge`,
    ...seen,
  };
}
