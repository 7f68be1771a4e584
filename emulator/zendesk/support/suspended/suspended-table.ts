import type { CsvTable } from '../exports/csv.ts';
import type { SuspendedTicket } from './suspended-tickets.ts';

/** Suspended tickets as a file has them: by the time of their update, oldest first (documented); the columns are inferred. */
export function suspendedTable(rows: readonly SuspendedTicket[]): CsvTable {
  return {
    name: 'suspended tickets',
    header: ['Id', 'Subject', 'Author name', 'Author e-mail', 'Recipient', 'Cause', 'Content', 'Ticket id', 'Created at', 'Updated at'],
    rows: rows
      .toSorted((a, b) => a.updated_at.localeCompare(b.updated_at) || a.id - b.id)
      .map(({ id, subject, author, recipient, cause, content, ticket_id, created_at, updated_at }) => [id, subject, author.name, author.email, recipient, cause, content, ticket_id, created_at, updated_at]), // prettier-ignore
  };
}
