import type { SupportContext } from '../context.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { ImportDraft, TicketImport } from './ticket-import.ts';

/** One ticket of a bulk import. */
export interface ImportItem {
  readonly draft: ImportDraft;
  readonly archive: boolean;
}

/** `POST /imports/tickets/create_many`; title inferred from the recorded one of bulk creation. */
// The shape of the maker is what `JobService.define` gives.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
export function ticketImportJobs(jobs: JobService, { context, ticketImport }: { context: SupportContext; ticketImport: TicketImport }) {
  return jobs.define<ImportItem>({
    title: 'Bulk Import Ticket',
    unordered: true,
    run: (account, { draft, archive }, actor, index) => {
      const { id } = ticketImport.create(account, draft, actor, archive);
      return { index, id, account_id: context.accounts.expect(account).id };
    },
  });
}
