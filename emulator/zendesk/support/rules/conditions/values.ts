import type { FieldValue, Ticket } from '../../entities.ts';
import type { RuleValue } from '../entities.ts';
import { currentUserId, type RuleFacts } from '../world.ts';

/** Lowest first; nothing is lower than all (vendor article "Conditions reference": "" is no priority). */
export const RANKS: Readonly<Record<string, readonly (string | null)[]>> = {
  status: ['new', 'open', 'pending', 'hold', 'solved', 'closed'],
  priority: [null, 'low', 'normal', 'high', 'urgent'],
  // The order is inferred.
  satisfaction_score: ['true', 'false', 'bad', 'bad_with_comment', 'good', 'good_with_comment'],
  type: [null, 'question', 'incident', 'problem', 'task'],
};

/** A value of a condition as plain text; empty is no value. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return Array.isArray(value) ? value.map(String).join(' ') : String(value);
}

/** The texts of a condition's value, one or many. */
export function textsOf(value: RuleValue): string[] {
  if (value === null || value === '') return [];
  return typeof value === 'object' ? value.flatMap(textsOf) : [String(value)];
}

/** `current_user`, `requester_id` and their like stand for ids. */
export function personOf(text: string, facts: RuleFacts): string | null {
  if (text === 'current_user') return textOf(currentUserId(facts)) ?? 'nobody';
  if (text === 'requester_id') return textOf(facts.ticket.requester_id);
  if (text === 'assignee_id') return textOf(facts.ticket.assignee_id);
  if (text === 'submitter_id') return textOf(facts.ticket.submitter_id);
  return text;
}

/** Each of the groups that a condition names; `current_groups` stands for those of whoever acts. */
export function groupsOf(value: RuleValue, facts: RuleFacts): (string | null)[] {
  const userId = currentUserId(facts);
  const own = (): string[] => (userId === null ? [] : facts.world.groupsOf(userId).map((group) => String(group.id)));
  const named = textsOf(value);
  return named.length === 0 ? [null] : named.flatMap((text) => (text === 'current_groups' ? own() : [text]));
}

export function customValue(ticket: Ticket, fieldId: number): FieldValue {
  return ticket.custom_fields.find((field) => field.id === fieldId)?.value ?? null;
}

/** The words of a text, without regard to case. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
}

/** Whether a word stands in the text by itself. */
export function hasWord(text: string, word: string): boolean {
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
    if (!isWordMark(lower.at(at - 1), at > 0) && !isWordMark(lower.at(at + word.length), at + word.length < lower.length)) return true;
  }
  return false;
}

function isWordMark(mark: string | undefined, inside: boolean): boolean {
  return inside && mark !== undefined && /[\p{L}\p{N}_]/u.test(mark);
}
