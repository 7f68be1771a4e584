import type { JourneyView } from '../../emulator/journey-view.ts';
import { escape } from './escape.ts';

/** What a journey came to, as a list of short facts. */
export function journeyFacts(journey: JourneyView): string {
  const { presentation, correlation, binding, call, tickets } = journey;
  const { onTrunk, onSipIn } = presentation;
  const facts: [name: string, value: string | null | undefined][] = [
    ['journey', journey.id],
    [
      'tickets',
      tickets.length === 0 ? 'none' : tickets.map((id) => (id === journey.ticket ? `${id} (the call's)` : String(id))).join(', '),
    ],
    ['From at the bridge', onTrunk?.from],
    ['asserted', onTrunk?.pAssertedIdentity],
    ['From of the transfer', onSipIn?.from],
    ['ticket header', onSipIn ? (onSipIn.ticketHeader ?? 'absent') : undefined],
    ['transfer', binding.result === 'none' ? undefined : `${binding.result} (ticket ${binding.ticketId}), joined by ${correlation.rule}`],
    ['ended', call?.state === 'ended' ? `${call.cause ?? ''} by the ${call.endedBy ?? 'network'}` : journey.state],
  ];
  const shown = facts.filter((fact): fact is [string, string] => typeof fact[1] === 'string');
  return `<dl class="facts">${shown.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>`;
}
