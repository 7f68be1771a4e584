import type { SupportContext } from '../context.ts';
import type { TicketDraft, TicketPatch } from '../drafts.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { TicketBin } from './ticket-bin.ts';
import { type Merge, mergeTickets } from './ticket-merge.ts';
import type { TicketService } from './tickets.ts';

interface Named {
  readonly id: number;
}

interface Rooms {
  readonly context: SupportContext;
  readonly tickets: TicketService;
  readonly ticketBin: TicketBin;
}

/** One ticket of a bulk update. */
export interface TicketChangeItem {
  readonly id: number;
  readonly patch: TicketPatch;
}

/** Tickets in bulk, as jobs. The first title and the results are recorded, the other titles inferred from it. */
// The shape of the makers is what `JobService.define` gives.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
export function ticketJobs(jobs: JobService, { context, tickets, ticketBin }: Rooms) {
  return {
    create: jobs.define<TicketDraft>({
      title: 'Bulk Create Ticket',
      unordered: true,
      run: (account, draft, actor, index) => {
        const { ticket } = tickets.create(account, draft, actor);
        return { index, id: ticket.id, account_id: context.accounts.expect(account).id };
      },
    }),
    createLater: jobs.define<TicketDraft>({
      title: 'Create Ticket',
      run: (account, draft, actor, index) => {
        const { ticket } = tickets.create(account, draft, actor);
        return { index, id: ticket.id, account_id: context.accounts.expect(account).id };
      },
      about: ({ reserved }) => ({ id: reserved }),
    }),
    update: jobs.define<TicketChangeItem>({
      title: 'Bulk Update Ticket',
      run: (account, { id, patch }, actor) => {
        tickets.update(account, id, patch, actor);
        return { action: 'update', status: 'Updated', success: true, id };
      },
      about: ({ id }) => ({ action: 'update', status: 'Failed', id }),
    }),
    destroy: jobs.define<Named>({
      title: 'Bulk Delete Ticket',
      run: (account, { id }, actor) => {
        tickets.delete(account, id, actor);
        return { action: 'delete', status: 'Deleted', success: true, id };
      },
      about: ({ id }) => ({ action: 'delete', status: 'Failed', id }),
    }),
    purge: jobs.define<Named>({
      title: 'Permanently Delete Ticket',
      whole: true,
      run: (account, { id }, actor) => {
        ticketBin.purge(account, id, actor);
        return { success: true };
      },
    }),
    spam: jobs.define<Named>({
      title: 'Bulk Mark Ticket As Spam',
      run: (account, { id }, actor) => {
        ticketBin.markAsSpam(account, id, actor);
        return { action: 'mark_as_spam', status: 'Deleted', success: true, id };
      },
      about: ({ id }) => ({ action: 'mark_as_spam', status: 'Failed', id }),
    }),
    merge: jobs.define<Merge>({
      title: 'Bulk Merge Ticket',
      run: (account, merge, actor) => {
        mergeTickets(context, tickets, account, merge, actor);
        return { action: 'merge', status: 'Merged', success: true, id: merge.target };
      },
      about: ({ target }) => ({ action: 'merge', status: 'Failed', id: target }),
    }),
  };
}
