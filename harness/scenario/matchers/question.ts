import { Caller } from '../actors/caller.ts';
import { Bridge } from '../actors/bridge.ts';
import { Journey } from '../actors/journey.ts';
import type { JourneyView } from '../../emulator/journey-view.ts';
import type { Finding, Look, ObserveOptions } from '../observe.ts';
import type { Stage } from '../stage.ts';

/** One expectation, put to the world. Read as "subject to phrase": "the call of +1… to be bound to ticket 35". */
export interface Question {
  readonly stage: Stage;
  readonly subject: string;
  readonly phrase: string;
  readonly nature: ObserveOptions['nature'];
  readonly withinMs?: number;
  /** The journey that it is about, if it is one. */
  readonly journey?: string;
  readonly look: Look;
}

/** What every matcher takes as its last argument. */
export interface Patience {
  /** How long to wait, in milliseconds; the run's `timeouts.expectMs` by default. */
  readonly withinMs?: number;
}

/** The journey that is meant: itself, or the newest of a caller or the bridge. @throws TypeError that says what fits */
export function journeyOf(received: unknown, matcher: string): Journey {
  if (received instanceof Journey) return received;
  if (received instanceof Caller || received instanceof Bridge) return received.journey;
  throw new TypeError(`${matcher} is said of a journey (what caller.dials(line) returns) or a caller; got ${describeValue(received)}`);
}

/** A question about one journey: each look gets its view and is over when the journey is finished. */
export function aboutJourney(
  journey: Journey,
  phrase: string,
  look: (view: JourneyView) => Finding | Promise<Finding>,
  more: { nature?: Question['nature'] } & Patience = {},
): Question {
  return {
    stage: journey.stage,
    journey: journey.id,
    subject: journey.title,
    phrase,
    nature: more.nature ?? 'event',
    ...(more.withinMs === undefined ? {} : { withinMs: more.withinMs }),
    look: async () => {
      const view = await journey.view();
      return { ...(await look(view)), over: view.state === 'finished' };
    },
  };
}

/** A value in a message: objects of the harness by their title. */
export function describeValue(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string') return value.title;
  return JSON.stringify(value) ?? String(value);
}
