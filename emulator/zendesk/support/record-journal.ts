import type { JourneyId } from '../../core/ids.ts';
import type { SupportContext } from './context.ts';
import type { RecordEventData, TicketChange } from './entities.ts';

export interface RecordEntry<Entity> {
  account: string;
  /** `user.created`, `organization.updated`, … */
  kind: string;
  label: string;
  record: Entity & { readonly id: number };
  actorId: number | null;
  changes?: readonly TicketChange[] | undefined;
  about?: Readonly<Record<string, unknown>> | undefined;
  /** Of the action that this is a part of; one of its own by default. */
  sequence?: string | undefined;
  journey?: JourneyId | undefined;
}

/** Journals a change of a user or organization, inside the transaction that makes it. */
export function journalRecord<Entity>(context: SupportContext, entry: RecordEntry<Entity>): void {
  const { core } = context;
  const key = `${entry.kind.slice(0, entry.kind.indexOf('.'))}:${entry.record.id}`;
  if (entry.journey) core.journeys.link(entry.journey, key);
  core.journal.append<RecordEventData<Entity>>({
    kind: entry.kind,
    account: entry.account,
    journey: entry.journey ?? core.journeys.find(entry.account, key) ?? null,
    from: 'zendesk',
    label: entry.label,
    data: {
      record: entry.record,
      ...(entry.changes ? { changes: entry.changes } : {}),
      ...(entry.about ? { about: entry.about } : {}),
      actorId: entry.actorId,
      sequence: entry.sequence ?? context.freshSequence(),
    },
  });
}

/** Which properties differ, in the order of the names given. */
export function changesBetween<Entity extends object>(
  before: Entity,
  after: Entity,
  names: readonly (keyof Entity & string)[],
): TicketChange[] {
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((field) => ({ field, previous: before[field], current: after[field] }));
}
