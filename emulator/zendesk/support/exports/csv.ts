import type { SupportContext } from '../context.ts';
import type { AttachmentService } from '../files/attachments.ts';
import { noteMail } from '../mail.ts';
import { wireAttachment } from '../wire.ts';

/** What a CSV file says. */
export interface CsvTable {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Who asked for a file, and under which address the account is known to them. */
export interface CsvOrder {
  readonly userId: number | null;
  /** Everything before `/api/v2`. */
  readonly base: string;
}

interface Rooms {
  readonly context: SupportContext;
  readonly attachments: AttachmentService;
}

/** Makes the file and notes the e-mail with its link (vendor article "Suspended Tickets", Export Suspended Tickets), which leads to it for some days. Inside a transaction. */
export function deliverCsv(
  { context, attachments }: Rooms,
  account: string,
  { name, header, rows }: CsvTable,
  { userId, base }: CsvOrder,
): void {
  const bytes = Buffer.from([header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join(''));
  const file = attachments.keep(account, { name: `${name}.csv`, contentType: 'text/csv', bytes }, 'export', true);
  const { file_name, content_url } = wireAttachment(file, base);
  noteMail(context, account, { userId, about: `export of ${name}`, data: { file_name, content_url, rows: rows.length } });
}

/** RFC 4180. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value as string);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
