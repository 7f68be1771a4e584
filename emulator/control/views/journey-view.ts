import type { Journey } from '../../core/journeys.ts';
import type { Rooms } from '../rooms.ts';
import { correlationOf, ticketsOf } from './evidence.ts';
import { factsOf, type JourneyFacts } from './facts.ts';
import { hearingOf } from './hearing.ts';

/** A journey in domain words: `GET /journeys/{id}`, journey.schema.json. */
export function journeyView(rooms: Rooms, journey: Journey): Record<string, unknown> {
  const facts = factsOf(journey);
  const entries = rooms.core.journal.read({ journey: journey.id });
  const sipIn = facts.sipIn;
  const tickets = ticketsOf(entries, sipIn?.ticketId ?? null);
  return {
    id: journey.id,
    account: journey.account,
    state: journey.state,
    origin: journey.origin,
    startedAt: journey.startedAt,
    call: callView(facts),
    presentation: { dialled: facts.presentation?.dialled ?? null, onTrunk: trunkView(facts), onSipIn: sipInView(facts) },
    ticket: facts.talk?.ticketId ?? null,
    tickets,
    requester: facts.talk?.requesterId ?? null,
    legs: facts.legs ?? [],
    correlation: {
      ...correlationOf(entries),
      ticketHeader: sipIn?.ticketHeader ?? null,
      rule: sipIn?.rule ?? null,
      evidence: sipIn?.evidence ?? null,
    },
    binding: {
      result: sipIn?.binding ?? 'none',
      ticketId: sipIn?.ticketId ?? null,
      diagnostics: sipIn?.diagnostics ?? [],
    },
    hearing: journey.state === 'live' ? hearingOf(rooms, journey) : [],
  };
}

function callView({ call }: JourneyFacts): object | null {
  if (!call) return null;
  return {
    from: call.from ?? null,
    to: call.to ?? '',
    carrier: call.carrier ?? '',
    state: call.state ?? 'dialling',
    endedBy: call.endedBy ?? null,
    cause: call.cause ?? null,
    toneHz: call.toneHz ?? null,
    digits: call.digits ?? '',
    script: call.script ?? null,
  };
}

function trunkView({ trunk }: JourneyFacts): object | null {
  if (!trunk) return null;
  return {
    callId: trunk.callId,
    from: trunk.from,
    pAssertedIdentity: trunk.pAssertedIdentity ?? null,
    privacy: trunk.privacy ?? null,
    diversion: trunk.diversion ?? null,
    originationUri: trunk.originationUri ?? null,
    state: trunk.state,
    status: trunk.status ?? null,
  };
}

function sipInView({ sipIn }: JourneyFacts): object | null {
  if (!sipIn) return null;
  return {
    callId: sipIn.callId,
    from: sipIn.from ?? null,
    number: sipIn.number ?? null,
    ticketHeader: sipIn.ticketHeader ?? null,
    headers: sipIn.headers ?? {},
    status: sipIn.status ?? null,
  };
}
