import type { CarrierProfile } from './carrier-profile.ts';
import { ANONYMOUS, PRIVACY_WHEN_WITHHELD, TRUNK_DIVERSION } from './usual-headers.ts';

/** The caller in the format of their own country, without plus and country code: `02079460018`, `4155550100`. */
export const national: CarrierProfile = {
  name: 'national',
  title: 'Caller in national format without plus; the called number stays E.164',
  from: ['"{cnam}" <sip:{caller:national}@{trunk}>', '<sip:{caller:national}@{trunk}>', ANONYMOUS],
  headers: [
    { name: 'P-Asserted-Identity', value: '<sip:{asserted:national}@{carrierIp}:5060>', when: 'shown' },
    PRIVACY_WHEN_WITHHELD,
    TRUNK_DIVERSION,
  ],
};
