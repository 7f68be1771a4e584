import type { TicketLimit } from '../../access/ticket-visibility.ts';
import type { SupportContext } from '../../context.ts';
import type { Actor, Field, Ticket } from '../../entities.ts';
import { type CsvOrder, type CsvTable, deliverCsv } from '../../exports/csv.ts';
import type { AttachmentService } from '../../files/attachments.ts';
import type { Job } from '../../jobs/job.ts';
import type { JobService } from '../../jobs/jobs.ts';
import type { View } from '../entities.ts';
import { readWorld } from '../read-world.ts';
import type { Rules } from '../rules.ts';
import type { RuleWorld } from '../world.ts';
import { columnOf, fieldColumn } from './columns.ts';
import { customField, ticketsOf } from './run.ts';

/** A view that somebody wants as a file. */
export interface ViewExport extends CsvOrder {
  readonly viewId: number;
  readonly userId: number;
  /** To whose tickets the file is limited. */
  readonly limit?: TicketLimit;
}

interface Rooms {
  readonly context: SupportContext;
  readonly rules: Rules;
  readonly attachments: AttachmentService;
}

/** Makes CSV files of views later. The title is inferred. @throws ApiError 404 when the view is gone by then: the job tells */
export function viewExports(jobs: JobService, rooms: Rooms): (account: string, items: readonly ViewExport[], actor: Actor) => Job {
  return jobs.define<ViewExport>({
    title: 'View Export',
    whole: true,
    run: (account, order) => {
      const view = rooms.rules.views.book.expect(account, order.viewId);
      deliverCsv(rooms, account, viewTable(rooms, account, view, order), order);
      return { success: true };
    },
  });
}

/** The view's tickets in its order, with the columns that it shows behind their ids (columns inferred). */
function viewTable(
  { context, rules }: Rooms,
  account: string,
  { title, conditions, output }: View,
  { userId, limit }: ViewExport,
): CsvTable {
  const fields = rules.readers.fields.custom(account, 'ticket');
  const world = readWorld(context, rules.readers, account);
  const columns = output.columns.flatMap((name) => columnNamed(name, fields) ?? []).filter(({ title: named }) => named !== 'ID');
  const tickets = ticketsOf(context, rules.readers, account, conditions, userId, output, limit).flatMap((id) => context.collections.tickets.get(account, id) ?? []); // prettier-ignore
  return {
    name: title,
    header: ['ID', ...columns.map((column) => column.title)],
    rows: tickets.map((ticket) => [ticket.id, ...columns.map(({ text }) => text(ticket, world))]),
  };
}

interface ExportColumn {
  readonly title: string;
  readonly text: (ticket: Ticket, world: RuleWorld) => unknown;
}

/** What rows call by an id a file calls by its name. */
const NAMES: Readonly<Record<string, (ticket: Ticket, world: RuleWorld) => string | undefined>> = {
  assignee: ({ assignee_id }, world) => world.user(assignee_id)?.name,
  requester: ({ requester_id }, world) => world.user(requester_id)?.name,
  submitter: ({ submitter_id }, world) => world.user(submitter_id)?.name,
  group: ({ group_id }, world) => world.group(group_id)?.name,
  organization: ({ organization_id }, world) => world.organization(organization_id)?.name,
  ticket_form: ({ ticket_form_id }, world) => world.form(ticket_form_id)?.name,
  brand: ({ brand_id }, world) => world.brand(brand_id)?.name,
};

function columnNamed(name: string | number, fields: readonly Field[]): ExportColumn | undefined {
  const field = customField(fields, name);
  if (field) return { title: field.title, text: (ticket, world) => fieldColumn(field).cell(ticket, world)[1] };
  const [own = '', column] = columnOf(String(name)) ?? [];
  return column && { title: column.title, text: NAMES[own] ?? ((ticket, world) => column.cell(ticket, world)[1]) };
}
