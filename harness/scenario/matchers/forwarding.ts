import type { JourneyView } from '../../emulator/journey-view.ts';
import { Bridge } from '../actors/bridge.ts';
import type { Finding } from '../observe.ts';
import { aboutJourney, describeValue, journeyOf, type Patience, type Question } from './question.ts';
import { describeLeg, describeStanding, legOf } from './standing.ts';

export interface ForwardingOptions extends Patience {
  /** How far it must have come: the INVITE sent, ringing, or answered (default). */
  readonly until?: 'sent' | 'ringing' | 'answered';
}

const REACHED: Readonly<Record<NonNullable<ForwardingOptions['until']>, readonly string[]>> = {
  sent: ['dialling', 'ringing', 'answered', 'ended'],
  ringing: ['ringing', 'answered'],
  answered: ['answered'],
};

/** The call overflowed, crossed the network, and reached the bridge (or the number given, E.164). */
export function toBeForwardedTo(received: unknown, target: unknown, options: ForwardingOptions = {}): Question {
  const journey = journeyOf(received, 'toBeForwardedTo');
  const until = options.until ?? 'answered';
  if (typeof target === 'string') {
    return aboutJourney(journey, `be forwarded to ${target}`, (view) => lookAtNumber(view, target), options);
  }
  if (!(target instanceof Bridge)) throw new TypeError(`toBeForwardedTo takes the bridge or a number; got ${describeValue(target)}`);
  const degree = until === 'answered' ? 'answered by' : until === 'ringing' ? 'ringing at' : 'sent to';
  return aboutJourney(journey, `be forwarded to the bridge (${degree} it)`, (view) => lookAtBridge(view, until), options);
}

function lookAtNumber(view: JourneyView, number: string): Finding {
  const overflow = view.legs.filter((leg) => leg.kind === 'overflow');
  const elsewhere = overflow.map((leg) => `forwarded to ${leg.party}`);
  return { holds: overflow.some((leg) => leg.party === number), seen: elsewhere.length > 0 ? elsewhere : notForwarded(view) };
}

function lookAtBridge(view: JourneyView, until: NonNullable<ForwardingOptions['until']>): Finding {
  const trunk = legOf(view, 'trunk');
  if (!trunk) return { holds: false, seen: notForwarded(view) };
  const reached = trunk.answeredAt !== null || REACHED[until].includes(trunk.state);
  const { onTrunk } = view.presentation;
  const status = onTrunk?.status
    ? [`the bridge's last answer to the INVITE was ${onTrunk.status}`]
    : ['the bridge has not answered the INVITE'];
  return { holds: reached, seen: reached ? [describeLeg(trunk)] : [describeLeg(trunk), ...status, describeStanding(view)] };
}

function notForwarded(view: JourneyView): string[] {
  const overflow = legOf(view, 'overflow');
  const agent = legOf(view, 'agent');
  if (overflow) return [`${describeLeg(overflow)}, but no trunk has that number or its trunk knows no bridge`, describeStanding(view)];
  if (agent) return [`it was not forwarded, because Talk offers it to an agent: ${describeLeg(agent)}`];
  return ['it was not forwarded: it waits in the queue, or the line has no overflow number', describeStanding(view)];
}

export interface Arrival extends Patience {
  /** Text or pattern of the From header; null entries mean that the header is absent. */
  readonly from?: string | RegExp;
  readonly pAssertedIdentity?: string | RegExp | null;
  readonly privacy?: string | RegExp | null;
  readonly diversion?: string | RegExp | null;
}

/** The INVITE that the bridge was sent shows the caller so: what the carrier left of the presentation. */
export function toReachBridgeAs(received: unknown, expected: Arrival): Question {
  const journey = journeyOf(received, 'toReachBridgeAs');
  const wanted = (['from', 'pAssertedIdentity', 'privacy', 'diversion'] as const).filter((name) => expected[name] !== undefined);
  const words = wanted.map((name) => `${name} ${String(expected[name])}`).join(', ');
  return aboutJourney(
    journey,
    `reach the bridge with ${words}`,
    (view) => {
      const { onTrunk } = view.presentation;
      if (!onTrunk) return { holds: false, seen: notForwarded(view) };
      const off = wanted.filter((name) => !fits(onTrunk[name], expected[name]));
      const seen = (off.length > 0 ? off : wanted).map((name) => `${name} is ${onTrunk[name] ?? 'absent'}`);
      return { holds: off.length === 0, final: off.length > 0, seen };
    },
    expected,
  );
}

function fits(value: string | null, expected: string | RegExp | null | undefined): boolean {
  if (expected instanceof RegExp) return value !== null && value.search(expected) >= 0;
  return expected === null ? value === null : (value?.includes(expected ?? '') ?? false);
}
