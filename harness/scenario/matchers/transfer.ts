import type { JourneyView } from '../../emulator/journey-view.ts';
import { Agent, describeAgent } from '../actors/agent.ts';
import type { Finding } from '../observe.ts';
import type { Stage } from '../stage.ts';
import { aboutJourney, describeValue, journeyOf, type Patience, type Question } from './question.ts';
import { describeLeg, describeStanding, describeStrays } from './standing.ts';
import { sipMessages } from './wire-evidence.ts';

/** Talk bound the bridge's transfer to that ticket, instead of making another one. */
export function toBeBoundTo(received: unknown, ticket: unknown, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toBeBoundTo');
  if (typeof ticket !== 'number')
    throw new TypeError(`toBeBoundTo takes a ticket's id (await journey.ticket()); got ${describeValue(ticket)}`);
  return aboutJourney(
    journey,
    `be bound to ticket ${ticket} by its transfer`,
    (view) => lookAtBinding(journey.stage, view, ticket),
    options,
  );
}

function lookAtBinding(stage: Stage, view: JourneyView, ticket: number): Finding {
  const { result, ticketId, diagnostics } = view.binding;
  const { onSipIn } = view.presentation;
  if (result === 'bound') {
    const holds = ticketId === ticket;
    return { holds, final: !holds, seen: [`the transfer was bound to ticket ${ticketId}`, ...diagnostics] };
  }
  const header =
    onSipIn &&
    (onSipIn.ticketHeader === null
      ? 'its INVITE had no X-Zendesk-Ticket-Id'
      : `its INVITE said X-Zendesk-Ticket-Id: ${onSipIn.ticketHeader}`);
  if (result === 'duplicated') {
    return {
      holds: false,
      final: true,
      seen: [`Talk made ticket ${ticketId} for the transfer, because ${header ?? 'it fitted none'}`, ...diagnostics],
    };
  }
  if (!onSipIn) {
    const strays = describeStrays(stage, view);
    const none = strays.length > 0 ? strays : ['the bridge has sent no INVITE to the SIP-IN line'];
    return { holds: false, seen: [...none, describeStanding(view)] };
  }
  return { holds: false, seen: [`the transfer is bound to nothing (last answer ${onSipIn.status ?? 'none'}); ${header}`, ...diagnostics] };
}

/** The agent's screen shows that number as the caller (null: no number). Said of an agent, or of a journey's transfer. */
export function toShowCaller(received: unknown, number: string | null, options: Patience = {}): Question {
  const phrase = `show ${number ?? 'no number'} as the caller`;
  if (!(received instanceof Agent)) {
    const journey = journeyOf(received, 'toShowCaller');
    return aboutJourney(journey, phrase, (view) => lookAtCaller(journey.stage, view, number), options);
  }
  return {
    stage: received.stage,
    subject: `${received.title}'s screen`,
    phrase,
    nature: 'event',
    ...(options.withinMs === undefined ? {} : { withinMs: options.withinMs }),
    look: async () => {
      const agent = await received.view();
      if (agent.journey === null) return { holds: false, over: false, seen: [`no call is on it: ${describeAgent(agent)}`] };
      const view = await received.stage.control.journey(agent.journey);
      return { ...lookAtCaller(received.stage, view, number), over: view.state === 'finished' };
    },
  };
}

function lookAtCaller(stage: Stage, view: JourneyView, number: string | null): Finding {
  const { onSipIn } = view.presentation;
  if (!onSipIn && !view.legs.some((leg) => leg.kind === 'agent'))
    return { holds: false, seen: ['no agent was offered the call', describeStanding(view)] };
  const shown = onSipIn ? onSipIn.number : (view.call?.from ?? null);
  const own = shown !== null && shown === stage.run.up.trunk?.number ? " (the bridge's own number)" : '';
  const source = onSipIn ? `; From of the transfer's INVITE is ${onSipIn.from ?? 'absent'}` : '';
  return { holds: shown === number, final: shown !== number, seen: [`it shows ${shown ?? 'no number'}${own}${source}`] };
}

/**
 * The bridge's transfer tells that number anywhere in its INVITE to the SIP-IN line, with or without country code: never
 * what a withheld caller wants.
 */
export function toRevealInTransfer(received: unknown, number: string, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toRevealInTransfer');
  const digits = number.replace(/\D/g, '').slice(-10);
  return aboutJourney(
    journey,
    `reveal ${number} in its transfer`,
    (view) => {
      const invites = sipMessages(journey.stage).filter(({ method, direction, callId }) => {
        return (
          method === 'INVITE' && direction === 'in' && (callId === view.presentation.onSipIn?.callId || view.presentation.onSipIn === null)
        );
      });
      const telling = invites.flatMap(({ raw = '' }) => raw.split(/\r?\n/).filter((line) => line.replace(/\D/g, '').includes(digits)));
      const seen =
        telling.length > 0
          ? telling.map((line) => `the transfer said ${line}`)
          : [`${invites.length} INVITEs to the SIP-IN line, none says it`];
      return { holds: telling.length > 0, seen };
    },
    options,
  );
}

/** The SIP-IN line refused the bridge's transfer with this status. Looks beyond the journey when the INVITE joined none. */
export function toBeRejectedWith(received: unknown, status: number, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toBeRejectedWith');
  return aboutJourney(
    journey,
    `have its transfer rejected with ${status}`,
    (view) => {
      const answers = sipMessages(journey.stage).filter(
        ({ status: code, cseqMethod, direction, entry }) =>
          (code ?? 0) >= 200 && cseqMethod === 'INVITE' && direction === 'out' && (entry.journey === null || entry.journey === journey.id),
      );
      const sipIn = view.legs.findLast((leg) => leg.kind === 'sip-in');
      const seen = answers.map((answer) => `the transfer's INVITE was answered ${answer.entry.label}`);
      if (seen.length === 0)
        seen.push('the bridge has sent no INVITE to the SIP-IN line, or it is not answered yet', describeStanding(view));
      if (sipIn) seen.push(describeLeg(sipIn));
      return { holds: answers.some((answer) => answer.status === status), seen };
    },
    options,
  );
}

/** It rings at the agent (or has rung). */
export function toRing(received: unknown, options: Patience = {}): Question {
  if (!(received instanceof Agent)) throw new TypeError(`toRing is said of an agent; got ${describeValue(received)}`);
  return {
    stage: received.stage,
    subject: received.title,
    phrase: 'be rung',
    nature: 'event',
    ...(options.withinMs === undefined ? {} : { withinMs: options.withinMs }),
    look: async () => {
      const rung = received.stage.entries().some((entry) => entry.kind === 'leg.opened' && isAgentLeg(entry.data, received.name));
      const view = await received.view();
      return { holds: rung || view.state === 'ringing' || view.state === 'talking', over: false, seen: [describeAgent(view)] };
    },
  };
}

const isAgentLeg = (data: Readonly<Record<string, unknown>>, name: string): boolean => data['kind'] === 'agent' && data['party'] === name;
