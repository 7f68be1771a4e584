import type { Condition, RuleValue } from '../entities.ts';
import type { RuleFacts } from '../world.ts';
import { hasWord, RANKS, textOf, textsOf, wordsOf } from './values.ts';

/** What a field's value is now and was before; how a condition's value is read. */
export interface Reading {
  readonly now: string | null;
  /** Before the update; null for a new ticket. */
  readonly before: string | null;
  /** The condition's values as the field spells them: any of them will do. */
  readonly wanted: readonly (string | null)[];
  readonly rank?: readonly (string | null)[] | undefined;
}

const NEGATIONS: Readonly<Record<string, string>> = {
  is_not: 'is',
  not_changed: 'changed',
  not_value: 'value',
  not_changed_to: 'value',
  not_value_previous: 'value_previous',
  not_changed_from: 'value_previous',
  not_present: 'present',
  not_includes: 'includes',
  not_includes_words: 'includes',
  not_includes_string: 'includes_string',
};

const ALIASES: Readonly<Record<string, string>> = { changed_to: 'value', changed_from: 'value_previous', includes_words: 'includes' };

/** Comparisons of a field with a single value. A field that did not exist before an update is as if empty before it. */
export function testValue({ operator }: Condition, reading: Reading, facts: RuleFacts): boolean {
  const opposite = NEGATIONS[operator];
  if (opposite !== undefined) return !positive(opposite, reading, facts);
  return positive(ALIASES[operator] ?? operator, reading, facts);
}

function positive(operator: string, { now, before, wanted, rank }: Reading, facts: RuleFacts): boolean {
  const hits = (value: string | null): boolean => wanted.some((each) => each === value);
  switch (operator) {
    case 'is':
      return hits(now);
    case 'changed':
      return facts.update !== undefined && now !== before;
    case 'value':
      return facts.update !== undefined && now !== before && hits(now);
    case 'value_previous':
      return facts.update?.type === 'Change' && now !== before && hits(before);
    case 'present':
      return now !== null;
    case 'includes':
      return now !== null && wanted.some((each) => each !== null && wordsOf(each).some((word) => hasWord(now, word)));
    case 'includes_string':
      return now !== null && wanted.some((each) => each !== null && now.toLowerCase().includes(each.toLowerCase()));
    case 'less_than':
      return compare(now, wanted[0] ?? null, rank, (difference) => difference < 0);
    case 'less_than_equal':
      return compare(now, wanted[0] ?? null, rank, (difference) => difference <= 0);
    case 'greater_than':
      return compare(now, wanted[0] ?? null, rank, (difference) => difference > 0);
    case 'greater_than_equal':
      return compare(now, wanted[0] ?? null, rank, (difference) => difference >= 0);
    case 'within_previous_n_days':
      return days(now, wanted, facts, (ahead, count) => ahead <= 0 && ahead >= -count);
    case 'within_next_n_days':
      return days(now, wanted, facts, (ahead, count) => ahead >= 0 && ahead <= count);
    default:
      return false;
  }
}

/** By rank where the field has one, else as numbers, else as texts (dates). What is empty compares with nothing. */
function compare(
  now: string | null,
  wanted: string | null,
  rank: readonly (string | null)[] | undefined,
  holds: (difference: number) => boolean,
): boolean {
  if (rank) {
    const [own, other] = [rank.indexOf(now), rank.indexOf(wanted)];
    return own >= 0 && other >= 0 && holds(own - other);
  }
  if (now === null || wanted === null) return false;
  const [own, other] = [Number(now), Number(wanted)];
  if (!Number.isNaN(own) && !Number.isNaN(other)) return holds(own - other);
  return holds(now < wanted ? -1 : now > wanted ? 1 : 0);
}

function days(
  now: string | null,
  wanted: readonly (string | null)[],
  { world }: RuleFacts,
  holds: (ahead: number, count: number) => boolean,
): boolean {
  const at = now === null ? Number.NaN : Date.parse(now);
  const count = Number(wanted[0]);
  if (Number.isNaN(at) || Number.isNaN(count)) return false;
  const today = Math.floor(world.now / 86_400_000);
  return holds(Math.floor(at / 86_400_000) - today, count);
}

/** Tags, or words of several values: `includes` is at least one of them, `not_includes` none. */
export function testTags(operator: string, tags: readonly string[], value: RuleValue): boolean {
  const wanted = textsOf(value).flatMap(wordsOf);
  const some = wanted.some((tag) => tags.includes(tag));
  return operator.startsWith('not_') ? !some : some;
}

/** `includes` one of the words, `is` the very string; the negations of both. */
export function testWords(operator: string, text: string, value: RuleValue): boolean {
  const wanted = textsOf(value).join(' ');
  const found =
    operator === 'is' || operator === 'is_not'
      ? wanted !== '' && text.toLowerCase().includes(wanted.toLowerCase())
      : wordsOf(wanted).some((word) => hasWord(text, word));
  return operator === 'is_not' || operator === 'not_includes' ? !found : found;
}

export function rankOf(field: string): readonly (string | null)[] | undefined {
  return RANKS[field];
}

export function single(value: RuleValue): (string | null)[] {
  const texts = textsOf(value);
  return texts.length === 0 ? [null] : texts.map((text) => textOf(text));
}
