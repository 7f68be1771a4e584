import type { JourneyView } from '../../emulator/journey-view.ts';
import type { Journey } from '../actors/journey.ts';
import type { Finding } from '../observe.ts';
import { aboutJourney, journeyOf, type Patience, type Question } from './question.ts';
import { readsOf, requests } from './rest-reads.ts';
import { sessionOf } from './wire-evidence.ts';

/**
 * The bridge knows that the call belongs to the ticket (by default the one that Talk opened for the call). Shown by the
 * bridge's session where it can be asked; else by the transfer's ticket header, or by reads of ticket and requester.
 */
export function toCorrelate(received: unknown, ticket?: number, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toCorrelate');
  const phrase = ticket === undefined ? 'be correlated with its ticket' : `be correlated with ticket ${ticket}`;
  return aboutJourney(journey, phrase, (view) => lookForLink(journey, view, ticket ?? view.ticket), options);
}

async function lookForLink(journey: Journey, view: JourneyView, wanted: number | null): Promise<Finding> {
  if (wanted === null) return { holds: false, seen: ['Zendesk has no ticket for this call yet', ...deliveries(view)] };
  const { ticketHeader } = view.correlation;
  const { offered, session } = await sessionOf(journey.stage, view);
  const header = ticketHeader === null ? [] : [`the transfer carried X-Zendesk-Ticket-Id: ${ticketHeader}`];
  if (ticketHeader !== null && Number(ticketHeader) !== wanted) {
    return { holds: false, final: true, seen: [`${header[0] as string}, not ${wanted}`] };
  }
  if (offered) {
    if (session?.ticketId === wanted) return { holds: true, seen: [`the bridge's session says ticket ${wanted}`, ...header] };
    if (session?.ticketId != null) {
      return {
        holds: false,
        final: true,
        seen: [`the bridge linked the call to ticket ${session.ticketId}, not ${wanted}: ${whose(view, session.ticketId)}`],
      };
    }
    const state = session ? 'the bridge has the call, but linked no ticket to it' : 'the bridge says nothing of this call';
    return { holds: false, seen: [state, ...deliveries(view), ...callerSeen(view, session?.caller)] };
  }
  const all = requests(journey.stage);
  const [ticketRead] = readsOf(all, 'tickets', wanted);
  const requesterRead = view.requester === null ? undefined : readsOf(all, 'users', view.requester)[0];
  if (ticketHeader !== null) return { holds: true, seen: header };
  if (!view.tickets.includes(wanted)) {
    // Reads of another call's ticket are evidence of that call's link, not of this one's.
    return { holds: false, seen: [`ticket ${wanted} is none of this call's, and no transfer of this call named it`, ...deliveries(view)] };
  }
  if (ticketRead && requesterRead) return { holds: true, seen: [`it read ticket ${wanted} and its requester`] };
  return {
    holds: false,
    seen: [ticketRead ? `it read ticket ${wanted}, but not its requester` : `it never read ticket ${wanted}`, ...deliveries(view)],
  };
}

/** How `ticket.created` fared on its way to the bridge. */
function deliveries(view: JourneyView): string[] {
  const created = view.correlation.webhooks.filter((webhook) => webhook.event.endsWith('ticket.created'));
  if (created.length === 0) return ['ticket.created was not delivered to it'];
  return created.map(
    (webhook) => `ticket.created of ticket ${webhook.ticket ?? '?'} was delivered and answered ${webhook.status ?? 'with nothing'}`,
  );
}

function callerSeen(view: JourneyView, caller: string | null | undefined): string[] {
  const from = view.presentation.onTrunk?.from;
  if (caller === undefined || !from) return [];
  return [
    `it took ${caller ?? 'nobody'} for the caller; the INVITE said From: ${from}, the caller dialled as ${view.call?.from ?? 'anonymous'}`,
  ];
}

/**
 * The bridge links the call to no ticket, neither the right one nor another, and says none in a transfer. It is judged
 * when things have settled.
 */
export function toStayUnlinked(received: unknown, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toStayUnlinked');
  return aboutJourney(
    journey,
    'stay linked to no ticket',
    async (view) => {
      const { session } = await sessionOf(journey.stage, view);
      const { ticketHeader } = view.correlation;
      const links = [
        ...(session?.ticketId == null ? [] : [`the bridge linked it to ticket ${session.ticketId}, ${whose(view, session.ticketId)}`]),
        ...(ticketHeader === null
          ? []
          : [`the transfer carried X-Zendesk-Ticket-Id: ${ticketHeader}, ${whose(view, Number(ticketHeader))}`]),
      ];
      return { holds: links.length === 0, final: links.length > 0, seen: links.length > 0 ? links : ['no link was seen'] };
    },
    { ...options, nature: 'exact' },
  );
}

function whose(view: JourneyView, ticket: number): string {
  if (view.ticket === ticket) return "the call's own ticket";
  const { result, ticketId } = view.binding;
  return result === 'duplicated' && ticketId === ticket ? 'the ticket that Talk made for its transfer' : "another call's ticket";
}
