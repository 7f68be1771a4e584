import type { JourneyView } from '../../emulator/journey-view.ts';
import { type Fact, wireFacts } from '../wire-facts.ts';
import { escape } from './escape.ts';

/** What a journey came to, as a list of short facts. */
export function journeyFacts(journey: JourneyView): string {
  const { correlation, binding, call, tickets } = journey;
  const transfer: Fact[] =
    binding.result === 'none' ? [] : [['transfer', `${binding.result} (ticket ${binding.ticketId}), joined by ${correlation.rule}`]];
  const facts: Fact[] = [
    ['journey', journey.id],
    [
      'tickets',
      tickets.length === 0 ? 'none' : tickets.map((id) => (id === journey.ticket ? `${id} (the call's)` : String(id))).join(', '),
    ],
    ...wireFacts(journey),
    ...transfer,
    ['ended', call?.state === 'ended' ? `${call.cause ?? ''} by the ${call.endedBy ?? 'network'}` : journey.state],
  ];
  return `<dl class="facts">${facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>`;
}
