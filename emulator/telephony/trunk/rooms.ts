import type { Core } from '../../core/core.ts';
import type { Random } from '../../core/random.ts';
import type { Media } from '../media/index.ts';
import type { PstnNetwork } from '../pstn/index.ts';
import type { Address, SipStack } from '../sip/index.ts';

/** What a trunk is built on. */
export interface TrunkRooms {
  readonly core: Core;
  readonly sip: SipStack;
  readonly media: Media;
  readonly pstn: PstnNetwork;
  /** Where bridges reach our UDP listener, when that is not the bound address (containers, other hosts). */
  readonly advertise?: Partial<Address>;
}

/** The same with the trunks' own randomness. */
export interface TrunkWorld extends TrunkRooms {
  readonly random: Random;
}

/** The address that Record-Route names. */
export function edgeOf({ sip, advertise }: TrunkRooms): Address {
  return { host: advertise?.host ?? sip.addresses.udp.host, port: advertise?.port ?? sip.addresses.udp.port };
}
