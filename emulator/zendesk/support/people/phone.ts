import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/min';

type Library = typeof PhoneNumbers;

let library: Library | undefined;

/** Loaded when the first number is formatted: its metadata would cost more start-up time than the rest of the room. */
function phoneLibrary(): Library {
  return (library ??= createRequire(import.meta.url)('libphonenumber-js/min') as Library);
}

const E164 = /^\+[1-9]\d{1,14}$/;

/** Whether Talk can match this text: matching is on the E.164 form, character by character (Talk dossier §9.2). */
export function isE164(text: string): boolean {
  return E164.test(text);
}

/**
 * As Talk shows numbers: `+1 (415) 555-0100` in the North American plan, grouped international form elsewhere, the
 * text itself when it is no number (Talk dossier §9.2).
 */
export function formatPhone(number: string): string {
  const parsed = phoneLibrary().parsePhoneNumberFromString(number);
  if (!parsed) return number;
  const national = parsed.nationalNumber;
  if (parsed.countryCallingCode === '1' && national.length === 10) {
    return `+1 (${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`;
  }
  return parsed.formatInternational();
}

/** The digits alone. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** The national part of an E.164 number's digits, or undefined when it has none to speak of. */
export function nationalDigits(text: string): string | undefined {
  const parsed = phoneLibrary().parsePhoneNumberFromString(text.startsWith('+') ? text : `+${digitsOf(text)}`);
  return parsed && parsed.nationalNumber.length >= 5 ? parsed.nationalNumber : undefined;
}
