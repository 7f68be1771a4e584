import { digitsOf, nationalDigits } from './phone.ts';

/** One condition of a user search. */
export interface Term {
  /** `name`, `role`, …; undefined searches every property. */
  readonly property: string | undefined;
  /** Lower case, without quotes and the trailing `*`. */
  readonly text: string;
  readonly negated: boolean;
  /** For phone numbers: what their digits may contain, the whole number first, then its national part. */
  readonly digits: readonly string[] | undefined;
}

const TERM = /(-?)(?:([a-z_]+):)?(?:"([^"]*)"|(\S+))/gi;
/** A `+` that nobody encoded arrives as a space; digits with spaces, dots, hyphens and brackets are one number. */
const WHOLE_PHONE = /^\s*(?:phone:)?\s*"?(\+?[\d().\s-]{5,})"?\s*$/i;

/** The terms of a query; all must hold. */
export function userTerms(query: string): Term[] {
  const whole = WHOLE_PHONE.exec(query)?.[1];
  if (whole !== undefined && digitsOf(whole).length >= 5) return [phoneTerm(whole, false)];
  return [...query.matchAll(TERM)].map(([, minus, name, quoted, word]) => {
    const property = name?.toLowerCase();
    const text = quoted ?? word ?? '';
    const negated = minus === '-';
    if (property === 'phone' || /^\+\d{5,}$/.test(text)) return phoneTerm(text, negated);
    return { property, text: text.toLowerCase().replace(/\*+$/, ''), negated, digits: undefined };
  });
}

function phoneTerm(text: string, negated: boolean): Term {
  const digits = digitsOf(text);
  const national = digits.length >= 9 ? nationalDigits(text.trim()) : undefined;
  return { property: 'phone', text, negated, digits: [...new Set([digits, ...(national ? [national] : [])])] };
}
