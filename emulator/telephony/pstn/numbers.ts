import { createRequire } from 'node:module';
import type * as PhoneLibrary from 'libphonenumber-js/min';

const require = createRequire(import.meta.url);
let library: typeof PhoneLibrary | undefined;

/** libphonenumber, loaded on first use: its metadata costs some 60 ms of start-up. */
export function phoneLibrary(): typeof PhoneLibrary {
  library ??= require('libphonenumber-js/min') as typeof PhoneLibrary;
  return library;
}

/** The digits that subscribers of the same country dial, trunk prefix included: `+442079460018` is `02079460018`. */
export function nationalDigits(e164: string): string {
  const parsed = phoneLibrary().parsePhoneNumberFromString(e164);
  return (parsed?.formatNational() ?? e164).replaceAll(/\D/g, '');
}
