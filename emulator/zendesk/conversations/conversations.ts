import { createHash } from 'node:crypto';
import type { Core } from '../../core/core.ts';
import { type Support, SYSTEM_USER_ID } from '../support/index.ts';

/** Who writes in a conversation (vendor article "Messaging events"); bots are the system. */
type ActorType = 'end_user' | 'agent' | 'trigger' | 'system';

/** A message as whoever drives the emulator has it written. */
export interface MessageDraft {
  readonly ticket: number;
  readonly body: string;
  readonly from?: ActorType;
  /** Instead of what follows from the ticket. */
  readonly actor?: { readonly id?: string; readonly name?: string };
  readonly conversation?: string;
}

/** Data of a `messaging_ticket.message_added` entry. */
export interface MessageAddedData {
  readonly ticket: number;
  readonly actor: { readonly id: string; readonly name: string; readonly type: ActorType };
  /** 24 hexadecimal digits, as those of the message and of an end user's actor: ids of Sunshine. */
  readonly conversationId: string;
  readonly message: { readonly id: string; readonly body: string };
}

/**
 * Messages in the conversations of tickets, as far as webhooks tell of them. They are not kept: Support shows what was written only in the
 * transcript that a conversation's end leaves, and the Conversations API is not emulated yet.
 */
export class Conversations {
  readonly #core: Core;
  readonly #support: Pick<Support, 'tickets' | 'users'>;

  constructor({ core, support }: { core: Core; support: Pick<Support, 'tickets' | 'users'> }) {
    this.#core = core;
    this.#support = support;
  }

  /** Somebody writes. Undefined when there is no such ticket. */
  addMessage(account: string, { ticket: id, body, from = 'end_user', actor, conversation }: MessageDraft): MessageAddedData | undefined {
    const ticket = this.#support.tickets.get(account, id);
    if (!ticket) return undefined;
    const data: MessageAddedData = {
      ticket: id,
      actor: { ...this.#actor(account, from, from === 'agent' ? ticket.assignee_id : ticket.requester_id), ...actor, type: from },
      conversationId: conversation ?? sunshineId(`${account} ticket ${id}`),
      message: { id: this.#core.ids.hex(24), body },
    };
    const journey = this.#core.journeys.find(account, `ticket:${id}`) ?? null;
    const label = `ticket ${id}: message of ${data.actor.name} (${from})`;
    // What webhooks write for it belongs to it.
    this.#core.store.transaction(() => {
      this.#core.journal.append({ kind: 'messaging_ticket.message_added', account, journey, from: 'zendesk', label, data });
    });
    return data;
  }

  /** End users have ids of Sunshine, agents those of Support, the bot one of its own (documented); names without a user are inferred. */
  #actor(account: string, from: ActorType, userId: number | null): { id: string; name: string } {
    if (from === 'system') return { id: 'zd:answerBot', name: 'Answer Bot' };
    if (from === 'trigger') return { id: 'zd:trigger', name: 'Trigger' };
    const user = userId === null ? undefined : this.#support.users.get(account, userId);
    const id = user?.id ?? SYSTEM_USER_ID;
    return { id: from === 'agent' ? String(id) : sunshineId(`${account} user ${id}`), name: user?.name ?? '' };
  }
}

/** The same for the same thing each time. */
function sunshineId(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 24);
}
