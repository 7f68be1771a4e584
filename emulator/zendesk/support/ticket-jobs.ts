import type { SupportContext } from './context.ts';
import type { TicketDraft, TicketPatch } from './drafts.ts';
import type { JobService } from './jobs.ts';
import type { TicketService } from './tickets.ts';

/** One ticket of a bulk update. */
export interface TicketChangeItem {
  readonly id: number;
  readonly patch: TicketPatch;
}

/** Tickets in bulk, as jobs. The first title and the results are recorded, the other titles inferred from it. */
// The shape of the makers is what `JobService.define` gives.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
export function ticketJobs(jobs: JobService, { context, tickets }: { context: SupportContext; tickets: TicketService }) {
  return {
    create: jobs.define<TicketDraft>({
      title: 'Bulk Create Ticket',
      unordered: true,
      run: (account, draft, actor, index) => {
        const { ticket } = tickets.create(account, draft, actor);
        return { index, id: ticket.id, account_id: context.accounts.expect(account).id };
      },
    }),
    update: jobs.define<TicketChangeItem>({
      title: 'Bulk Update Ticket',
      run: (account, { id, patch }, actor) => {
        tickets.update(account, id, patch, actor);
        return { action: 'update', status: 'Updated', success: true, id };
      },
      about: ({ id }) => ({ action: 'update', status: 'Failed', id }),
    }),
    destroy: jobs.define<{ readonly id: number }>({
      title: 'Bulk Delete Ticket',
      run: (account, { id }, actor) => {
        tickets.delete(account, id, actor);
        return { action: 'delete', status: 'Deleted', success: true, id };
      },
      about: ({ id }) => ({ action: 'delete', status: 'Failed', id }),
    }),
  };
}
