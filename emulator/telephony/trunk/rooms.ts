import type { Core } from '../../core/core.ts';
import type { Random } from '../../core/random.ts';
import type { Media } from '../media/index.ts';
import type { PstnNetwork } from '../pstn/index.ts';
import type { SipStack } from '../sip/index.ts';

/** What a trunk is built on. */
export interface TrunkRooms {
  readonly core: Core;
  readonly sip: SipStack;
  readonly media: Media;
  readonly pstn: PstnNetwork;
}

/** The same with the trunks' own randomness. */
export interface TrunkWorld extends TrunkRooms {
  readonly random: Random;
}
