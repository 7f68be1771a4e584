import type { JourneyView } from '../../emulator/journey-view.ts';
import { lookAtHearing, type Party } from '../hearing.ts';
import type { Finding } from '../observe.ts';
import { aboutJourney, describeValue, journeyOf, type Patience, type Question } from './question.ts';
import { describeLeg, describeStanding } from './standing.ts';
import { Caller } from '../actors/caller.ts';
import { sessionOf } from './wire-evidence.ts';

/** The listener hears the speaker: its tone at least 20 dB above the rest in 80 % of the windows. What the bridge hears it must tell by itself. */
export function toHear(received: unknown, speaker: unknown, options: Patience = {}): Question {
  const listener = party(received, 'toHear is said of a caller, an agent or the bridge');
  const other = party(speaker, 'toHear takes a caller, an agent or the bridge');
  if (listener.voice === 'bridge') return bridgeHears(other, options);
  return {
    stage: listener.stage,
    subject: listener.title,
    phrase: `hear ${other.title}`,
    nature: 'state',
    ...(options.withinMs === undefined ? {} : { withinMs: options.withinMs }),
    look: () => lookAtHearing(listener, other),
  };
}

/** What the bridge hears is measured at its own decoder: it must tell. */
function bridgeHears(speaker: Party, options: Patience): Question {
  if (!(speaker instanceof Caller)) throw new TypeError(`the bridge can be asked about its caller only; got ${describeValue(speaker)}`);
  const { journey } = speaker;
  const look = async (view: JourneyView): Promise<Finding> => {
    const { offered, session } = await sessionOf(journey.stage, view);
    if (!offered || (session && session.heardHz === undefined)) throw new TypeError(BRIDGE_IS_SILENT);
    const toneHz = view.call?.toneHz ?? null;
    const heard = session?.heardHz ?? null;
    const seen = session ? `the bridge hears ${heard === null ? 'no tone' : `${heard} Hz`}` : 'the bridge says nothing of this call';
    return { holds: heard !== null && heard === toneHz, seen: [`${seen}; the caller speaks ${toneHz ?? 'no'} Hz`] };
  };
  return { ...aboutJourney(journey, `hear ${speaker.title}`, look, { ...options, nature: 'state' }), subject: 'the bridge' };
}

const BRIDGE_IS_SILENT =
  'the bridge does not say what it hears: let `sessions()` of its adapter tell `heardHz`, or turn it round: expect(caller).toHear(bridge)';

function party(value: unknown, what: string): Party {
  if (typeof value === 'object' && value !== null && 'voice' in value) return value as Party;
  throw new TypeError(`${what}; got ${describeValue(value)}`);
}

export interface EndOptions extends Patience {
  /** Who ended the caller's call. */
  readonly by?: 'caller' | 'callee' | 'network';
  /** The telephone network's cause, such as `normal`, `busy`, `unallocated-number`. */
  readonly cause?: string;
}

/** Every leg has ended and what Zendesk writes after a call is written. */
export function toEnd(received: unknown, options: EndOptions = {}): Question {
  const journey = journeyOf(received, 'toEnd');
  const how = `${options.by ? ` by the ${options.by}` : ''}${options.cause ? ` with ${options.cause}` : ''}`;
  return aboutJourney(journey, `end${how}`, (view) => lookAtEnd(view, options), options);
}

function lookAtEnd(view: JourneyView, { by, cause }: EndOptions): Finding {
  const left = view.legs.filter((leg) => leg.state !== 'ended');
  if (view.state !== 'finished') {
    return {
      holds: false,
      seen: left.length > 0 ? left.map(describeLeg) : ['every leg has ended, but Zendesk has not finished with the call'],
    };
  }
  if (left.length > 0) return { holds: false, final: true, seen: left.map((leg) => `the journey is over, but ${describeLeg(leg)}`) };
  const off = (by !== undefined && view.call?.endedBy !== by) || (cause !== undefined && view.call?.cause !== cause);
  return {
    holds: !off,
    final: off,
    seen: [`it ended by the ${view.call?.endedBy ?? 'bridge'} with ${view.call?.cause ?? 'no cause'}`, describeStanding(view)],
  };
}
