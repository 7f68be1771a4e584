import type { SupportContext } from '../context.ts';
import type { AttachmentService } from '../files/attachments.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { TicketService } from '../tickets/tickets.ts';
import { DeletedUsers } from './deleted-users.ts';
import { IdentityService } from './identity-service.ts';
import type { PeopleTies } from './members.ts';
import { type MembershipJobs, membershipJobs } from './membership-jobs.ts';
import {
  groupMemberships,
  type GroupMembershipService,
  organizationMemberships,
  type OrganizationMembershipService,
} from './memberships.ts';
import { organizationJobs } from './organization-jobs.ts';
import { OrganizationMerges } from './organization-merges.ts';
import type { OrganizationService } from './organizations.ts';
import { OrganizationSubscriptions } from './subscriptions.ts';
import { UserMerge } from './user-merge.ts';
import { UserPasswords } from './user-passwords.ts';
import { UserPhotos } from './user-photos.ts';
import { UserSettingsService } from './user-settings.ts';

interface Rooms {
  readonly context: SupportContext;
  readonly organizations: OrganizationService;
  readonly tickets: TicketService;
  readonly jobs: JobService;
  readonly attachments: AttachmentService;
}

/** What can be done with people besides writing users, groups and organizations themselves. */
export class People {
  readonly identities: IdentityService;
  readonly groupMemberships: GroupMembershipService;
  readonly organizationMemberships: OrganizationMembershipService;
  readonly groupMembershipJobs: MembershipJobs;
  readonly organizationMembershipJobs: MembershipJobs;
  readonly subscriptions: OrganizationSubscriptions;
  readonly organizationJobs: ReturnType<typeof organizationJobs>;
  readonly organizationMerges: OrganizationMerges;
  readonly deletedUsers: DeletedUsers;
  readonly userMerge: UserMerge;
  readonly passwords: UserPasswords;
  readonly settings: UserSettingsService;
  readonly photos: UserPhotos;

  constructor({ context, organizations, tickets, jobs, attachments }: Rooms, ties: PeopleTies) {
    this.identities = new IdentityService(context);
    this.groupMemberships = groupMemberships(context, ties);
    this.organizationMemberships = organizationMemberships(context, ties);
    this.groupMembershipJobs = membershipJobs(jobs, this.groupMemberships, 'Group');
    this.organizationMembershipJobs = membershipJobs(jobs, this.organizationMemberships, 'Organization');
    this.subscriptions = new OrganizationSubscriptions(context);
    this.organizationJobs = organizationJobs(jobs, organizations);
    this.organizationMerges = new OrganizationMerges(context, organizations, tickets, ties);
    this.settings = new UserSettingsService(context);
    this.deletedUsers = new DeletedUsers(context, this.settings);
    this.userMerge = new UserMerge(context, tickets, ties);
    this.passwords = new UserPasswords(context);
    this.photos = new UserPhotos(context, attachments);
  }
}
