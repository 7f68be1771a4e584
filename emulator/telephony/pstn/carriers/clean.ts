import type { CarrierProfile } from './carrier-profile.ts';
import { ANONYMOUS, PRIVACY_WHEN_WITHHELD, TRUNK_DIVERSION } from './usual-headers.ts';

/** Everything arrives in E.164, as Twilio's US trunks show it. Withheld callers are anonymous through and through. */
export const clean: CarrierProfile = {
  name: 'clean',
  title: 'E.164 in From and P-Asserted-Identity; withheld callers without any identity',
  from: ['"{cnam}" <sip:{caller}@{trunk}>', '<sip:{caller}@{trunk}>', ANONYMOUS],
  headers: [
    { name: 'P-Asserted-Identity', value: '<sip:{asserted}@{carrierIp}:5060>', when: 'shown' },
    PRIVACY_WHEN_WITHHELD,
    TRUNK_DIVERSION,
  ],
};
