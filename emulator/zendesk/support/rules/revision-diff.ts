import type { Action, Condition, TriggerRevision } from './entities.ts';
import type { Json } from '../wire.ts';

/** `-` was so, `+` is so now, `=` was and is (vendor article "Ticket triggers", Change). */
type Change = { readonly change: '-' | '+' | '='; readonly content: unknown };

/** What a revision changed of the one before it; the first has all of its own (inferred). Values that are the same are told too. */
export function revisionDiff(source: TriggerRevision | undefined, target: TriggerRevision): Json {
  const [before, after] = [source?.snapshot, target.snapshot];
  const plain = (name: 'title' | 'description' | 'active'): Change[] => changes(before?.[name], after[name]);
  return {
    ...(source ? { source_id: source.id } : {}),
    target_id: target.id,
    title: plain('title'),
    description: plain('description'),
    active: plain('active'),
    conditions: {
      all: rows(before?.conditions.all ?? [], after.conditions.all, ofCondition),
      any: rows(before?.conditions.any ?? [], after.conditions.any, ofCondition),
    },
    actions: rows(before?.actions ?? [], after.actions, ofAction),
  };
}

const ofCondition = (before: Condition | undefined, after: Condition | undefined): Json => ({
  field: changes(before?.field, after?.field),
  operator: changes(before?.operator, after?.operator),
  value: changes(before?.value, after?.value),
});

const ofAction = (before: Action | undefined, after: Action | undefined): Json => ({
  field: changes(before?.field, after?.field),
  value: changes(before?.value, after?.value),
});

/** Those on the same field are compared, in their order; others went or came. */
function rows<Row extends { readonly field: string }>(
  before: readonly Row[],
  after: readonly Row[],
  tell: (before: Row | undefined, after: Row | undefined) => Json,
): Json[] {
  const left = [...before];
  const told = after.map((row) => {
    const at = left.findIndex(({ field }) => field === row.field);
    return tell(at < 0 ? undefined : left.splice(at, 1)[0], row);
  });
  return [...left.map((row) => tell(row, undefined)), ...told];
}

/** What is empty is not there: a change has no null (documented). */
function changes(before: unknown, after: unknown): Change[] {
  const [was, is] = [before ?? undefined, after ?? undefined];
  if (was !== undefined && JSON.stringify(was) === JSON.stringify(is)) return [{ change: '=', content: is }];
  return [
    ...(was === undefined ? [] : [{ change: '-', content: was } as const]),
    ...(is === undefined ? [] : [{ change: '+', content: is } as const]),
  ];
}
