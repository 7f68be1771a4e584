import type { SupportContext } from '../context.ts';
import type { AuditEvent } from '../entities.ts';
import { commentsOf } from '../tickets/comments.ts';
import type { TicketRules } from '../tickets/ticket-rules.ts';
import { holds } from './conditions/evaluate.ts';
import type { Trigger } from './entities.ts';
import { fire } from './fire.ts';
import type { RuleFacts } from './world.ts';
import { type Readers, readWorld } from './read-world.ts';

export interface EngineParts {
  readonly context: SupportContext;
  readonly readers: Readers;
  /** Active triggers in the order in which they run. */
  readonly triggers: (account: string) => readonly Trigger[];
  /** Counts that a trigger fired. */
  readonly used: (account: string, triggerId: number) => void;
}

/**
 * Runs the triggers on a write: from first to last, each on what those before it made of the ticket. When one changed the
 * ticket all are checked again from the first; each fires at most once per update, so that this ends (vendor articles
 * "About triggers and how they work" and "Essential facts about ticket triggers"; checking again inferred). A trigger that
 * changes nothing and notifies nobody leaves nothing in the history.
 */
export function triggerEngine({ context, readers, triggers, used }: EngineParts): TicketRules {
  return (write) => {
    const running = triggers(write.account);
    if (running.length === 0) return undefined;
    const { audit, before } = write;
    const world = readWorld(context, readers, write.account);
    const events: AuditEvent[] = [];
    const comments = commentsOf(audit);
    const notices: (() => void)[] = [];
    const fired = new Set<number>();
    let { ticket } = write;
    const factsNow = (): RuleFacts => ({
      world,
      ticket,
      before,
      update: {
        type: before ? 'Change' : 'Create',
        actorId: write.actor.userId,
        viaId: audit.via.via_id,
        comments,
        audit: { ...audit, events: [...audit.events, ...events] },
      },
    });
    for (let index = 0; index < running.length; index += 1) {
      const trigger = running[index];
      if (!trigger || fired.has(trigger.id)) continue;
      const facts = factsNow();
      if (!holds(trigger.conditions, facts)) continue;
      fired.add(trigger.id);
      used(write.account, trigger.id);
      const { id, title, actions } = trigger;
      const done = fire(context, { id, title, kind: 'trigger', actions }, write, facts);
      events.push(...done.events);
      notices.push(...done.notices);
      if (done.ticket === ticket) continue;
      ticket = done.ticket;
      index = -1;
    }
    if (events.length === 0 && notices.length === 0) return undefined;
    return { ticket, events, after: () => notices.forEach((notice) => notice()) };
  };
}
