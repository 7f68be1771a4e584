import type { Core } from '../../core/core.ts';
import type { JourneyId } from '../../core/ids.ts';
import type { PeerHosts } from '../peer-hosts.ts';

export type LegKind = 'caller' | 'overflow' | 'trunk' | 'sip-in' | 'agent';
export type LegState = 'dialling' | 'ringing' | 'answered' | 'ended';

/** One party's side of a call, as `GET /journeys/{id}` shows it. Times in milliseconds since the epoch. */
export interface LegRecord {
  readonly id: string;
  readonly kind: LegKind;
  /** Number, SIP URI or agent's name. */
  readonly party: string;
  state: LegState;
  readonly startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  endedBy: string | null;
  /** A cause of the telephone network, or Talk's own word. */
  cause: string | null;
  callId: string | null;
  /** Where the other end is, as far as that is known: of a leg to the bridge. */
  hosts?: PeerHosts;
}

export interface LegDraft {
  readonly kind: LegKind;
  readonly party: string;
  readonly callId?: string;
}

/** The handle by which the room that owns a leg moves it on. */
export interface Leg {
  readonly record: Readonly<LegRecord>;
  /** Ringing again, or after the answer, changes nothing. */
  ring(): void;
  /** @throws Error when the leg is answered or over. */
  answer(): void;
  /** Once; returns false when the leg was over already. */
  end(by: string, cause: string): boolean;
  /** The SIP call that carries it, once that is known. */
  carriedBy(callId: string): void;
  /** The other end was seen there; what was known before and is not said anew stays. */
  seenAt(hosts: PeerHosts): void;
}

/** Ladder columns: from whom to whom each kind of leg is set up. */
const COLUMNS: Readonly<Record<LegKind, readonly [from: string, to: string]>> = {
  caller: ['caller', 'talk'],
  overflow: ['talk', 'trunk'],
  trunk: ['trunk', 'bridge'],
  'sip-in': ['bridge', 'talk'],
  agent: ['talk', 'agent'],
};

const NEXT: Readonly<Record<LegState, readonly LegState[]>> = {
  dialling: ['ringing', 'answered', 'ended'],
  ringing: ['answered', 'ended'],
  answered: ['ended'],
  ended: [],
};

/** Opens a leg of a journey: it is added to `facts.legs`, and every change of it is journaled as `leg.*`. */
export function openLeg(core: Core, journey: JourneyId, draft: LegDraft): Leg {
  const record: LegRecord = {
    id: `leg-${core.ids.hex(8)}`,
    kind: draft.kind,
    party: draft.party,
    state: 'dialling',
    startedAt: core.clock.now(),
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    cause: null,
    callId: draft.callId ?? null,
  };
  const owner = core.journeys.get(journey);
  if (owner) legsOf(owner.facts).push(record);
  const journal = (verb: string, back: boolean, detail = ''): void => {
    const [from, to] = COLUMNS[record.kind];
    core.journal.append({
      kind: `leg.${verb}`,
      account: owner?.account ?? null,
      journey,
      from: back ? to : from,
      to: back ? from : to,
      label: `${record.kind} leg ${verb}: ${record.party}${detail}`,
      data: { ...record },
    });
  };
  const move = (state: LegState): void => {
    if (!NEXT[record.state].includes(state)) {
      throw new Error(`${record.kind} leg ${record.id} is ${record.state} and cannot become ${state}`);
    }
    record.state = state;
  };
  journal('opened', false);
  return {
    record,
    ring() {
      if (record.state !== 'dialling') return;
      move('ringing');
      journal('ringing', true);
    },
    answer() {
      move('answered');
      record.answeredAt = core.clock.now();
      journal('answered', true);
    },
    end(by, cause) {
      if (record.state === 'ended') return false;
      move('ended');
      record.endedAt = core.clock.now();
      record.endedBy = by;
      record.cause = cause;
      journal('ended', by !== COLUMNS[record.kind][0], ` (${cause}, by ${by})`);
      return true;
    },
    carriedBy(callId) {
      record.callId = callId;
    },
    seenAt(hosts) {
      record.hosts = { ...record.hosts, ...hosts };
    },
  };
}

/** The journey's legs, the oldest first. */
export function legsOf(facts: Record<string, unknown>): LegRecord[] {
  return (facts['legs'] ??= []) as LegRecord[];
}

/** Whether somebody is still on the line. */
export function hasLiveLegs(facts: Record<string, unknown>): boolean {
  return legsOf(facts).some((leg) => leg.state !== 'ended');
}

/** Whether a bridge has answered, or has been answered: before that, what its callers hear is the network's or the line's own. */
export function isBridgeOn(facts: Record<string, unknown>): boolean {
  return legsOf(facts).some((leg) => (leg.kind === 'trunk' || leg.kind === 'sip-in') && leg.state === 'answered');
}
