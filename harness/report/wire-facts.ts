import type { JourneyView } from '../emulator/journey-view.ts';

export type Fact = readonly [name: string, value: string];

/** How the caller stood in the INVITE to the bridge, and what came back in that of the transfer: what correlation lives by. */
export function wireFacts({ presentation: { onTrunk, onSipIn } }: JourneyView): Fact[] {
  const facts: [name: string, value: string | null | undefined][] = [
    ['From at the bridge', onTrunk?.from],
    ['asserted', onTrunk?.pAssertedIdentity],
    ['From of the transfer', onSipIn?.from],
    ['ticket header', onSipIn ? (onSipIn.ticketHeader ?? 'absent') : undefined],
  ];
  return facts.filter((fact): fact is [string, string] => typeof fact[1] === 'string');
}
