/** Public signatures first; the classes behind them follow. */
import type { Router, RequestHandler } from 'express';
import type { Core } from '../../core/core.ts';
import type { Accounts } from '../account/index.ts';
import type { OrganizationDraft, OrganizationPatch, SupportSeed, TicketDraft, TicketPatch, UserDraft, UserPatch } from './drafts.ts';
import type { Actor, Audit, Comment, Defaults, Field, FieldOwner, Group, Identity, Organization, Ticket, User } from './entities.ts';

export interface TicketService {
  create(account: string, draft: TicketDraft, actor: Actor): { ticket: Ticket; audit: Audit };
  /** A comment or voice comment is added through the patch. */
  update(account: string, id: number, patch: TicketPatch, actor: Actor): { ticket: Ticket; audit: Audit };
  /** Undefined when unknown or deleted. */
  get(account: string, id: number): Ticket | undefined;
  delete(account: string, id: number, actor: Actor): void;
  comments(account: string, ticketId: number): Comment[];
  audits(account: string, ticketId: number): Audit[];
  count(account: string): number;
}

export interface UserService {
  create(account: string, draft: UserDraft, actor: Actor): User;
  update(account: string, id: number, patch: UserPatch, actor: Actor): User;
  get(account: string, id: number): User | undefined;
  findByEmail(account: string, email: string): User | undefined;
  /** The active user whose direct line is exactly this E.164 number; shared numbers are no identity. */
  findByDirectPhone(account: string, e164: string): User | undefined;
  search(account: string, query: string): User[];
  identities(account: string, userId: number): Identity[];
}

export interface OrganizationService {
  create(account: string, draft: OrganizationDraft, actor: Actor): Organization;
  update(account: string, id: number, patch: OrganizationPatch, actor: Actor): Organization;
  get(account: string, id: number): Organization | undefined;
  findByName(account: string, name: string): Organization | undefined;
}

export interface GroupService {
  create(account: string, draft: { name: string; description?: string }): Group;
  get(account: string, id: number): Group | undefined;
  findByName(account: string, name: string): Group | undefined;
  default(account: string): Group;
  list(account: string): Group[];
  addMember(account: string, groupId: number, userId: number): void;
  members(account: string, groupId: number): User[];
  of(account: string, userId: number): Group[];
}

export interface FieldService {
  list(account: string, owner: FieldOwner): Field[];
}

export interface Support {
  readonly tickets: TicketService;
  readonly users: UserService;
  readonly organizations: OrganizationService;
  readonly groups: GroupService;
  readonly fields: FieldService;
  /** Mount at `/api/v2` behind `accounts.select()`, after the routers of the other rooms. */
  router(): Router;
  /** After every router under `/api/v2`: 501 for what the vendor documents, else 404 InvalidEndpoint. */
  fallback(): RequestHandler;
  seed(account: string, part: SupportSeed): void;
  now(account: string): string;
  defaults(account: string): Defaults;
}

export declare function createSupport(options: { core: Core; accounts: Accounts }): Support;

export type * from './entities.ts';
export type * from './drafts.ts';
