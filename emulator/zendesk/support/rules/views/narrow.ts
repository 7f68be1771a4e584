import { isoSeconds } from '../../../account/index.ts';
import type { Ticket } from '../../entities.ts';
import { PRIORITIES, STATUSES, TYPES } from '../../search/index/entries.ts';
import { and, type Mask, not, or } from '../../search/index/mask.ts';
import type { RecordTable } from '../../search/index/record-table.ts';
import { met } from '../conditions/evaluate.ts';
import { asIfSet } from '../conditions/probe.ts';
import { textsOf, wordsOf } from '../conditions/values.ts';
import type { Condition, Conditions } from '../entities.ts';
import type { RuleFacts } from '../world.ts';

/** Fields that the index has as places in an order: column, and the values in their order. */
const RANKED: Readonly<Record<string, readonly [column: string, values: readonly string[]]>> = {
  status: ['status', STATUSES],
  priority: ['priority', PRIORITIES],
  type: ['ticket_type', TYPES],
};

/** Fields that the index has by a keyword. */
const KEYWORDS: Readonly<Record<string, string>> = {
  assignee_id: 'assignee',
  requester_id: 'requester',
  organization_id: 'organization',
  group_id: 'group',
  brand_id: 'brand',
  ticket_form_id: 'form',
  custom_status_id: 'custom_status',
  current_tags: 'tags',
};

/** Whoever looks; the ticket is filled in. */
type Looking = Pick<RuleFacts, 'world' | 'userId'>;

export interface Narrowed {
  readonly rows: Mask;
  /** Whether these are the rows that the conditions hold for; else some of them may yet fail. */
  readonly exact: boolean;
}

/**
 * What the search index can say of the conditions; undefined when that is nothing. What a condition means is asked of the
 * condition itself, once for each value that it could single out.
 */
export function narrow(table: RecordTable, { all, any }: Conditions, looking: Looking): Narrowed | undefined {
  const needed = all.map((condition) => rowsOf(table, condition, looking));
  const choices = any.map((condition) => rowsOf(table, condition, looking));
  const known = needed.filter((mask) => mask !== undefined);
  const chosen = choices.filter((mask) => mask !== undefined);
  const isChoiceKnown = chosen.length === choices.length;
  if (known.length === 0 && (chosen.length === 0 || !isChoiceKnown)) return undefined;
  const rows = table.all();
  for (const mask of known) and(rows, mask);
  if (chosen.length > 0 && isChoiceKnown) and(rows, chosen.reduce(or, table.none()));
  return { rows, exact: known.length === needed.length && isChoiceKnown };
}

function rowsOf(table: RecordTable, condition: Condition, looking: Looking): Mask | undefined {
  const { field } = condition;
  const holdsOf = (value: string | null): boolean => met(condition, { ...looking, ticket: asIfSet(field, value) });
  const ranked = Object.hasOwn(RANKED, field) ? RANKED[field] : undefined;
  if (ranked) {
    const [column, values] = ranked;
    const [none, good] = [holdsOf(null), values.map(holdsOf)];
    return table.numbered(column, (rank) => (Number.isNaN(rank) ? none : good[rank] === true));
  }
  const keyword = Object.hasOwn(KEYWORDS, field) ? KEYWORDS[field] : undefined;
  const named = keyword === undefined ? undefined : namedBy(condition, looking);
  if (keyword === undefined || named === undefined) return undefined;
  // What holds of a value that the condition does not name holds of all such values.
  const others = holdsOf(STRANGER);
  const singled = named.filter((value) => holdsOf(value) !== others);
  const rows = table.exactly(keyword, singled);
  if (field !== 'current_tags' && holdsOf(null) !== others) or(rows, table.valued(keyword, 'none'));
  return others ? not(rows) : rows;
}

/** No id and no tag. */
const STRANGER = ' ';

/** The values that the condition can tell from others; undefined when it depends on more of the ticket than this field. */
function namedBy({ field, value }: Condition, { world, userId }: Looking): string[] | undefined {
  const texts = textsOf(value);
  if (field === 'current_tags') return texts.flatMap(wordsOf);
  const ids = texts.filter((text) => text !== 'current_user' && text !== 'current_groups');
  if (!ids.every((text) => /^\d+$/.test(text))) return undefined;
  if (ids.length === texts.length || !userId) return ids;
  return [...ids, String(userId), ...world.groupsOf(userId).map((group) => String(group.id))];
}

/** Columns of views that what `ticketAt` has of a ticket is enough to sort by. */
export const INDEXED_COLUMNS: readonly string[] = ['nice_id', 'status', 'priority', 'type', 'created', 'updated'];

/** As much of a ticket as the index has of it in numbers. */
export function ticketAt(table: RecordTable, row: number): Ticket {
  const number = (column: string): number => table.columns[column]?.at(row) ?? Number.NaN;
  const ticket = {
    id: table.ids.at(row),
    status: STATUSES[number('status')],
    priority: PRIORITIES[number('priority')] ?? null,
    type: TYPES[number('ticket_type')] ?? null,
    created_at: isoSeconds(number('created')),
    updated_at: isoSeconds(number('updated')),
  };
  return ticket as unknown as Ticket;
}
