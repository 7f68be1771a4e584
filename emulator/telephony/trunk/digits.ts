import type { RtpEndpoint } from '../media/index.ts';
import type { PstnArrival } from '../pstn/index.ts';

/** Keys both ways: the caller's as RFC 4733 events one after the other, the bridge's as keys on the telephone network. */
export function carryDigits(arrival: PstnArrival, endpoint: RtpEndpoint, problem: (what: string) => void): void {
  let sending = Promise.resolve();
  arrival.on('digit', (digit) => {
    sending = sending
      .then(() => (arrival.state === 'answered' ? endpoint.sendDigits(digit) : undefined))
      .catch((error: unknown) => {
        if (arrival.state !== 'answered') return;
        problem(`the key ${digit} did not reach the bridge: ${error instanceof Error ? error.message : String(error)}`);
      });
  });
  endpoint.on('digit', (digit) => arrival.sendDigits(digit));
}
