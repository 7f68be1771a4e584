import type { Core } from '../../core/core.ts';
import type { PstnArrival } from './arrival.ts';
import type { DialOptions } from './call-types.ts';
import type { PstnCall } from './call.ts';
import { Connection } from './connection.ts';

/** Who answers for a number. */
export type Subscriber = (arrival: PstnArrival) => void;

/** The public telephone network: numbers, whom they belong to, and the calls between them. It belongs to no account. */
export interface PstnNetwork {
  /** Connects a number (E.164). @throws Error when somebody has it already. */
  attach(number: string, subscriber: Subscriber): { detach(): void };
  /** Whether somebody has the number. */
  attached(number: string): boolean;
  /**
   * Dials. The call is under way when this returns; it ends with `unallocated-number` when nobody has the number by
   * the time the post-dial delay is over.
   */
  dial(o: DialOptions): PstnCall;
  /** The account's live calls, the oldest first. */
  calls(account: string): PstnCall[];
  /** Ends the account's live calls, as the network's doing. Returns how many there were. */
  endAll(account: string): number;
}

export interface PstnOptions {
  readonly core: Core;
  /**
   * Silence between dialling and the called party's ringing, on the wire clock. Default 0; real networks take 1 to 3 s inland,
   * 3 to 7 s to mobiles and forwarded numbers, 5 to 12 s abroad (inferred).
   */
  readonly postDialDelayMs?: number;
}

export function createPstn({ core, postDialDelayMs = 0 }: PstnOptions): PstnNetwork {
  const subscribers = new Map<string, { take: Subscriber }>();
  const live = new Map<string, Connection>();
  const connectionsOf = (account: string): Connection[] => [...live.values()].filter((connection) => connection.setup.account === account);

  const route = (connection: Connection): void => {
    const { to, journey, account } = connection.setup;
    const subscriber = subscribers.get(to);
    if (!subscriber) {
      connection.finish({ by: 'network', cause: 'unallocated-number' });
      return;
    }
    try {
      connection.offer(subscriber.take);
    } catch (error) {
      const label = `the subscriber of ${to} could not take the call: ${error instanceof Error ? error.message : String(error)}`;
      core.journal.append({ kind: 'call.failed', from: 'ringback', account, journey, label, data: { pstnCall: connection.setup.id, to } });
    }
  };

  return {
    attach(number, take) {
      if (subscribers.has(number)) throw new Error(`number ${number} belongs to somebody already; detach it first or choose another`);
      // An object of its own, so that a detach from an earlier time takes nothing away.
      const subscriber = { take };
      subscribers.set(number, subscriber);
      return {
        detach() {
          if (subscribers.get(number) === subscriber) subscribers.delete(number);
        },
      };
    },
    attached: (number) => subscribers.has(number),
    dial(o) {
      const setup = { ...o, id: `pstn-${core.ids.hex(8)}` };
      const connection = new Connection({ setup, clock: core.clock, released: () => live.delete(setup.id) });
      live.set(setup.id, connection);
      connection.start(o.postDialDelayMs ?? postDialDelayMs, () => route(connection));
      return connection.call;
    },
    calls: (account) => connectionsOf(account).map((connection) => connection.call),
    endAll(account) {
      const ending = connectionsOf(account);
      for (const connection of ending) connection.finish({ by: 'network', cause: 'normal' });
      return ending.length;
    },
  };
}
