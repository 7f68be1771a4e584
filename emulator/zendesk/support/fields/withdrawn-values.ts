import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { Field, FieldOption, FieldOwner, FieldValue, Organization } from '../entities.ts';
import type { StoredUser } from '../collections.ts';
import { ticketSql } from '../tickets/packed-ticket.ts';
import { ownTags } from './field-values.ts';
import { secondsOf } from '../tickets/ticket-build.ts';

/** Values of options that are gone. One whose option was only renamed is not: records keep what they have (inferred). */
export function goneValues(before: readonly FieldOption[], after: readonly FieldOption[]): string[] {
  const stays = (option: FieldOption): boolean => after.some(({ id, value }) => id === option.id || value === option.value);
  return before.filter((option) => !stays(option)).map(({ value }) => value);
}

/**
 * Takes values whose options are gone from every record (vendor article "Ticket Fields", "Updating drop-down field options").
 * From tickets, closed and deleted ones too, their tags go with them, unless another of the fields put them there too; that is
 * a write of the system, of which no audit tells (inferred). Inside the transaction that removes the options.
 */
export function withdrawValues(
  context: SupportContext,
  account: string,
  field: Field,
  gone: ReadonlySet<string>,
  fields: readonly Field[],
): void {
  if (field.owner === 'ticket') fromTickets(context, account, field, gone, fields);
  else fromPeople(context, account, field.owner, field.key ?? '', gone);
}

function fromTickets(context: SupportContext, account: string, field: Field, gone: ReadonlySet<string>, fields: readonly Field[]): void {
  const { id } = field;
  const { core, collections } = context;
  const rows = core.store
    .prepare(
      `SELECT "tickets".key AS key FROM "tickets" WHERE "tickets".account = ? AND EXISTS (SELECT 1
       FROM json_each(${ticketSql('"tickets".doc', 'custom_fields')}) AS field WHERE json_extract(field.value, '$.id') = ?)`,
    )
    .all(account, id);
  const generated_timestamp = secondsOf(context.now(account));
  for (const { key } of rows) {
    const before = collections.tickets.get(account, Number(key));
    const held = before?.custom_fields.find((each) => each.id === id)?.value ?? null;
    const left = without(held, gone);
    if (!before || left === held) continue;
    const others = before.custom_fields.filter((each) => each.id !== id);
    const custom_fields = left === null ? others : [...others, { id, value: left }];
    const values = new Map(others.map((each) => [each.id, each.value]));
    const lost = ownTags(field, held, fields, values).filter((tag) => gone.has(tag));
    const tags = before.tags.filter((tag) => !lost.includes(tag));
    collections.tickets.replace(account, before, { ...before, custom_fields, tags, generated_timestamp });
  }
}

function fromPeople(
  context: SupportContext,
  account: string,
  owner: Exclude<FieldOwner, 'ticket'>,
  key: string,
  gone: ReadonlySet<string>,
): void {
  const { users, organizations } = context.collections;
  const values = `${owner}_fields` as const;
  const rows = context.core.store
    .prepare(`SELECT key FROM "${owner}s" WHERE account = ? AND json_extract(doc, ?) IS NOT NULL`)
    .all(account, `$.${values}."${key}"`);
  const updated_at = context.now(account);
  const change = <Row extends object>(collection: Collection<Row>, read: (row: Row) => Readonly<Record<string, FieldValue>>): void => {
    for (const row of rows) {
      const before = collection.get(account, Number(row['key']));
      if (!before) continue;
      const { [key]: held = null, ...others } = read(before);
      const left = without(held, gone);
      if (left !== held) collection.put(account, { ...before, [values]: left === null ? others : { ...others, [key]: left }, updated_at });
    }
  };
  if (owner === 'user') change<StoredUser>(users, (user) => user.user_fields);
  else change<Organization>(organizations, (organization) => organization.organization_fields);
}

/** The very value when nothing of it is gone; null when nothing is left. */
function without(value: FieldValue, gone: ReadonlySet<string>): FieldValue {
  if (!Array.isArray(value)) return typeof value === 'string' && gone.has(value) ? null : value;
  const left = value.filter((each) => !gone.has(String(each)));
  return left.length === value.length ? value : left.length === 0 ? null : left;
}
