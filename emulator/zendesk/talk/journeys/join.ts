import type { Core } from '../../../core/core.ts';
import type { JourneyId } from '../../../core/ids.ts';
import type { Journey } from '../../../core/journeys.ts';
import { type LegRecord, legsOf } from '../../../telephony/pstn/index.ts';
import { type Address, formatAddress, parseUri } from '../../../telephony/sip/index.ts';

/** How a call from the bridge was recognized as part of a journey; never by a marker on the wire. */
export type JoinRule = 'ticket-header' | 'from-number' | 'only-live-leg' | 'new-journey';

export interface Joined {
  readonly journey: Journey;
  readonly rule: JoinRule;
  /** What the rule saw. */
  readonly evidence: Readonly<Record<string, string | number | null>>;
}

/**
 * Journeys whose call is at the bridge, until a call from the bridge was matched to them. Kept up to date by the journal, so
 * that nothing has to be searched.
 */
export class JourneyJoiner {
  readonly #core: Core;
  readonly #unmatched = new Map<string, Set<JourneyId>>();

  constructor(core: Core) {
    this.#core = core;
    core.journal.subscribe((entry) => {
      if (entry.journey === null || entry.account === null) return;
      if (entry.kind === 'journey.finished') this.#unmatched.get(entry.account)?.delete(entry.journey);
      if (entry.kind !== 'leg.opened' || (entry.data as LegRecord).kind !== 'trunk') return;
      const journeys = this.#unmatched.get(entry.account) ?? new Set();
      this.#unmatched.set(entry.account, journeys.add(entry.journey));
    });
  }

  /**
   * Ticket header; else the number in From, when one live journey has it; else the account's only live leg at a bridge that no call
   * was matched to, of several bridges the one at that bridge; else a new journey. `remote` is where the call comes from: it tells
   * several bridges apart, but where one call is live it decides nothing, because a bridge may well send from another port or address
   * than it is called at (a socket of its own for each call, a container's). The evidence says both.
   */
  join(account: string, o: { ticketId: number | null; number: string | null; remote: Address }): Joined {
    const { ticketId, number } = o;
    return (
      this.#byTicket(account, ticketId) ??
      this.#byNumber(account, number) ??
      this.#byOnlyLeg(account, o.remote) ??
      ({ journey: this.#core.journeys.open(account, 'sip-in'), rule: 'new-journey', evidence: { ticketId, number } } satisfies Joined)
    );
  }

  /** A call from the bridge was let in on this journey: it waits for no other. */
  matched(journey: Journey): void {
    this.#unmatched.get(journey.account)?.delete(journey.id);
  }

  /** The account's journeys were forgotten (reset, restore). */
  forget(account: string): void {
    this.#unmatched.delete(account);
  }

  #byTicket(account: string, ticketId: number | null): Joined | undefined {
    if (ticketId === null) return undefined;
    const journey = this.#live(this.#core.journeys.linked(account, `ticket:${ticketId}`)).at(-1);
    return journey && { journey, rule: 'ticket-header', evidence: { ticketId } };
  }

  #byNumber(account: string, number: string | null): Joined | undefined {
    if (number === null) return undefined;
    const [journey, ...others] = this.#live(this.#core.journeys.linked(account, `number:${number}`));
    return journey && others.length === 0 ? { journey, rule: 'from-number', evidence: { number } } : undefined;
  }

  #byOnlyLeg(account: string, remote: Address): Joined | undefined {
    const unmatched = this.#unmatched.get(account);
    if (!unmatched || unmatched.size === 0) return undefined;
    const atBridge = this.#live([...unmatched]).filter((journey) =>
      legsOf(journey.facts).some((leg) => leg.kind === 'trunk' && leg.state !== 'ended'),
    );
    const [journey, ...others] = ofBridge(atBridge, remote);
    if (!journey || others.length > 0) return undefined;
    const trunk = trunkLeg(journey);
    const evidence = { trunkCallId: trunk?.callId ?? null, calledAt: trunk?.party ?? null, comesFrom: formatAddress(remote) };
    return { journey, rule: 'only-live-leg', evidence };
  }

  #live(ids: readonly JourneyId[]): Journey[] {
    return ids.flatMap((id) => {
      const journey = this.#core.journeys.get(id);
      return journey?.state === 'live' ? [journey] : [];
    });
  }
}

function trunkLeg(journey: Journey): LegRecord | undefined {
  return legsOf(journey.facts).findLast((leg) => leg.kind === 'trunk');
}

/**
 * Of several, those at the bridge that calls now: the trunk called them at the address, or at least the host, that the call comes
 * from. A bridge may send from elsewhere; then all of them count.
 */
function ofBridge(journeys: readonly Journey[], remote: Address): readonly Journey[] {
  if (journeys.length < 2) return journeys;
  const calledAt = (fits: (at: { host: string; port?: number }) => boolean): Journey[] =>
    journeys.filter((journey) => {
      const uri = parseUri(trunkLeg(journey)?.party ?? '');
      return uri !== undefined && uri.scheme !== 'tel' && fits(uri);
    });
  const there = calledAt(({ host, port = 5060 }) => host === remote.host && port === remote.port);
  if (there.length > 0) return there;
  const near = calledAt(({ host }) => host === remote.host);
  return near.length > 0 ? near : journeys;
}
