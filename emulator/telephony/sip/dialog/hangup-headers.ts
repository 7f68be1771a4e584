import type { HangupOptions, HeaderList } from '../call-types.ts';

/** The header rows that a hang-up puts into its BYE, CANCEL or response. */
export function hangupHeaders(options: HangupOptions): HeaderList {
  return options.reason === undefined ? (options.headers ?? []) : [...(options.headers ?? []), ['Reason', options.reason]];
}
