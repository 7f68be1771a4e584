import { ulid } from 'ulid';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

declare const brand: unique symbol;
/** A string or number that only its own kind of maker produces. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One caller's (or customer's) whole way through the system, across protocols. */
export type JourneyId = Branded<string, 'JourneyId'>;
/** An account's subdomain: the unit of isolation. */
export type AccountName = Branded<string, 'AccountName'>;

export interface Ids {
  /** 26 characters, ordered by time. */
  ulid(): string;
  uuid(): string;
  hex(length: number): string;
  journey(): JourneyId;
  /** A Twilio SID: the prefix and 32 hexadecimal digits. */
  sid(prefix: string): string;
}

export function createIds(random: Random, clock: Clock): Ids {
  return {
    ulid: () => ulid(clock.now(), () => random.next()),
    uuid: () => random.uuid(),
    hex: (length) => random.hex(length),
    journey: () => `j-${random.hex(10)}` as JourneyId,
    sid: (prefix) => prefix + random.hex(32),
  };
}
