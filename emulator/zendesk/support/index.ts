import type { RequestHandler } from 'express';
import type { Core } from '../../core/core.ts';
import { Memo } from '../../core/memo.ts';
import { type Account, type Accounts, lazily } from '../account/index.ts';
import { ALLOWED, PERMISSIONS } from './access/allowed.ts';
import { identified } from './access/identified.ts';
import { TicketVisibility } from './access/ticket-visibility.ts';
import { AttachmentService } from './files/attachments.ts';
import { openCollections } from './collections.ts';
import { SupportContext, SYSTEM } from './context.ts';
import type { SupportSeed } from './drafts.ts';
import type { Defaults } from './entities.ts';
import { ERRORS_AS_LIST, ERRORS_AS_TEXT } from './errors.ts';
import { ExportService } from './exports/export-service.ts';
import { FieldService } from './fields/fields.ts';
import { layFoundation } from './foundation.ts';
import { HelpCenter } from './help-center/help-center.ts';
import { layHelpCenter } from './help-center/seed.ts';
import { SettingsService } from './account-settings/settings.ts';
import { ActivityService } from './activities/activities.ts';
import { SatisfactionService } from './satisfaction/ratings.ts';
import { SuspendedTicketService } from './suspended/suspended-tickets.ts';
import { BrandService } from './account-objects/brands.ts';
import { FormStatusService } from './account-objects/form-statuses.ts';
import { CustomStatusService } from './account-objects/custom-statuses.ts';
import { TicketFormService } from './account-objects/ticket-forms.ts';
import { BusinessHours } from './hours/schedules.ts';
import { laySchedules } from './hours/seed.ts';
import { GroupService } from './people/groups.ts';
import { peopleTies } from './people/members.ts';
import { People } from './people/people.ts';
import { tellSubscribers } from './people/subscription-mails.ts';
import { releaseTickets } from './people/working-tickets.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { JobService } from './jobs/jobs.ts';
import { OrganizationService } from './people/organizations.ts';
import { CustomRoleService } from './roles/custom-roles.ts';
import { fallback } from './routes/fallback.ts';
import { SearchService } from './search/search-service.ts';
import { Rules } from './rules/rules.ts';
import { viewExports } from './rules/views/export.ts';
import { laySeed } from './seed.ts';
import { MetricService } from './metrics/metric-service.ts';
import { RequestService } from './requests/request-service.ts';
import { CommentChanges } from './tickets/comment-changes.ts';
import { ticketImportJobs } from './tickets/ticket-import-jobs.ts';
import { RecentTickets } from './tickets/recent-tickets.ts';
import { TicketImport } from './tickets/ticket-import.ts';
import { TicketClosing } from './tickets/ticket-closing.ts';
import { TicketBin } from './tickets/ticket-bin.ts';
import { ticketJobs } from './tickets/ticket-jobs.ts';
import { TicketService } from './tickets/tickets.ts';
import { userJobs } from './people/user-jobs.ts';
import { UserService } from './people/users.ts';

/** Zendesk Support: tickets, people, organizations, groups and fields, and their REST surface. */
export class Support {
  readonly context: SupportContext;
  readonly tickets: TicketService;
  readonly users: UserService;
  readonly organizations: OrganizationService;
  readonly groups: GroupService;
  readonly fields: FieldService;
  readonly brands: BrandService;
  readonly statuses: CustomStatusService;
  readonly forms: TicketFormService;
  readonly formStatuses: FormStatusService;
  readonly satisfaction: SatisfactionService;
  readonly activities: ActivityService;
  readonly suspended: SuspendedTicketService;
  readonly settings: SettingsService;
  readonly hours: BusinessHours;
  readonly helpCenter: HelpCenter;
  readonly attachments: AttachmentService;
  readonly search: SearchService;
  readonly exports: ExportService;
  readonly idempotency: IdempotencyKeys;
  readonly jobs: JobService;
  readonly roles: CustomRoleService;
  readonly visibility: TicketVisibility;
  readonly people: People;
  readonly rules: Rules;
  readonly recentTickets: RecentTickets;
  readonly ticketClosing: TicketClosing;
  readonly ticketBin: TicketBin;
  readonly ticketImport: TicketImport;
  readonly importJobs: ReturnType<typeof ticketImportJobs>;
  readonly commentChanges: CommentChanges;
  readonly requests: RequestService;
  readonly metrics: MetricService;
  readonly userJobs: ReturnType<typeof userJobs>;
  readonly ticketJobs: ReturnType<typeof ticketJobs>;
  readonly viewExports: ReturnType<typeof viewExports>;
  readonly #defaults: Memo<Defaults | undefined>;

