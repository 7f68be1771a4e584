/** A host, and a port where one is written. */
export interface HostPort {
  readonly host: string;
  readonly port: number | undefined;
  /** Where it ends in the text. */
  readonly end: number;
}

/**
 * Reads `host` or `host:port` from there on as nearly everybody writes it: letters, digits, dots and hyphens, no white space.
 * Undefined for all else, brackets included: regular expressions read that, at several times the price.
 */
export function plainHostPort(text: string, from: number): HostPort | undefined {
  let at = from;
  while (isHostCharacter(text.charCodeAt(at))) at++;
  if (at === from) return undefined;
  const host = text.slice(from, at);
  if (text.charCodeAt(at) !== COLON) return { host, port: undefined, end: at };
  const start = ++at;
  let port = 0;
  for (let code = text.charCodeAt(at); isDigit(code) && at < start + MOST_DIGITS; code = text.charCodeAt(++at))
    port = port * 10 + code - ZERO;
  return at === start || port > LARGEST_PORT ? undefined : { host, port, end: at };
}

const COLON = 58;
const ZERO = 48;
const MOST_DIGITS = 5;
const LARGEST_PORT = 65_535;

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 57;
}

function isHostCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || isDigit(code) || code === 46 || code === 45 || (code >= 65 && code <= 90);
}
