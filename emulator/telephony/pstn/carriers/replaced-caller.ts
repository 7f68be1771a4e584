import type { CarrierProfile } from './carrier-profile.ts';
import { ANONYMOUS, TRUNK_DIVERSION } from './usual-headers.ts';

/**
 * The forwarding line stands where the caller should: From and P-Asserted-Identity show the Zendesk number and nothing of the
 * caller is left, for every caller alike. A call that nobody forwarded keeps its caller.
 */
export const replacedCaller: CarrierProfile = {
  name: 'replaced-caller',
  title: 'Caller replaced by the Zendesk line that forwarded the call',
  from: ['<sip:{line}@{trunk}>', '<sip:{caller}@{trunk}>', ANONYMOUS],
  headers: [{ name: 'P-Asserted-Identity', value: ['<sip:{line}@{carrierIp}:5060>', '<sip:{caller}@{carrierIp}:5060>'] }, TRUNK_DIVERSION],
};