  constructor(core: Core, accounts: Accounts) {
    this.context = new SupportContext(core, accounts, openCollections(core.store));
    this.#defaults = new Memo(this.context.collections.defaults);
    this.fields = new FieldService(this.context);
    this.attachments = new AttachmentService(this.context);
    this.brands = new BrandService(this.context, (account) => this.defaults(account), this.attachments);
    this.statuses = new CustomStatusService(this.context, (account) => this.defaults(account));
    this.forms = new TicketFormService(this.context, this.fields, (account) => this.defaults(account));
    this.fields.onDeleted = (account, id) => this.forms.forgetField(account, id);
    this.formStatuses = new FormStatusService(this.context, this);
    this.forms.onDeleted = (account, id) => this.formStatuses.forget(account, { ticket_form_id: id });
    this.statuses.onDeleted = (account, id) => this.formStatuses.forget(account, { custom_status_id: id });
    this.hours = new BusinessHours(this.context);
    this.helpCenter = new HelpCenter(this.context, this.attachments);
    const ties = peopleTies(this.context);
    this.groups = new GroupService(this.context, ties.groups);
    this.organizations = new OrganizationService(this.context, this.fields, ties.organizations);
    this.roles = new CustomRoleService(this.context);
    this.users = new UserService(this.context, this, ties);
    this.visibility = new TicketVisibility(this.groups, this.users);
    this.recentTickets = new RecentTickets(this.context);
    this.tickets = new TicketService(this.context, this);
    this.search = new SearchService(this.context, this.fields, {
      brands: (account) => this.brands.list(account),
      forms: (account) => this.forms.list(account),
    });
    this.idempotency = new IdempotencyKeys(this.context);
    this.jobs = new JobService(this.context);
    this.userJobs = userJobs(this.jobs, this.users);
    this.people = new People(this, ties);
    releaseTickets(this.tickets, this, ties);
    this.rules = new Rules(this.context, this, this.tickets, this.attachments);
    this.fields.onWithdrawn = (account, fieldId, values) => this.rules.macros.withdraw(account, fieldId, values);
    this.ticketClosing = new TicketClosing(this.context, this.tickets);
    this.ticketBin = new TicketBin(this.context, this.tickets, this.users, this.attachments);
    this.metrics = new MetricService(this);
    this.satisfaction = new SatisfactionService(this.context, this.tickets);
    this.activities = new ActivityService(this.context);
    this.suspended = new SuspendedTicketService(this.context, this);
    this.settings = new SettingsService(this.context, (account) => this.defaults(account));
    this.exports = new ExportService(this.context, this.metrics);
    this.requests = new RequestService(this);
    tellSubscribers(this);
    this.ticketImport = new TicketImport(this);
    this.importJobs = ticketImportJobs(this.jobs, this);
    this.commentChanges = new CommentChanges(this.context, this.users, this.attachments);
    this.ticketJobs = ticketJobs(this.jobs, this);
    this.viewExports = viewExports(this.jobs, this);
    accounts.access.add(ALLOWED, PERMISSIONS);
    accounts.errorForms.add('list', ERRORS_AS_LIST);
    accounts.errorForms.add('text', ERRORS_AS_TEXT);
    accounts.directory = (account, email) => identified(account, this.users.signedIn(account, email), this.roles);
    accounts.people = (account, id) => identified(account, this.users.get(account, id), this.roles);
    accounts.onCreated((account) => this.#found(account));
  }

  /** Mount at `/api/v2` behind `accounts.select()`, before `fallback()`. */
  router(): RequestHandler {
    return lazily(async () => (await import('./routes/router.ts')).supportRouter(this));
  }

  /** Mount at `/attachments` behind `accounts.select()`: the content of files, for whoever knows the token. */
  files(): RequestHandler {
    return lazily(async () => (await import('./routes/attachments.ts')).attachmentContent(this));
  }

  /** Mount at `/hc` behind `accounts.select()`: the files of articles. */
  guideFiles(): RequestHandler {
    return lazily(async () => (await import('./help-center/routes/attachments.ts')).articleContent(this));
  }

  /** Mount at `/oauth` behind `accounts.select()`: consent page and token endpoint. */
  oauth(): RequestHandler {
    return lazily(async () => (await import('./oauth/flow-routes.ts')).oauthFlowRouter(this));
  }

  /** After every router under `/api/v2`: 501 for what the vendor documents, else 404 InvalidEndpoint. */
  fallback(): RequestHandler {
    return fallback(this.context.accounts);
  }

  /** Takes up what goes by the clock (jobs, automations, solved tickets, the lag of search) after a start or a restore; of every account unless one is named. */
  resume(account?: string): void {
    this.jobs.resume(account);
    this.rules.runner.resume(account);
    this.ticketClosing.resume(account);
    if (account !== undefined) this.search.resume(account);
  }

  seed(account: string, part: SupportSeed): void {
    this.context.core.store.transaction(() => {
      laySeed(this.context, this, account, part);
      laySchedules(this.hours, account, part.schedules ?? []);
      for (const draft of part.suspended_tickets ?? []) this.suspended.suspend(account, draft);
      if (part.help_center) layHelpCenter(this.helpCenter, account, part.help_center, this.#owner(account));
    });
  }

  /** The account's time as records carry it. */
  now(account: string): string {
    return this.context.now(account);
  }

  /** @throws Error when the account was never founded. */
  defaults(account: string): Defaults {
    const defaults = this.#defaults.get(account, () => this.context.collections.defaults.get(account, 'defaults'));
    if (!defaults) throw new Error(`account ${account} has no support defaults: create it through accounts.create()`);
    return defaults;
  }

  #owner(account: string): number | null {
    return this.users.findByEmail(account, this.context.accounts.expect(account).email)?.id ?? null;
  }

  /** The owner is an admin whose e-mail is verified: the API token speaks for them. */
  #found(account: Account): void {
    const { group_id } = layFoundation(this.context, this.groups, account.name);
    for (const objects of [this.brands, this.statuses, this.forms]) objects.found(account.name);
    const name = account.email.split('@')[0] ?? account.email;
    this.users.create(account.name, { name, email: account.email, role: 'admin', verified: true, group_ids: [group_id] }, SYSTEM);
  }
}

export function createSupport(options: { core: Core; accounts: Accounts }): Support {
  return new Support(options.core, options.accounts);
}

export type * from './drafts.ts';
export type { SuspendedTicketDraft } from './suspended/suspended-tickets.ts';
export type { HelpCenterSeed } from './help-center/seed.ts';
export type { ScheduleSeed } from './hours/seed.ts';
export type * from './entities.ts';
export { SYSTEM, SYSTEM_USER_ID } from './context.ts';
export { formatPhone, isE164 } from './people/phone.ts';
export type { RulesSeed } from './rules/drafts.ts';
export type { WebhookNotice } from './rules/fire.ts';
export type { TicketResult } from './tickets/tickets.ts';
export { linkTicket } from './tickets/ticket-journal.ts';
export { viaChannel, viaType } from './tickets/via.ts';
