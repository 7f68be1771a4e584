import { granted, type Principal } from '../../account/index.ts';
import type { CommentDraft, TicketPatch } from '../drafts.ts';
import type { Actor, Ticket } from '../entities.ts';
import { forbidden } from '../errors.ts';
import { writtenTags } from '../tickets/ticket-fields.ts';

/** What an agent's restrictions and custom role keep them from, as plain data: jobs keep it until they run. */
export interface ActorLimits {
  /** `ticket_restriction`: which tickets they get to see and to write. */
  readonly ticketRestriction?: string;
  /** Light agents and their like: whatever they say is private (inferred). */
  readonly privateComments?: true;
  /** No `ticket_editing`: of a ticket that is there they change nothing, they comment (inferred). */
  readonly commentsOnly?: true;
  /** No `ticket_tag_editing`: tags stay as they are (vendor article "Custom Agent Roles"). */
  readonly keepsTags?: true;
}

/** Properties of an update that are no change of the ticket itself. */
const COMMENTING = new Set(['comment', 'voice_comment', 'metadata', 'safe_update', 'updated_stamp']);

/** Undefined for whoever may do anything, as most may. */
export function limitsOf(principal: Principal): ActorLimits | undefined {
  if (principal.kind !== 'token') return undefined;
  const { ticketRestriction, privateComments, can } = principal;
  const limits: ActorLimits = {
    ...(ticketRestriction === undefined ? {} : { ticketRestriction }),
    ...(privateComments === true ? { privateComments } : {}),
    ...(can && !granted(can['ticket_editing']) ? { commentsOnly: true } : {}),
    ...(can && !granted(can['ticket_tag_editing']) ? { keepsTags: true } : {}),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}

/** Whether the update is one that the actor's role allows. @throws ApiError 403 */
export function expectAllowed(limits: ActorLimits | undefined, patch: TicketPatch): void {
  if (!limits?.commentsOnly) return;
  if (Object.entries(patch).some(([name, value]) => value !== undefined && !COMMENTING.has(name))) throw forbidden();
}

/** Whether tags stay as they are where the actor's role does not edit them. @throws ApiError 403 */
export function expectTagsKept(limits: ActorLimits | undefined, before: Pick<Ticket, 'tags'>, patch: TicketPatch): void {
  if (!limits?.keepsTags) return;
  const after = writtenTags(before.tags, patch);
  if (after.length !== before.tags.length || after.some((tag) => !before.tags.includes(tag))) throw forbidden();
}

/** The comment as the actor may make it. */
export function spokenBy<Draft extends CommentDraft>({ limits }: Actor, draft: Draft): Draft {
  return limits?.privateComments ? { ...draft, public: false } : draft;
}

/** For what follows from what the actor may do, as tags do from a merge: that the role edits none is not asked. */
export function onBehalfOf(actor: Actor): Actor {
  if (!actor.limits) return actor;
  const { commentsOnly: _comments, keepsTags: _tags, ...limits } = actor.limits;
  return { ...actor, limits };
}
