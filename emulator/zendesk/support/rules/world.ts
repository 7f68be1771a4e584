import type { BusinessHours } from '../hours/schedules.ts';
import type { Brand, TicketForm } from '../account-objects/entities.ts';
import type { Audit, Comment, FieldOption, Group, Organization, Ticket, User } from '../entities.ts';

/** What rules read of one account besides the ticket itself. */
export interface RuleWorld {
  readonly account: string;
  /** Milliseconds of the account's clock. */
  readonly now: number;
  user(id: number | null): User | undefined;
  organization(id: number | null): Organization | undefined;
  group(id: number | null): Group | undefined;
  /** Deleted ones too: tickets keep them. */
  brand(id: number): Brand | undefined;
  form(id: number): TicketForm | undefined;
  groupsOf(userId: number): readonly Group[];
  membersOf(groupId: number): readonly User[];
  agents(): readonly User[];
  /** Oldest first, as stored. */
  audits(ticketId: number): readonly Audit[];
  /** Options of a custom ticket field, none when unknown. */
  options(fieldId: number): readonly FieldOption[];
  /** Business hours; without a schedule every hour counts. */
  readonly hours: Pick<BusinessHours, 'get' | 'isOpen' | 'isHoliday' | 'minutesBetween'>;
}

/** What a rule is checked against. */
export interface RuleFacts {
  readonly world: RuleWorld;
  /** As it is now, with what earlier rules did to it. */
  readonly ticket: Ticket;
  /** Before the update; undefined for a new ticket, and for rules that no update sets off. */
  readonly before?: Ticket | undefined;
  /** What set the rules off; undefined for automations and views. */
  readonly update?: {
    readonly type: 'Create' | 'Change';
    /** Who did it; null is the system. */
    readonly actorId: number | null;
    readonly viaId: number;
    readonly comments: readonly Comment[];
    /** What is to become of the update in the ticket's history: not stored yet. */
    readonly audit: Audit;
  };
  /** Who looks (views) or applies (macros); rules of updates take the update's. */
  readonly userId?: number | null;
}

/** Whom `current_user` means. */
export function currentUserId({ update, userId }: RuleFacts): number | null {
  return update ? update.actorId : (userId ?? null);
}

/** The ticket's audits with the one that is being made. */
export function auditsOf({ world, ticket, update }: RuleFacts): readonly Audit[] {
  const stored = world.audits(ticket.id);
  return update ? [...stored, update.audit] : stored;
}
