import type { SupportContext } from '../context.ts';
import type { Ticket } from '../entities.ts';
import { ticketSql } from './packed-ticket.ts';
import { secondsOf } from './ticket-build.ts';

/** What is gone of the account, by the property in which tickets name it, and what takes its place. */
export interface Replacement {
  readonly property: 'brand_id' | 'custom_status_id';
  readonly gone: number;
  readonly heir: number;
  /** Which tickets; all of them, deleted ones too, by default. */
  readonly of?: (ticket: Ticket) => boolean;
}

/** A write of the system, of which no audit tells (inferred). Inside the transaction that takes away what is gone. */
export function replaceInTickets(context: SupportContext, account: string, { property, gone, heir, of = () => true }: Replacement): void {
  const { core, collections } = context;
  const rows = core.store.prepare(`SELECT key FROM "tickets" WHERE account = ? AND ${ticketSql('doc', property)} = ?`).all(account, String(gone)); // prettier-ignore
  const generated_timestamp = secondsOf(context.now(account));
  for (const { key } of rows) {
    const before = collections.tickets.get(account, Number(key));
    if (before && of(before)) collections.tickets.replace(account, before, { ...before, [property]: heir, generated_timestamp });
  }
}
