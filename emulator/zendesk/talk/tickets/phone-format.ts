import { phoneLibrary } from '../../../telephony/pstn/index.ts';

const NANP = /^\+1(\d{3})(\d{3})(\d{4})$/;

/**
 * A number as Zendesk shows it: `+1 (602) 555-0169`, elsewhere grouped international such as `+61 438 474 311`
 * (zendesk-talk §9.2). What is no E.164 number stays as it is.
 */
export function formatPhone(number: string): string {
  const nanp = NANP.exec(number);
  if (nanp) return `+1 (${nanp[1]}) ${nanp[2]}-${nanp[3]}`;
  if (!number.startsWith('+')) return number;
  return phoneLibrary().parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}
