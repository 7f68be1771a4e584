import { phoneLibrary } from '../../../telephony/pstn/index.ts';

const NANP = /^\+1\d{10}$/;

/**
 * A number as Zendesk shows it: `+1 (602) 555-0169`, elsewhere grouped international such as `+61 438 474 311`
 * (zendesk-talk §9.2). What is no E.164 number stays as it is.
 */
export function formatPhone(number: string): string {
  if (NANP.test(number)) return `+1 (${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`;
  if (!number.startsWith('+')) return number;
  return phoneLibrary().parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}
