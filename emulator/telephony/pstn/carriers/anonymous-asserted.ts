import type { CarrierProfile } from './carrier-profile.ts';
import { ANONYMOUS, TRUNK_DIVERSION } from './usual-headers.ts';

/**
 * Every caller anonymous, while the network's own identity still travels: what an SBC does for restricted callers on a trusted
 * trunk (RFC 3325 §7). The identity is for the network, never to be shown or sent on.
 */
export const anonymousAsserted: CarrierProfile = {
  name: 'anonymous-asserted',
  title: 'From anonymous with Privacy: id; P-Asserted-Identity kept',
  from: ANONYMOUS,
  headers: [
    { name: 'P-Asserted-Identity', value: ['<sip:{asserted}@{carrierIp}>', '<sip:{number}@{carrierIp}>'] },
    { name: 'Privacy', value: 'id' },
    TRUNK_DIVERSION,
  ],
};
