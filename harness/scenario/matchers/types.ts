import type { Agent } from '../actors/agent.ts';
import type { Bridge } from '../actors/bridge.ts';
import type { Party } from '../hearing.ts';
import type { EndOptions } from './call.ts';
import type { Enrichment } from './enrichment.ts';
import type { Arrival, ForwardingOptions } from './forwarding.ts';
import type { Patience } from './question.ts';

/**
 * Expectations in the words of the trade. Each waits until it is met (`options.withinMs`, else `timeouts.expectMs`) and
 * otherwise explains the nearest miss; after `.not` each waits until things have settled.
 */
export interface DomainMatchers {
  /** The call overflowed, crossed the network, and was answered by the bridge (`until` asks for less), or went to that number. */
  toBeForwardedTo(target: Bridge | string, options?: ForwardingOptions): Promise<void>;
  /** The INVITE that the bridge was sent shows the caller so: what the carrier left of the presentation. */
  toReachBridgeAs(expected: Arrival): Promise<void>;
  /** The bridge knows that the call belongs to the ticket, by default its own. */
  toCorrelate(ticket?: number, options?: Patience): Promise<void>;
  /** The bridge links the call to no ticket at all. */
  toStayUnlinked(options?: Patience): Promise<void>;
  /** The bridge read ticket, requester and organization over REST, and knows these values where it can be asked. */
  toEnrich(expected?: Enrichment, options?: Patience): Promise<void>;
  /** Talk bound the bridge's transfer to that ticket. */
  toBeBoundTo(ticket: number, options?: Patience): Promise<void>;
  /** The SIP-IN line refused the bridge's transfer with this status. */
  toBeRejectedWith(status: number, options?: Patience): Promise<void>;
  /** The agent's screen shows that number as the caller; null for none. */
  toShowCaller(number: string | null, options?: Patience): Promise<void>;
  /** The bridge's transfer tells that number somewhere in its INVITE. */
  toRevealInTransfer(number: string, options?: Patience): Promise<void>;
  /** It rings at the agent. */
  toRing(options?: Patience): Promise<void>;
  /** The caller or agent hears the other party; the bridge its caller, where its adapter tells `heardHz`. */
  toHear(speaker: Party | Agent, options?: Patience): Promise<void>;
  /** Every leg has ended and the journey is finished. */
  toEnd(options?: EndOptions): Promise<void>;
  /** Exactly so many tickets, or exactly these. */
  toHaveTickets(expected: number | readonly number[], options?: Patience): Promise<void>;
  /** The record of the call is a voice comment on its ticket, or on the one given. */
  toHaveVoiceComment(ticket?: number, options?: Patience): Promise<void>;
  /** The account has exactly so many webhooks. */
  toHaveWebhooks(expected: number, options?: Patience): Promise<void>;
  /** The bridge answered a webhook delivery about the journey with that status. */
  toAnswerWebhookWith(status: number, options?: Patience): Promise<void>;
  /** The bridge refused a webhook delivery about the journey (401 or 403). */
  toRefuseWebhook(options?: Patience): Promise<void>;
}

declare module 'vitest' {
  // eslint-disable-next-line typescript/no-unused-vars, typescript/no-empty-object-type
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends DomainMatchers {}
}
